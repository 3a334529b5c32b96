-- What every measurement begins with: 250 providers with 200 bookings each.

create function bench_id(n bigint) returns uuid language sql immutable
as $$ select lpad(to_hex(n), 32, '0')::uuid $$;

-- The Monday after next in UTC: all of the month that follows can still be booked.
create function bench_monday() returns timestamptz language sql stable
as $$ select date_trunc('week', app_now()) + interval '14 days' $$;

insert into providers (id, slug, name, headline, category, time_zone, currency, address_line, city, country, published_at)
select bench_id(n), 'provider-' || n, 'Corner Shop', 'Open as usual', 'craft', 'UTC', 'EUR', 'Main Street 1', 'Berlin', 'DE', app_now()
from (select generate_series(1, 50) union all select generate_series(1001, 1200)) as provider (n);

-- 09:00 to 17:00 on weekdays, and around the clock.
insert into schedules (provider_id, day_of_week, start_time, end_time)
select bench_id(n), day, '09:00'::time, '17:00'::time from generate_series(1, 50) n, generate_series(1, 5) day
union all
select bench_id(n), day, '00:00'::time, '00:00'::time from generate_series(1001, 1200) n, generate_series(0, 6) day;

-- The hour that is asked for, under its provider's number; the half hour that is booked already where hours are kept.
insert into services (id, provider_id, name, duration_minutes, slot_step_minutes, price_minor, horizon_days)
select bench_id(n), bench_id(n), 'Consultation', 60, case when n <= 50 then 15 end, 5000, 365
from (select generate_series(1, 50) union all select generate_series(1001, 1200)) as provider (n)
union all
select bench_id(1000000 + n), bench_id(n), 'Short consultation', 30, null, 3000, 365 from generate_series(1, 50) n;

-- 200 half hours, nine in the mornings of most of the 23 weekdays of a month; and 200 odd hours.
with taken as (
    select n as provider, 1000000 + n as service, interval '30 minutes' as duration,
        bench_monday() + make_interval(days => k % 23 / 5 * 7 + k % 23 % 5, mins => 540 + k / 23 * 30) as start_at
    from generate_series(1, 50) n, generate_series(0, 199) k
    union all
    select n, n, interval '1 hour', bench_monday() + make_interval(hours => 2 * k + 1)
    from generate_series(1001, 1200) n, generate_series(0, 199) k
), numbered as (
    select *, bench_id(10000000 + row_number() over (order by start_at, provider)) as id from taken
), made as (
    insert into appointments (provider_id, id, service_id, start_at, end_at, blocked_from, blocked_until, capacity, seats_taken)
    select bench_id(provider), id, bench_id(service), start_at, start_at + duration, start_at, start_at + duration, 1, 1
    from numbered
)
insert into bookings (provider_id, id, appointment_id, service_id, client_name, client_email, client_time_zone,
    start_at, end_at, time_zone, local_start, status, party_size, service_name, location, price_minor, currency, source, policy_anchor)
select bench_id(provider), id, id, bench_id(service), 'Ada', 'ada@example.org', 'UTC', start_at, start_at + duration, 'UTC',
    start_at at time zone 'UTC', 'confirmed', 1, 'Consultation', 'provider', 5000, 'EUR', 'guest', start_at
from numbered;

insert into booking_events (provider_id, booking_id, id, kind, actor)
select provider_id, id, id, 'booked', 'guest' from bookings;
