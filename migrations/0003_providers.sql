-- Providers, what they offer and when they work.

create table categories (
    slug text primary key,
    position smallint not null
);
insert into categories (slug, position) values
    ('beauty', 1), ('health', 2), ('wellness', 3), ('fitness', 4), ('education', 5), ('craft', 6),
    ('repair', 7), ('home', 8), ('consulting', 9), ('photography', 10), ('pets', 11), ('stays', 12);

create table providers (
    id uuid primary key,
    slug text not null,
    name text not null,
    headline text not null default '',
    bio text not null default '',
    category text not null constraint providers_category_known references categories,
    address_line text not null default '',
    city text not null default '',
    country char(2),
    latitude double precision,
    longitude double precision,
    time_zone text not null,
    currency char(3) not null,
    languages text[] not null default '{}',
    -- an SVG portrait drawn by the project; photos come later
    portrait text,
    published_at timestamptz,
    day_limit int,
    week_limit int,
    -- how long a request may stay unanswered
    request_expiry_minutes int not null default 1440,
    schedule_version int not null default 1,
    version int not null default 1,
    created_at timestamptz not null default app_now(),
    updated_at timestamptz not null default app_now(),
    constraint providers_slug_taken unique (slug),
    constraint providers_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 3 and 60),
    constraint providers_name_length check (length(name) between 1 and 120),
    constraint providers_coordinates check (
        (latitude is null) = (longitude is null)
        and (latitude is null or (latitude between -90 and 90 and longitude between -180 and 180))),
    constraint providers_limits check (day_limit > 0 and week_limit > 0),
    constraint providers_request_expiry check (request_expiry_minutes between 15 and 43200)
);
create index providers_listed on providers (category, name, id) where published_at is not null;

create table memberships (
    user_id uuid not null constraint memberships_user_known references users on delete cascade,
    provider_id uuid not null references providers on delete cascade,
    role text not null default 'owner',
    created_at timestamptz not null default app_now(),
    primary key (user_id, provider_id),
    constraint memberships_role check (role in ('owner', 'member'))
);
create index memberships_provider on memberships (provider_id);

create table services (
    id uuid primary key,
    provider_id uuid not null references providers on delete cascade,
    name text not null,
    description text not null default '',
    duration_minutes int not null,
    price_minor bigint not null default 0,
    buffer_before_minutes int not null default 0,
    buffer_after_minutes int not null default 0,
    capacity int not null default 1,
    minimum_notice_minutes int not null default 0,
    horizon_days int not null default 60,
    slot_step_minutes int,
    day_limit int,
    week_limit int,
    approval_required bool not null default false,
    location text not null default 'provider',
    -- where to call or click, told to the customer with the confirmation
    location_detail text not null default '',
    status text not null default 'active',
    position int not null default 0,
    version int not null default 1,
    created_at timestamptz not null default app_now(),
    updated_at timestamptz not null default app_now(),
    constraint services_of_provider unique (provider_id, id),
    constraint services_name_length check (length(name) between 1 and 120),
    constraint services_duration check (duration_minutes between 5 and 44640),
    constraint services_price check (price_minor >= 0),
    constraint services_buffers check (buffer_before_minutes between 0 and 1440 and buffer_after_minutes between 0 and 1440),
    constraint services_capacity check (capacity between 1 and 1000),
    constraint services_notice check (minimum_notice_minutes between 0 and 525600),
    constraint services_horizon check (horizon_days between 1 and 730),
    constraint services_step check (slot_step_minutes between 5 and 44640),
    constraint services_limits check (day_limit > 0 and week_limit > 0),
    constraint services_location check (location in ('provider', 'customer', 'phone', 'online')),
    constraint services_status check (status in ('active', 'archived'))
);
create index services_provider on services (provider_id, position, id);

-- Weekly hours as wall time in the provider's zone. 0 is Sunday; an end at or before the start is on the next day.
create table schedules (
    provider_id uuid not null references providers on delete cascade,
    day_of_week smallint not null,
    start_time time not null,
    end_time time not null,
    primary key (provider_id, day_of_week, start_time),
    constraint schedules_day check (day_of_week between 0 and 6),
    constraint schedules_before_midnight check (start_time < '24:00' and end_time < '24:00')
);

-- A date with rows here has these hours instead of the week's; one row without times closes the day.
create table schedule_exceptions (
    provider_id uuid not null references providers on delete cascade,
    exception_date date not null,
    is_available bool not null,
    custom_start time,
    custom_end time,
    note text not null default '',
    constraint schedule_exceptions_window unique nulls not distinct (provider_id, exception_date, custom_start),
    constraint schedule_exceptions_times check (
        (is_available and custom_start is not null and custom_end is not null
            and custom_start < '24:00' and custom_end < '24:00')
        or (not is_available and custom_start is null and custom_end is null)),
    -- a day is either closed or has windows, never both
    constraint schedule_exceptions_either exclude using gist
        (provider_id with =, exception_date with =, (is_available::int) with <>)
);

create table busy_blocks (
    provider_id uuid not null references providers on delete cascade,
    id uuid not null,
    source text not null,
    start_at timestamptz not null,
    end_at timestamptz not null,
    note text not null default '',
    created_at timestamptz not null default app_now(),
    primary key (provider_id, id),
    constraint busy_blocks_source check (source in ('time_off')),
    constraint busy_blocks_order check (start_at < end_at)
);
create index busy_blocks_range on busy_blocks (provider_id, end_at, start_at);

-- Makes a transaction the only one that changes the provider's time until it ends. Call it in a statement of its
-- own, before any read: reads that follow see what the holder before has committed.
create function lock_provider(provider uuid) returns void
language sql volatile
as $$ select pg_advisory_xact_lock(hashtextextended(provider::text, 0)) $$;
