-- Whether the last try to pay was declined: whoever comes back to a booking that waits for its payment is told so.
alter table payments add column declined bool not null default false;
