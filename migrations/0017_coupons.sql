-- Coupons: a discount of a provider, within limits, and which booking used it.

create table coupons (
    provider_id uuid not null references providers on delete cascade,
    id uuid not null,
    code citext not null,
    percent smallint,
    amount_minor bigint,
    valid_from timestamptz,
    valid_until timestamptz,
    most_uses int,
    most_uses_per_client int,
    least_price_minor bigint not null default 0,
    archived_at timestamptz,
    version int not null default 1,
    created_at timestamptz not null default app_now(),
    updated_at timestamptz not null default app_now(),
    primary key (provider_id, id),
    constraint coupons_id unique (id),
    constraint coupons_code_taken unique (provider_id, code),
    constraint coupons_code_form check (code::text ~ '^[A-Za-z0-9-]{3,40}$'),
    constraint coupons_discount check (
        num_nonnulls(percent, amount_minor) = 1 and percent between 1 and 100 and amount_minor > 0),
    constraint coupons_order check (valid_from < valid_until),
    constraint coupons_uses check (most_uses > 0 and most_uses_per_client > 0 and least_price_minor >= 0)
);

alter table bookings
    add column coupon_id uuid,
    -- what the coupon took off; the price is what is left
    add column discount_minor bigint not null default 0,
    add constraint bookings_coupon foreign key (provider_id, coupon_id) references coupons (provider_id, id),
    add constraint bookings_discount check (
        discount_minor >= 0 and (coupon_id is not null or discount_minor = 0));
-- Its uses are the bookings that name it and still stand.
create index bookings_coupon_uses on bookings (provider_id, coupon_id) where coupon_id is not null;
