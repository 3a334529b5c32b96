-- The shared floor: extensions, the clock, jobs, idempotency, the development outbox.

create extension if not exists btree_gist;
create extension if not exists citext;

-- Every process takes its time from here, so that tests can move it for all of them at once.
create table clock (
    only_row bool primary key default true,
    offset_by interval not null default interval '0',
    constraint clock_single check (only_row)
);
insert into clock default values;

-- The time of this statement on the platform's clock. Token lifetimes use real time instead.
-- In PL/pgSQL because a session keeps its plan; in SQL it would be planned anew in each statement.
create function app_now() returns timestamptz
language plpgsql stable parallel safe
as $$ begin return statement_timestamp() + (select offset_by from clock); end $$;

create table jobs (
    id uuid primary key,
    kind text not null,
    payload jsonb not null,
    run_at timestamptz not null,
    priority smallint not null default 0,
    dedupe_key text,
    attempts int not null default 0,
    max_attempts int not null,
    lease uuid,
    -- real time: a moved clock takes no job from its worker
    leased_until timestamptz,
    last_error text,
    dead_at timestamptz,
    created_at timestamptz not null default app_now(),
    constraint jobs_dedupe_key unique (dedupe_key),
    constraint jobs_attempts check (attempts >= 0 and max_attempts > 0),
    constraint jobs_lease_has_end check ((lease is null) = (leased_until is null)),
    constraint jobs_priority check (priority between -1 and 1)
) with (fillfactor = 80);
-- Of each priority, what is due first; what is due later is never looked at.
create index jobs_due on jobs (priority, run_at) where dead_at is null;

create table idempotency_keys (
    scope text not null,
    key text not null,
    fingerprint bytea not null,
    status smallint,
    headers jsonb,
    body jsonb,
    created_at timestamptz not null default app_now(),
    primary key (scope, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

-- What would have been sent by e-mail, kept where no SMTP server is configured.
create table outbox_mails (
    id uuid primary key,
    message_id text not null unique,
    kind text not null,
    recipient text not null,
    subject text not null,
    body_text text not null,
    body_html text not null,
    calendar text,
    created_at timestamptz not null default app_now()
);
