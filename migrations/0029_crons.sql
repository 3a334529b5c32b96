-- Jobs that come again and again: when each is due next, on the platform's clock.
create table crons (
    kind text primary key,
    next_at timestamptz not null
);

-- Nothing does these jobs any more; they would wait for ever.
delete from jobs where kind = 'notifications.charges';
