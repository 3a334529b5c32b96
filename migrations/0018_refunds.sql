-- Refunds as they are seen, and receipts.

-- What becomes of a refund is heard of by open pages, and stands in the booking's history where nobody did it there.
create function tell_refund() returns trigger
language plpgsql
as $$ declare
    happened text := case
        when tg_op = 'INSERT' and new.cause = 'outside' then 'refunded'
        when new.state in ('failed', 'canceled') and (tg_op = 'INSERT' or old.state is distinct from new.state)
            then 'refund_failed' end;
begin
    if happened is not null then
        insert into booking_events (provider_id, booking_id, id, kind, actor, detail)
        values (new.provider_id, new.booking_id, gen_random_uuid(), happened, 'system',
            jsonb_build_object('amount_minor', new.amount_minor, 'cause', new.cause));
    end if;
    insert into provider_changes (provider_id, kind, subject_id)
    values (new.provider_id, 'booking', new.booking_id) on conflict do nothing;
    return null;
end $$;
create trigger refunds_tell after insert or update of state on refunds for each row execute function tell_refund();

-- The last number of each provider's receipts. Its row is locked until whoever took a number commits, and a number that is
-- not kept is taken again: so there are no gaps.
create table receipt_series (
    provider_id uuid primary key references providers,
    last_number bigint not null,
    constraint receipt_series_number check (last_number > 0)
);

-- Never changed, never deleted. What stands on them is as it was when they were issued.
create table receipts (
    provider_id uuid not null references receipt_series,
    number bigint not null,
    booking_id uuid not null,
    kind text not null,
    -- with tax; below zero for what takes a receipt back
    amount_minor bigint not null,
    -- the one that it takes back
    corrects bigint,
    payment_id uuid,
    refund_id uuid,
    content jsonb not null,
    issued_at timestamptz not null default app_now(),
    primary key (provider_id, number),
    foreign key (provider_id, booking_id) references bookings (provider_id, id),
    foreign key (provider_id, corrects) references receipts (provider_id, number),
    foreign key (provider_id, payment_id) references payments (provider_id, id),
    foreign key (provider_id, refund_id) references refunds (provider_id, id),
    constraint receipts_payment unique (provider_id, payment_id),
    constraint receipts_refund unique (provider_id, refund_id, kind),
    constraint receipts_kind check (
        (kind = 'receipt' and amount_minor > 0) or (kind = 'credit_note' and amount_minor < 0))
);
create index receipts_booking on receipts (booking_id, number);

create function number_receipt() returns trigger
language plpgsql
as $$ begin
    insert into receipt_series as series (provider_id, last_number) values (new.provider_id, 1)
    on conflict (provider_id) do update set last_number = series.last_number + 1
    returning last_number into new.number;
    return new;
end $$;
create trigger receipts_number before insert on receipts for each row execute function number_receipt();

create function refuse_receipt_change() returns trigger
language plpgsql
as $$ begin raise exception 'receipts are never changed' using errcode = 'restrict_violation'; end $$;
create trigger receipts_frozen before update or delete or truncate on receipts
    for each statement execute function refuse_receipt_change();
create trigger receipt_series_kept before delete or truncate on receipt_series
    for each statement execute function refuse_receipt_change();

-- Looked at when the transaction ends: a number that is taken has its receipt.
create function refuse_receipt_gap() returns trigger
language plpgsql
as $$ begin
    if (select last_number from receipt_series where provider_id = new.provider_id)
        is distinct from (select max(number) from receipts where provider_id = new.provider_id) then
        raise exception 'receipts have no gaps' using errcode = 'check_violation', constraint = 'receipts_no_gaps';
    end if;
    return null;
end $$;
create constraint trigger receipt_series_no_gaps after insert or update on receipt_series
    deferrable initially deferred for each row execute function refuse_receipt_gap();
