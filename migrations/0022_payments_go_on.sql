-- What keeps payments going where a step of them has failed for long.

-- What an event is about, so that its handling can be queued again.
alter table inbound_events
    -- the payment at the processor that it belongs to
    add column payment text,
    -- the account that it happened in, unless it is the platform's
    add column payee text;
create index inbound_events_done on inbound_events (done_at) where done_at is not null;

-- When an account's events and payouts were asked for last.
alter table payment_accounts add column read_at timestamptz;

-- Which try at giving the money back this is, and since when. Each has a key of its own at the processor, which answers the
-- same to the same key for a day, also where that was an error of its own.
alter table refunds
    add column attempt int not null default 1,
    add column attempted_at timestamptz not null default app_now();

-- What was quoted to whoever called the booking off before the money was taken: it goes back once that has been done.
alter table payments add column quote jsonb;
