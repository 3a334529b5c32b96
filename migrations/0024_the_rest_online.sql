-- What of a booking is left to pay can be paid online, by a payment of its own.
alter table payments add column is_rest bool not null default false;

-- What came in for the rest when it was owed no longer.
alter table refunds drop constraint refunds_cause, add constraint refunds_cause check (cause in
    ('cancelled', 'declined', 'expired', 'no_show', 'late', 'price', 'by_hand', 'outside', 'overpaid'));
