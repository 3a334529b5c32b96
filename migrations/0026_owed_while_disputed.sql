-- What is owed to a client while the client's bank has the money.

-- Whether it is sent only once a bank has decided about the payment: nothing is given back of what a bank disputes.
alter table refunds add column waits bool not null default false,
    add constraint refunds_wait_unsent check (not waits or (state in ('pending', 'canceled') and refund_id is null));
create index refunds_waiting on refunds (provider_id, payment_id) where waits;

-- What a cancellation owed of a disputed payment, given once the bank has decided for the provider.
alter table refunds drop constraint refunds_cause, add constraint refunds_cause check (cause in
    ('cancelled', 'declined', 'expired', 'no_show', 'late', 'price', 'by_hand', 'outside', 'overpaid', 'dispute_won'));

-- A refund that the bank made needless is no refund that did not arrive.
create or replace function tell_refund() returns trigger
language plpgsql
as $$ declare
    happened text := case
        when tg_op = 'INSERT' and new.cause = 'outside' then 'refunded'
        when new.waits then null
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
drop trigger refunds_tell on refunds;
create trigger refunds_tell after insert or update of state, waits on refunds for each row execute function tell_refund();
