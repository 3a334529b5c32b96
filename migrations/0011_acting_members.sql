-- Who acts for a provider at this very moment. A suspended account does not, even while an access token of it lives on.
-- Whoever asks for a right asks here; `memberships` keeps whose it is again when the suspension ends.
create view acting_members as
select m.user_id, m.provider_id, m.role
from memberships m
join users u on u.id = m.user_id
where u.suspended_at is null;
