-- Refunds as they are seen.

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
