-- What changed for a provider, so that open pages notice. A row is read within seconds and swept after an hour.

-- A position in these rows is a snapshot of transactions: "since then" are the rows whose transaction it does not see.
-- Numbers from a sequence would not do: one that is given first may be committed last, after readers went past it.
create table provider_changes (
    xid xid8 not null default pg_current_xact_id(),
    provider_id uuid not null,
    kind text not null,
    subject_id uuid not null,
    -- real time: a moved clock sweeps nothing
    at timestamptz not null default statement_timestamp(),
    -- a transaction tells once of each thing
    primary key (xid, provider_id, kind, subject_id),
    constraint provider_changes_kind check (kind in ('booking', 'schedule', 'service', 'provider'))
);

-- Each change of a booking appends an event, whoever makes it.
create function note_booking_change() returns trigger
language plpgsql
as $$ begin
    insert into provider_changes (provider_id, kind, subject_id)
    values (new.provider_id, 'booking', new.booking_id) on conflict do nothing;
    return null;
end $$;
create trigger booking_events_change after insert on booking_events
    for each row execute function note_booking_change();

-- Hours, exceptions and time off are replaced as a whole: many rows, one change.
create function note_schedule_change() returns trigger
language plpgsql
as $$ declare
    provider uuid := case when tg_op = 'DELETE' then old.provider_id else new.provider_id end;
begin
    insert into provider_changes (provider_id, kind, subject_id)
    values (provider, 'schedule', provider) on conflict do nothing;
    return null;
end $$;
create trigger schedules_change after insert or update or delete on schedules
    for each row execute function note_schedule_change();
create trigger schedule_exceptions_change after insert or update or delete on schedule_exceptions
    for each row execute function note_schedule_change();
create trigger busy_blocks_change after insert or update or delete on busy_blocks
    for each row execute function note_schedule_change();

create function note_service_change() returns trigger
language plpgsql
as $$ begin
    insert into provider_changes (provider_id, kind, subject_id)
    values (new.provider_id, 'service', new.id) on conflict do nothing;
    return null;
end $$;
create trigger services_change after insert or update on services
    for each row execute function note_service_change();

create function note_provider_change() returns trigger
language plpgsql
as $$ begin
    insert into provider_changes (provider_id, kind, subject_id)
    values (new.id, 'provider', new.id) on conflict do nothing;
    return null;
end $$;
create trigger providers_change after update on providers
    for each row execute function note_provider_change();
