//! Everything that decides about a service's free times, in one round trip.

use crate::app::Payments;
use crate::db::{Instant, Instants};
use crate::http::{ApiError, ApiResult};
use domain::payment::policy::Policy;
use domain::range::Range;
use domain::schedule::{DayException, WeeklyWindow};
use domain::slots::{Facts, Limits, ServiceRules, Taken};
use domain::zone::Zone;
use sqlx::PgConnection;
use sqlx::types::Json;
use time::{Date, Time};
use uuid::Uuid;

/// A service as it is offered, beside the facts about its time.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The service.
    pub service_id: Uuid,
    /// Who offers it.
    pub provider_id: Uuid,
    /// Whether customers can see and book it: published and active.
    pub bookable: bool,
    /// Whether the provider answers each request first.
    pub approval_required: bool,
    /// How long a request may stay unanswered, in seconds.
    pub request_expiry: i64,
    /// What it is called.
    pub name: String,
    /// Price in minor units.
    pub price_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// How it is paid, and what a cancellation brings back.
    pub terms: Terms,
    /// `provider`, `customer`, `phone` or `online`.
    pub location: String,
    /// The link or further words on the place.
    pub location_detail: String,
    /// What the provider is called.
    pub provider_name: String,
    /// The provider's page.
    pub provider_slug: String,
    /// Street and city.
    pub provider_address: String,
    /// Requests of the provider whose time to be answered is over and which still keep their slots.
    pub stale_requests: i64,
    /// The facts about its time.
    pub facts: Facts,
    /// Whether its provider has an account that takes charges.
    has_account: bool,
}

impl Offer {
    /// Whether what is paid when booking can be paid now.
    #[must_use]
    pub fn is_payable(&self, payments: Option<&Payments>) -> bool {
        self.terms.payment_mode == "on_site"
            || payments.is_some_and(|payments| !payments.connect || self.has_account)
    }

    /// The starts from an instant on that can be booked by now, where there are any.
    #[must_use]
    pub fn bookable_from(&self, from: i64) -> Option<Range> {
        let bookable = self.facts.service.bookable(self.facts.now);
        let from = from.max(bookable.start);
        (from < bookable.end).then(|| Range::new(from, bookable.end))
    }

    /// What the provider may do with its own time: no notice, no limits, as far ahead as anything is booked.
    pub fn relax_for_provider(&mut self) {
        self.facts.service.notice = 0;
        self.facts.service.horizon_days = 730;
        self.facts.service.limits = Limits::default();
        self.facts.provider_limits = Limits::default();
    }
}

/// What is agreed about money when the service is booked now.
#[derive(Debug, Clone)]
pub struct Terms {
    /// `on_site`, `deposit` or `full`.
    pub payment_mode: String,
    /// A fixed deposit, for each place.
    pub deposit_minor: Option<i64>,
    /// A deposit as a share of the price.
    pub deposit_percent: Option<i16>,
    /// The tax inside the price, in hundredths of a percent.
    pub vat_rate: Option<i32>,
    /// The provider's cancellation policy.
    pub policy: Policy,
    /// How much comes back where the client does not come.
    pub no_show_percent: i16,
}

/// Seats that are about to be given back, because their booking moves: they do not block it.
#[derive(Debug, Clone, Copy)]
pub struct Leaving {
    /// Where the seats are.
    pub appointment_id: Uuid,
    /// How many.
    pub party_size: i32,
}

// One service has a statement of its own. Its plan is the same whatever the service, so PostgreSQL keeps it; for a list, it
// would plan anew each time, which takes longer than the query.
macro_rules! offers {
    ($wanted:literal, $services:expr, $starts:expr, $leaving:expr) => {
        sqlx::query_as!(
            Row,
            r#"
            select s.id as service_id, s.provider_id, s.name, s.price_minor, p.currency, s.location, s.location_detail,
                s.payment_mode, s.deposit_minor, s.deposit_percent, s.vat_rate,
                exists (select from payment_accounts a where a.provider_id = p.id and a.can_charge) as "has_account!",
                p.policy as "policy: Json<Policy>", p.no_show_percent,
                s.approval_required, p.request_expiry_minutes,
                p.name as provider_name, p.slug as provider_slug,
                concat_ws(', ', nullif(p.address_line, ''), nullif(p.city, '')) as "provider_address!",
                s.status = 'active' and p.published_at is not null and p.suspended_at is null as "bookable!",
                p.time_zone, p.day_limit as provider_day_limit, p.week_limit as provider_week_limit,
                s.duration_minutes, s.slot_step_minutes, s.buffer_before_minutes, s.buffer_after_minutes, s.capacity,
                s.minimum_notice_minutes, s.horizon_days, s.day_limit, s.week_limit,
                app_now() as "now!: Instant",
                (select count(*) from bookings b
                    where b.provider_id = p.id and b.status = 'pending' and b.hold_expires_at <= app_now()) as "stale_requests!",
                w.days as "week_days: Vec<i16>", w.starts as "week_starts: Vec<Time>", w.ends as "week_ends: Vec<Time>",
                e.dates as "exception_dates: Vec<Date>", e.starts as "exception_starts: Vec<Option<Time>>",
                e.ends as "exception_ends: Vec<Option<Time>>",
                t.starts as "taken_starts: Instants", t.ends as "taken_ends: Instants",
                t.froms as "taken_froms: Instants", t.untils as "taken_untils: Instants",
                t.same as "taken_same: Vec<bool>", t.seats as "taken_seats: Vec<i32>",
                t.capacities as "taken_capacities: Vec<i32>",
                z.starts as "busy_starts: Instants", z.ends as "busy_ends: Instants"
            from services s
            join providers p on p.id = s.provider_id
            -- the rows that can touch a start in the range: see `ServiceRules::needs`
            cross join lateral (
                select to_timestamp($2::bigint) - make_interval(mins => s.buffer_before_minutes) - margin as lower,
                    to_timestamp($3::bigint) + make_interval(mins => s.duration_minutes + s.buffer_after_minutes) + margin as upper
                from (select case when coalesce(s.day_limit, s.week_limit, p.day_limit, p.week_limit) is null
                    then interval '0' else interval '8 days' end as margin) m
            ) need
            left join lateral (
                select array_agg(day_of_week) as days, array_agg(start_time) as starts, array_agg(end_time) as ends
                from schedules where provider_id = p.id
            ) w on true
            left join lateral (
                select array_agg(exception_date) as dates, array_agg(custom_start) as starts, array_agg(custom_end) as ends
                from schedule_exceptions
                where provider_id = p.id
                    and exception_date between (need.lower - interval '4 days')::date and (need.upper + interval '4 days')::date
            ) e on true
            left join lateral (
                select array_agg(start_at) as starts, array_agg(end_at) as ends,
                    array_agg(blocked_from) as froms, array_agg(blocked_until) as untils, array_agg(service_id = s.id) as same,
                    array_agg(seats) as seats, array_agg(capacity) as capacities
                from (
                    -- no appointment is longer than 31 days and a day of buffer at each side
                    select a.*, a.seats_taken - coalesce(free.seats, 0) as seats
                    from appointments a
                    left join (
                        -- requests that nobody answered in time, and seats that are being given back
                        select b.appointment_id as id, sum(b.party_size)::int as seats
                        from bookings b
                        where b.provider_id = p.id and b.status = 'pending' and b.hold_expires_at <= app_now()
                        group by b.appointment_id
                        union all
                        select $4::uuid, $5::int where $4::uuid is not null
                    ) free on free.id = a.id
                    where a.provider_id = p.id
                        and a.start_at > need.lower - interval '33 days' and a.start_at < need.upper + interval '1 day'
                        and a.blocked_until > need.lower and a.blocked_from < need.upper
                        and a.seats_taken > coalesce(free.seats, 0)
                    order by a.start_at
                ) a
            ) t on true
            left join lateral (
                select array_agg(start_at) as starts, array_agg(end_at) as ends
                from (
                    select start_at, end_at from busy_blocks z
                    where z.provider_id = p.id and z.end_at > need.lower and z.start_at < need.upper
                    order by z.start_at
                ) z
            ) z on true
            where s.id = "# + $wanted,
            $services,
            $starts.start,
            $starts.end,
            $leaving.map(|leaving: Leaving| leaving.appointment_id),
            $leaving.map_or(0, |leaving: Leaving| leaving.party_size)
        )
    };
}

/// Loads what decides about a service's starts in `starts`; `None` where there is no such service. Rows beyond the
/// need change no answer.
///
/// # Errors
/// Those of the database.
pub async fn load(
    db: &mut PgConnection,
    service: Uuid,
    starts: Range,
    leaving: Option<Leaving>,
) -> ApiResult<Option<Offer>> {
    let row = offers!("$1", service, starts, leaving).fetch_optional(db).await?;
    row.map(Row::into_offer).transpose()
}

/// The same for each of the services that exist.
///
/// # Errors
/// Those of the database.
pub async fn load_all(db: &mut PgConnection, services: &[Uuid], starts: Range) -> ApiResult<Vec<Offer>> {
    let rows = offers!("any($1)", services, starts, None).fetch_all(db).await?;
    rows.into_iter().map(Row::into_offer).collect()
}

struct Row {
    service_id: Uuid,
    provider_id: Uuid,
    name: String,
    price_minor: i64,
    currency: String,
    payment_mode: String,
    deposit_minor: Option<i64>,
    deposit_percent: Option<i16>,
    vat_rate: Option<i32>,
    has_account: bool,
    policy: Json<Policy>,
    no_show_percent: i16,
    location: String,
    location_detail: String,
    approval_required: bool,
    request_expiry_minutes: i32,
    provider_name: String,
    provider_slug: String,
    provider_address: String,
    bookable: bool,
    time_zone: String,
    provider_day_limit: Option<i32>,
    provider_week_limit: Option<i32>,
    duration_minutes: i32,
    slot_step_minutes: Option<i32>,
    buffer_before_minutes: i32,
    buffer_after_minutes: i32,
    capacity: i32,
    minimum_notice_minutes: i32,
    horizon_days: i32,
    day_limit: Option<i32>,
    week_limit: Option<i32>,
    now: Instant,
    stale_requests: i64,
    week_days: Option<Vec<i16>>,
    week_starts: Option<Vec<Time>>,
    week_ends: Option<Vec<Time>>,
    exception_dates: Option<Vec<Date>>,
    exception_starts: Option<Vec<Option<Time>>>,
    exception_ends: Option<Vec<Option<Time>>>,
    taken_starts: Option<Instants>,
    taken_ends: Option<Instants>,
    taken_froms: Option<Instants>,
    taken_untils: Option<Instants>,
    taken_same: Option<Vec<bool>>,
    taken_seats: Option<Vec<i32>>,
    taken_capacities: Option<Vec<i32>>,
    busy_starts: Option<Instants>,
    busy_ends: Option<Instants>,
}

impl Row {
    fn into_offer(self) -> ApiResult<Offer> {
        let zone = Zone::parse(&self.time_zone).map_err(ApiError::internal)?;
        let minutes = |count: i32| i64::from(count) * 60;
        let facts = Facts {
            zone,
            now: self.now.0,
            weekly: weekly(self.week_days, self.week_starts, self.week_ends),
            exceptions: exceptions(self.exception_dates, self.exception_starts, self.exception_ends),
            taken: taken(
                [self.taken_starts, self.taken_ends, self.taken_froms, self.taken_untils]
                    .map(Option::unwrap_or_default),
                &self.taken_same.unwrap_or_default(),
                [self.taken_seats, self.taken_capacities].map(Option::unwrap_or_default),
            ),
            busy: self
                .busy_starts
                .unwrap_or_default()
                .0
                .into_iter()
                .zip(self.busy_ends.unwrap_or_default().0)
                .map(|(start, end)| Range::new(start, end))
                .collect(),
            service: ServiceRules {
                duration: minutes(self.duration_minutes),
                step: self.slot_step_minutes.map(minutes),
                buffer_before: minutes(self.buffer_before_minutes),
                buffer_after: minutes(self.buffer_after_minutes),
                capacity: count(self.capacity),
                notice: minutes(self.minimum_notice_minutes),
                horizon_days: count(self.horizon_days),
                limits: Limits { per_day: self.day_limit.map(count), per_week: self.week_limit.map(count) },
            },
            provider_limits: Limits {
                per_day: self.provider_day_limit.map(count),
                per_week: self.provider_week_limit.map(count),
            },
        };
        Ok(Offer {
            service_id: self.service_id,
            provider_id: self.provider_id,
            bookable: self.bookable,
            approval_required: self.approval_required,
            request_expiry: minutes(self.request_expiry_minutes),
            name: self.name,
            price_minor: self.price_minor,
            currency: self.currency,
            terms: Terms {
                payment_mode: self.payment_mode,
                deposit_minor: self.deposit_minor,
                deposit_percent: self.deposit_percent,
                vat_rate: self.vat_rate,
                policy: self.policy.0,
                no_show_percent: self.no_show_percent,
            },
            location: self.location,
            location_detail: self.location_detail,
            provider_name: self.provider_name,
            provider_slug: self.provider_slug,
            provider_address: self.provider_address,
            stale_requests: self.stale_requests,
            facts,
            has_account: self.has_account,
        })
    }
}

/// Counts in the database are checked to be positive.
fn count(stored: i32) -> u32 {
    u32::try_from(stored).unwrap_or_default()
}

fn seconds_of_day(time: Time) -> u32 {
    let (hour, minute, second) = time.as_hms();
    u32::from(hour) * 3600 + u32::from(minute) * 60 + u32::from(second)
}

fn weekly(days: Option<Vec<i16>>, starts: Option<Vec<Time>>, ends: Option<Vec<Time>>) -> Vec<WeeklyWindow> {
    let times = starts.into_iter().flatten().zip(ends.into_iter().flatten());
    days.into_iter()
        .flatten()
        .zip(times)
        .map(|(day, (start, end))| WeeklyWindow {
            day: u8::try_from(day).unwrap_or_default(),
            start: seconds_of_day(start),
            end: seconds_of_day(end),
        })
        .collect()
}

fn exceptions(
    dates: Option<Vec<Date>>,
    starts: Option<Vec<Option<Time>>>,
    ends: Option<Vec<Option<Time>>>,
) -> Vec<DayException> {
    let times = starts.into_iter().flatten().zip(ends.into_iter().flatten());
    dates
        .into_iter()
        .flatten()
        .zip(times)
        .map(|(date, times)| DayException {
            date,
            windows: match times {
                (Some(start), Some(end)) => vec![(seconds_of_day(start), seconds_of_day(end))],
                _ => Vec::new(),
            },
        })
        .collect()
}

fn taken(instants: [Instants; 4], same: &[bool], counts: [Vec<i32>; 2]) -> Vec<Taken> {
    let [starts, ends, froms, untils] = instants.map(|instants| instants.0);
    let [seats, capacities] = counts;
    (0..starts.len())
        .map(|i| Taken {
            start: starts[i],
            end: ends[i],
            blocked_from: froms[i],
            blocked_until: untils[i],
            same_service: same[i],
            seats_taken: count(seats[i]),
            capacity: count(capacities[i]),
        })
        .collect()
}
