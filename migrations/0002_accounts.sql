-- People: accounts, their sessions and the one-time tokens mailed to them.

create table users (
    id uuid primary key,
    email citext not null,
    password_hash text not null,
    name text not null,
    locale text not null default 'en',
    time_zone text not null default 'UTC',
    is_admin bool not null default false,
    email_verified_at timestamptz,
    version int not null default 1,
    created_at timestamptz not null default app_now(),
    updated_at timestamptz not null default app_now(),
    constraint users_email_taken unique (email),
    constraint users_email_length check (length(email) between 3 and 254),
    constraint users_name_length check (length(name) between 1 and 120)
);

-- One row per refresh token ever issued and still of interest. Real time throughout: a moved clock ends no session.
create table refresh_tokens (
    id uuid primary key,
    user_id uuid not null references users on delete cascade,
    family uuid not null,
    token_hash bytea not null,
    issued_at timestamptz not null default statement_timestamp(),
    expires_at timestamptz not null,
    used_at timestamptz,
    user_agent text,
    constraint refresh_tokens_hash unique (token_hash)
);
create index refresh_tokens_family on refresh_tokens (family);
create index refresh_tokens_user on refresh_tokens (user_id);

create table user_tokens (
    token_hash bytea primary key,
    user_id uuid not null references users on delete cascade,
    purpose text not null,
    -- the address being verified, so that a later change of address voids the token
    email citext not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    constraint user_tokens_purpose check (purpose in ('verify_email', 'reset_password'))
);
create index user_tokens_user on user_tokens (user_id);

-- Counters of attempts per key (an account, an address), in windows of real time.
-- Not logged: an attempt is counted without a wait for the disk, and only a crash forgets it.
create unlogged table throttles (
    key text primary key,
    attempts int not null,
    window_ends_at timestamptz not null
);
