-- What is agreed about money: how a service is paid, what a cancellation brings back, the tax inside a price.

alter table services
    add column payment_mode text not null default 'on_site',
    -- for each place
    add column deposit_minor bigint,
    add column deposit_percent smallint,
    -- in hundredths of a percent, inside the price; none where no tax is shown
    add column vat_rate int,
    add constraint services_payment_mode check (payment_mode in ('on_site', 'deposit', 'full')),
    add constraint services_deposit check (
        (payment_mode = 'deposit') = (num_nonnulls(deposit_minor, deposit_percent) = 1)
        and num_nonnulls(deposit_minor, deposit_percent) <= 1
        and deposit_minor > 0 and deposit_percent between 1 and 99),
    add constraint services_vat_rate check (vat_rate between 0 and 10000);

alter table providers
    add column policy jsonb not null default '{"kind": "flexible"}',
    add column no_show_percent smallint not null default 0,
    add constraint providers_policy check (policy ->> 'kind' in ('flexible', 'moderate', 'strict', 'custom')),
    add constraint providers_no_show_percent check (no_show_percent between 0 and 100);

-- As they were when booked.
alter table bookings
    add column payment_mode text not null default 'on_site',
    -- paid when booking; the rest is paid at the provider's
    add column due_minor bigint not null default 0,
    add column vat_rate int,
    add column policy jsonb not null default '{"kind": "flexible"}',
    add column no_show_percent smallint not null default 0,
    -- to which instant the policy's clock runs: the start, unless a client moved the booking when a penalty was due
    add column policy_anchor timestamptz,
    -- what came in through the payment processor, and what of it went back
    add column paid_minor bigint not null default 0,
    add column refunded_minor bigint not null default 0,
    -- when the provider noted that the rest was paid at its place
    add column settled_at timestamptz;
update bookings set policy_anchor = start_at;
alter table bookings
    alter column policy_anchor set not null,
    add constraint bookings_payment_mode check (payment_mode in ('on_site', 'deposit', 'full')),
    add constraint bookings_money check (
        price_minor >= 0 and due_minor between 0 and price_minor
        and paid_minor >= 0 and refunded_minor between 0 and paid_minor),
    add constraint bookings_vat_rate check (vat_rate between 0 and 10000),
    add constraint bookings_no_show_percent check (no_show_percent between 0 and 100);

alter table booking_events drop constraint booking_events_kind;
alter table booking_events add constraint booking_events_kind check (kind in
    ('requested', 'booked', 'confirmed', 'declined', 'moved', 'cancelled', 'expired', 'completed', 'no_show',
     'settled', 'unsettled'));
