-- Payments, refunds, the book of all money, and what the payment processor told us.

-- A provider's account at the processor. Without Connect the platform's own account stands in, and no row is needed.
create table payment_accounts (
    provider_id uuid primary key references providers on delete cascade,
    account_id text not null,
    can_charge bool not null default false,
    can_pay_out bool not null default false,
    details_submitted bool not null default false,
    -- how many things the processor still wants to know
    missing int not null default 0,
    updated_at timestamptz not null default app_now(),
    constraint payment_accounts_account unique (account_id)
);

-- One payment of a booking. Its id names it at the processor too, so that asking twice makes one payment.
create table payments (
    provider_id uuid not null,
    id uuid not null,
    booking_id uuid not null,
    amount_minor bigint not null,
    currency char(3) not null,
    -- the platform's share
    fee_minor bigint not null default 0,
    -- whether a refund gives the platform's share back in proportion
    fee_returned bool not null default true,
    -- the provider's account at the processor; none where the platform's own takes the money
    account_id text,
    -- authorised first and captured when the provider says yes
    captured_later bool not null default false,
    state text not null default 'new',
    -- how its client pays
    flow text not null default 'page',
    page_id text,
    -- in real time, as the processor counts
    page_expires_at timestamptz,
    intent_id text,
    charge_id text,
    refunded_minor bigint not null default 0,
    created_at timestamptz not null default app_now(),
    updated_at timestamptz not null default app_now(),
    primary key (provider_id, id),
    foreign key (provider_id, booking_id) references bookings (provider_id, id),
    constraint payments_page unique (page_id),
    constraint payments_intent unique (intent_id),
    constraint payments_charge unique (charge_id),
    -- new: nothing is at the processor yet; open: the client can pay; over: it will never be paid
    constraint payments_state check (state in ('new', 'open', 'authorised', 'paid', 'over')),
    constraint payments_flow check (flow in ('page', 'form')),
    constraint payments_amounts check (
        amount_minor > 0 and fee_minor between 0 and amount_minor and refunded_minor between 0 and amount_minor),
    constraint payments_refunded_when_paid check (refunded_minor = 0 or state = 'paid')
);
-- A booking is paid once: at most one payment that may still bring money, or has.
create unique index payments_one_at_a_time on payments (provider_id, booking_id) where state in ('new', 'open', 'authorised');
create index payments_booking on payments (provider_id, booking_id, created_at);
create index payments_unsettled on payments (updated_at) where state in ('open', 'authorised');

create table refunds (
    provider_id uuid not null,
    id uuid not null,
    payment_id uuid not null,
    booking_id uuid not null,
    amount_minor bigint not null,
    -- what the platform gives up of its share
    fee_minor bigint not null default 0,
    cause text not null,
    -- the processor's word; what it was not yet asked for is pending too
    state text not null default 'pending',
    refund_id text,
    failure text not null default '',
    -- what was quoted where a cancellation caused it
    quote jsonb,
    created_at timestamptz not null default app_now(),
    updated_at timestamptz not null default app_now(),
    primary key (provider_id, id),
    foreign key (provider_id, payment_id) references payments (provider_id, id),
    foreign key (provider_id, booking_id) references bookings (provider_id, id),
    constraint refunds_refund unique (refund_id),
    constraint refunds_cause check (cause in
        ('cancelled', 'declined', 'expired', 'no_show', 'late', 'price', 'by_hand', 'outside')),
    constraint refunds_state check (state in ('pending', 'requires_action', 'succeeded', 'failed', 'canceled')),
    constraint refunds_amounts check (amount_minor > 0 and fee_minor between 0 and amount_minor)
);
create index refunds_booking on refunds (provider_id, booking_id, created_at);
create index refunds_payment on refunds (provider_id, payment_id);
create index refunds_unsettled on refunds (updated_at) where state in ('pending', 'requires_action');

-- The book: append-only double entry.
create table ledger_transactions (
    id uuid primary key,
    provider_id uuid not null references providers,
    movement text not null,
    currency char(3) not null,
    booking_id uuid,
    payment_id uuid,
    refund_id uuid,
    -- what moved the money, by its id at the processor: each is written once
    source text not null,
    at timestamptz not null,
    created_at timestamptz not null default app_now(),
    constraint ledger_transactions_source unique (source)
);
create index ledger_transactions_provider on ledger_transactions (provider_id, at, id);

create table ledger_entries (
    transaction_id uuid not null references ledger_transactions,
    account text not null,
    amount_minor bigint not null,
    primary key (transaction_id, account),
    constraint ledger_entries_account check (account in
        ('clients', 'provider_balance', 'provider_bank', 'platform_fees', 'processor_fees', 'disputes')),
    constraint ledger_entries_amount check (amount_minor <> 0)
);

create function refuse_ledger_change() returns trigger
language plpgsql
as $$ begin raise exception 'the ledger is append-only' using errcode = 'restrict_violation'; end $$;
create trigger ledger_transactions_append_only before update or delete or truncate on ledger_transactions
    for each statement execute function refuse_ledger_change();
create trigger ledger_entries_append_only before update or delete or truncate on ledger_entries
    for each statement execute function refuse_ledger_change();

-- Looked at when the transaction ends, for its entries come one by one.
create function refuse_unbalanced() returns trigger
language plpgsql
as $$ begin
    if (select sum(amount_minor) from ledger_entries where transaction_id = new.transaction_id) <> 0 then
        raise exception 'the entries of a transaction must sum to zero' using errcode = 'check_violation',
            constraint = 'ledger_entries_balance';
    end if;
    return null;
end $$;
create constraint trigger ledger_entries_balance after insert on ledger_entries
    deferrable initially deferred for each row execute function refuse_unbalanced();

-- What somebody outside told us, once by its id. The job re-reads its object from the source.
create table inbound_events (
    source text not null,
    event_id text not null,
    kind text not null,
    object_id text not null,
    received_at timestamptz not null default app_now(),
    done_at timestamptz,
    primary key (source, event_id)
);
-- Up to when the processor's events were read by ourselves, in real time.
create table event_readings (
    source text primary key,
    read_until timestamptz not null
);
create index inbound_events_open on inbound_events (received_at) where done_at is null;

-- What a pending booking waits for: the client's payment, or the provider's answer.
alter table bookings
    add column awaits text,
    -- whether the provider has to say yes once it is paid
    add column needs_approval bool not null default false;
update bookings set awaits = 'approval', needs_approval = true where status = 'pending';
alter table bookings add constraint bookings_awaits check (
    (status = 'pending') = (awaits is not null) and awaits in ('payment', 'approval'));

alter table booking_events drop constraint booking_events_kind;
alter table booking_events add constraint booking_events_kind check (kind in
    ('held', 'requested', 'booked', 'paid', 'authorised', 'confirmed', 'declined', 'moved', 'cancelled', 'expired', 'revived',
     'completed', 'no_show', 'settled', 'unsettled', 'refunded', 'refund_failed', 'disputed'));

-- Sums are kept where the rows are written, so that nobody forgets them; their constraints refuse what does not add up.
create function sum_refunds() returns trigger
language plpgsql
as $$ begin
    update payments set updated_at = app_now(), refunded_minor = (
        select coalesce(sum(amount_minor), 0) from refunds
        where provider_id = new.provider_id and payment_id = new.payment_id and state not in ('failed', 'canceled'))
    where provider_id = new.provider_id and id = new.payment_id;
    return null;
end $$;
create trigger refunds_sum after insert or update on refunds for each row execute function sum_refunds();

create function sum_payments() returns trigger
language plpgsql
as $$ begin
    update bookings set paid_minor = sums.paid, refunded_minor = sums.refunded
    from (
        select coalesce(sum(amount_minor), 0) as paid, coalesce(sum(refunded_minor), 0) as refunded from payments
        where provider_id = new.provider_id and booking_id = new.booking_id and state = 'paid') sums
    where bookings.provider_id = new.provider_id and bookings.id = new.booking_id
        and (bookings.paid_minor, bookings.refunded_minor) is distinct from (sums.paid, sums.refunded);
    return null;
end $$;
create trigger payments_sum after insert or update on payments for each row execute function sum_payments();
