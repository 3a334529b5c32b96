-- Only a change of the profile is one of `provider`: it is the profile's next version. The schedule and the list of services
-- have versions in the same row, and tell of their changes themselves.
drop trigger providers_change on providers;
create trigger providers_change after update on providers
    for each row when (old.version is distinct from new.version) execute function note_provider_change();

-- The public list without a category, by name.
create index providers_listed_all on providers (name, id) where published_at is not null;
-- What admins count.
create index bookings_newest on bookings (created_at);
create index bookings_standing on bookings (start_at) where status in ('pending', 'confirmed');

-- Language tags in their one form: `de`, `zh-Hant`, `pt-BR`.
update providers p set languages = array(
    select string_agg(case
        when part.number = 1 then lower(part.text)
        when length(part.text) = 4 then initcap(part.text)
        when length(part.text) = 2 then upper(part.text)
        else lower(part.text) end, '-' order by part.number)
    from unnest(p.languages) with ordinality as tag (text, number)
    cross join lateral unnest(string_to_array(tag.text, '-')) with ordinality as part (text, number)
    group by tag.number order by tag.number)
where languages <> '{}';
