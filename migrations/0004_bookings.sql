-- Taken time and the claims on it.

-- A stretch of the provider's time that is taken. It exists while seats are taken; history is in bookings.
create table appointments (
    provider_id uuid not null references providers on delete cascade,
    id uuid not null,
    service_id uuid not null,
    start_at timestamptz not null,
    end_at timestamptz not null,
    -- with the buffers; computed in domain
    blocked_from timestamptz not null,
    blocked_until timestamptz not null,
    capacity int not null,
    seats_taken int not null,
    primary key (provider_id, id),
    foreign key (provider_id, service_id) references services (provider_id, id),
    constraint appointments_one_per_start unique (provider_id, start_at) include (blocked_from, blocked_until),
    constraint appointments_no_overlap exclude using gist
        (provider_id with =, tstzrange(blocked_from, blocked_until) with &&),
    constraint appointments_seats check (seats_taken between 1 and capacity),
    constraint appointments_order check (blocked_from <= start_at and start_at < end_at and end_at <= blocked_until)
) with (fillfactor = 90);

-- One client's claim on an appointment.
create table bookings (
    provider_id uuid not null references providers on delete cascade,
    id uuid not null,
    -- null exactly when cancelled
    appointment_id uuid,
    service_id uuid not null,
    -- null for a guest
    client_id uuid references users on delete set null,
    client_name text not null,
    client_email citext,
    client_phone text,
    client_notes text not null default '',
    -- where the provider comes to, for services at the customer's
    client_address text not null default '',
    client_locale text not null default 'en',
    -- the zone in which the client saw the time
    client_time_zone text not null,
    start_at timestamptz not null,
    end_at timestamptz not null,
    -- what the provider's clock shows at the start, so that a later change of the zone's rules is noticed
    time_zone text not null,
    local_start timestamp not null,
    status text not null,
    party_size int not null,
    -- as they were when booked
    service_name text not null,
    location text not null,
    price_minor bigint not null,
    currency char(3) not null,
    -- until when a pending booking keeps its slot
    hold_expires_at timestamptz,
    cancelled_by text,
    cancel_reason text not null default '',
    source text not null,
    sequence int not null default 0,
    version int not null default 1,
    created_at timestamptz not null default app_now(),
    updated_at timestamptz not null default app_now(),
    primary key (provider_id, id),
    constraint bookings_id unique (id),
    foreign key (provider_id, appointment_id) references appointments (provider_id, id),
    foreign key (provider_id, service_id) references services (provider_id, id),
    constraint bookings_status check (status in ('pending', 'confirmed', 'cancelled', 'completed', 'no_show')),
    constraint bookings_free_when_cancelled check ((status = 'cancelled') = (appointment_id is null)),
    constraint bookings_cancelled_by check (
        (status = 'cancelled') = (cancelled_by is not null)
        and cancelled_by in ('client', 'provider', 'declined', 'expired')),
    constraint bookings_pending_expires check (status <> 'pending' or hold_expires_at is not null),
    constraint bookings_party check (party_size >= 1),
    constraint bookings_order check (start_at < end_at),
    constraint bookings_source check (source in ('client', 'guest', 'provider'))
) with (fillfactor = 85);
create index bookings_appointment on bookings (provider_id, appointment_id) where appointment_id is not null;
create index bookings_agenda on bookings (provider_id, start_at, id);
create index bookings_client on bookings (client_id, start_at, id) where client_id is not null;
create index bookings_email on bookings (client_email, start_at) where client_email is not null;
create index bookings_holds on bookings (provider_id, hold_expires_at) where status = 'pending';
create index bookings_service on bookings (provider_id, service_id);

create table booking_events (
    provider_id uuid not null,
    booking_id uuid not null,
    id uuid not null,
    kind text not null,
    actor text not null,
    actor_user_id uuid references users on delete set null,
    detail jsonb not null default '{}',
    at timestamptz not null default app_now(),
    primary key (provider_id, booking_id, id),
    foreign key (provider_id, booking_id) references bookings (provider_id, id) on delete cascade,
    constraint booking_events_kind check (kind in
        ('requested', 'booked', 'confirmed', 'declined', 'moved', 'cancelled', 'expired', 'completed', 'no_show')),
    constraint booking_events_actor check (actor in ('client', 'guest', 'provider', 'system'))
);
