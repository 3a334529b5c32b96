-- Rules of money that were too weak.

-- The policy's clock as the client had it before the provider moved the booking: `anchor`, `start` and when it was moved, in
-- seconds. None where the client's own clock runs.
alter table bookings add column own_clock jsonb;

-- From where a booking that waits for payment was made, hashed; gone when it waits no more.
alter table bookings add column held_from text;
create index bookings_held_from on bookings (held_from) where held_from is not null;

-- What a bank disputes of a booking is looked for whenever the booking is read.
create index ledger_transactions_disputes on ledger_transactions (booking_id) where movement like 'dispute%';

-- Entries belong to the database transaction that wrote their header, so that nobody adds to an old one; a header has entries.
create or replace function refuse_unbalanced() returns trigger
language plpgsql
as $$ begin
    if (select sum(amount_minor) from ledger_entries where transaction_id = new.transaction_id) <> 0 then
        raise exception 'the entries of a transaction must sum to zero' using errcode = 'check_violation',
            constraint = 'ledger_entries_balance';
    end if;
    if (select xmin from ledger_transactions where id = new.transaction_id) <> pg_current_xact_id()::xid then
        raise exception 'the ledger is append-only' using errcode = 'restrict_violation';
    end if;
    return null;
end $$;
create function refuse_ledger_void() returns trigger
language plpgsql
as $$ begin
    if not exists (select from ledger_entries where transaction_id = new.id) then
        raise exception 'a transaction has entries' using errcode = 'check_violation',
            constraint = 'ledger_transactions_entries';
    end if;
    return null;
end $$;
create constraint trigger ledger_transactions_entries after insert on ledger_transactions
    deferrable initially deferred for each row execute function refuse_ledger_void();

-- Amounts of a coupon are of the currency that its provider had then.
alter table coupons add column currency char(3);
update coupons c set currency = p.currency from providers p where p.id = c.provider_id;
alter table coupons alter column currency set not null;
