//! SQL of bookings.

mod appointments;
pub(super) mod holds;
mod money;
pub(super) mod person;
mod service;

pub(super) use appointments::{NewPlace, Target, claim, is_shared, move_alone, place, release, seats_taken};
pub(super) use money::{ended, paid_rest, refunded, settle, withheld};
pub(super) use service::{NewService, change_service, is_own_service};

use crate::db::{from_seconds, seconds};
use contract::bookings::{BookingEvent, BookingQuery};
use domain::booking::Awaits;
use domain::payment::policy::{Clock, OwnClock, Policy};
use sqlx::PgConnection;
use sqlx::types::Json;
use time::{OffsetDateTime, PrimitiveDateTime};
use uuid::Uuid;

/// A booking with what its readers need of its provider and service.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub provider_id: Uuid,
    pub id: Uuid,
    pub appointment_id: Option<Uuid>,
    pub service_id: Uuid,
    pub client_id: Option<Uuid>,
    pub client_name: String,
    pub client_email: Option<String>,
    pub client_phone: Option<String>,
    pub client_notes: String,
    pub client_address: String,
    pub client_time_zone: String,
    pub start_at: OffsetDateTime,
    pub end_at: OffsetDateTime,
    pub status: String,
    pub party_size: i32,
    pub service_name: String,
    pub price_minor: i64,
    pub currency: String,
    pub payment_mode: String,
    pub due_minor: i64,
    pub paid_minor: i64,
    pub refunded_minor: i64,
    /// What banks dispute of it, or have taken back for good.
    pub disputed_minor: i64,
    pub vat_rate: Option<i32>,
    pub policy: Json<Policy>,
    pub no_show_percent: i16,
    pub policy_anchor: OffsetDateTime,
    /// The policy's clock as the client had it, where the provider has moved it since.
    pub own_clock: Option<Json<OwnClock>>,
    pub settled_at: Option<OffsetDateTime>,
    pub coupon_id: Option<Uuid>,
    pub discount_minor: i64,
    pub awaits: Option<String>,
    pub needs_approval: bool,
    pub hold_expires_at: Option<OffsetDateTime>,
    pub cancelled_by: Option<String>,
    pub cancel_reason: String,
    pub sequence: i32,
    pub version: i32,
    pub created_at: OffsetDateTime,
    pub location: String,
    pub location_detail: String,
    /// Whether something is paid when booking the service, as it is now.
    pub service_prepays: bool,
    /// Whether the provider's page is open to customers.
    pub open: bool,
    pub provider_name: String,
    pub provider_slug: String,
    pub provider_time_zone: String,
    pub provider_address: String,
    pub now: OffsetDateTime,
}

impl Row {
    /// What was paid, has not gone back, and no bank takes back or holds back: what can be given back.
    pub(super) fn kept_minor(&self) -> i64 {
        (self.paid_minor - self.refunded_minor - self.disputed_minor).max(0)
    }

    /// What the cancellation policy's clock runs to.
    pub(super) fn clock(&self) -> Clock {
        Clock { anchor: seconds(self.policy_anchor), own: self.own_clock.map(|own| own.0) }
    }

    /// The same with another clock.
    pub(super) fn with_clock(self, clock: Clock) -> Self {
        Self { policy_anchor: from_seconds(clock.anchor), own_clock: clock.own.map(Json), ..self }
    }

    /// Whether anybody was told of the booking. Of a hold that was never paid nobody is.
    pub(super) fn is_told(&self) -> bool {
        self.awaits.as_deref() != Some(Awaits::Payment.as_str())
    }
}

macro_rules! rows {
    ($($condition:literal)+ $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select b.provider_id, b.id, b.appointment_id, b.service_id, b.client_id, b.client_name,
                b.client_email::text as client_email, b.client_phone, b.client_notes, b.client_address, b.client_time_zone,
                b.start_at, b.end_at, b.status, b.party_size, b.service_name, b.price_minor, b.currency, b.hold_expires_at,
                b.payment_mode, b.due_minor, b.paid_minor, b.refunded_minor, b.vat_rate,
                b.policy as "policy: sqlx::types::Json<domain::payment::policy::Policy>", b.no_show_percent, b.policy_anchor,
                b.own_clock as "own_clock: sqlx::types::Json<domain::payment::policy::OwnClock>", b.settled_at, b.coupon_id, b.discount_minor, b.awaits, b.needs_approval,
                b.cancelled_by, b.cancel_reason, b.sequence, b.version, b.created_at,
                b.location, s.location_detail, s.payment_mode <> 'on_site' as "service_prepays!",
                p.published_at is not null and p.suspended_at is null as "open!",
                case when b.paid_minor = 0 then 0 else (
                    -- what goes back already is not disputed as well
                    select coalesce(sum(least(taken.minor, pay.amount_minor - pay.refunded_minor)), 0) from (
                        select t.payment_id, sum(e.amount_minor) as minor
                        from ledger_transactions t join ledger_entries e on e.transaction_id = t.id and e.account = 'disputes'
                        where t.booking_id = b.id and t.movement like 'dispute%' and t.movement <> 'dispute_lost'
                        group by t.payment_id
                    ) taken join payments pay on pay.provider_id = b.provider_id and pay.id = taken.payment_id
                )::bigint end as "disputed_minor!",
                p.name as provider_name, p.slug as provider_slug, p.time_zone as provider_time_zone,
                concat_ws(', ', nullif(p.address_line, ''), nullif(p.city, '')) as "provider_address!",
                app_now() as "now!"
            from bookings b
            join providers p on p.id = b.provider_id
            join services s on s.provider_id = b.provider_id and s.id = b.service_id
            where "# $(+ $condition)+
            $(, $argument)*
        )
    };
}

use rows;

type Result<T> = std::result::Result<T, sqlx::Error>;

pub(super) async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Row>> {
    rows!("b.id = $1", id).fetch_optional(db).await
}

/// Locks the time of a service's provider; see [`crate::db::lock_provider`]. `None` where there is no such service.
pub(super) async fn lock_by_service(db: &mut PgConnection, service_id: Uuid) -> Result<Option<Uuid>> {
    sqlx::query_scalar!(
        r#"select s.provider_id from services s cross join lateral lock_provider(s.provider_id) where s.id = $1"#,
        service_id
    )
    .fetch_optional(db)
    .await
}

/// A new booking as its row will stand.
pub(super) struct NewBooking<'a> {
    pub row: &'a Row,
    pub appointment_id: Uuid,
    pub blocked_from: OffsetDateTime,
    pub blocked_until: OffsetDateTime,
    pub capacity: i32,
    pub local_start: PrimitiveDateTime,
    pub client_locale: &'a str,
    pub source: &'a str,
    pub event_id: Uuid,
    pub event: &'a str,
    pub actor: &'a str,
    pub actor_user_id: Option<Uuid>,
    /// From where a booking that waits for payment was made, hashed.
    pub held_from: Option<&'a str>,
}

/// Claims the time and writes the booking and its first event in one statement. `false` where the time is taken: then
/// nothing is written. `on conflict do nothing` without a target honours the unique start *and* the ban on overlaps.
pub(super) async fn insert(db: &mut PgConnection, new: &NewBooking<'_>) -> Result<bool> {
    let row = new.row;
    let written = sqlx::query!(
        r#"
        with joined as (
            update appointments set seats_taken = seats_taken + $9
            where provider_id = $1 and start_at = $2 and end_at = $3 and service_id = $4
                and seats_taken + $9 <= capacity
            returning id
        ), made as (
            insert into appointments (provider_id, id, service_id, start_at, end_at, blocked_from, blocked_until,
                capacity, seats_taken)
            select $1, $5, $4, $2, $3, $6, $7, $8, $9 where not exists (select from joined)
            on conflict do nothing
            returning id
        ), claimed as (
            select id from joined union all select id from made
        ), booked as (
            insert into bookings (provider_id, id, appointment_id, service_id, client_id, client_name, client_email,
                client_phone, client_notes, client_address, client_locale, client_time_zone, start_at, end_at, time_zone,
                local_start, status, party_size, service_name, price_minor, currency, hold_expires_at, source, created_at, location,
                payment_mode, due_minor, vat_rate, policy, no_show_percent, policy_anchor, coupon_id, discount_minor, awaits, needs_approval,
                held_from)
            select $1, $10, claimed.id, $4, $11, $12, $13::text::citext, $14, $15, $16, $17, $18, $2, $3, $19, $20, $21, $9,
                $22, $23, $24, $25, $26, $27, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43
            from claimed
            returning id
        )
        insert into booking_events (provider_id, booking_id, id, kind, actor, actor_user_id)
        select $1, booked.id, $28, $29, $30, $31 from booked
        "#,
        row.provider_id,
        row.start_at,
        row.end_at,
        row.service_id,
        new.appointment_id,
        new.blocked_from,
        new.blocked_until,
        new.capacity,
        row.party_size,
        row.id,
        row.client_id,
        row.client_name,
        row.client_email,
        row.client_phone,
        row.client_notes,
        row.client_address,
        new.client_locale,
        row.client_time_zone,
        row.provider_time_zone,
        new.local_start,
        row.status,
        row.service_name,
        row.price_minor,
        row.currency,
        row.hold_expires_at,
        new.source,
        row.created_at,
        new.event_id,
        new.event,
        new.actor,
        new.actor_user_id,
        row.location,
        row.payment_mode,
        row.due_minor,
        row.vat_rate,
        &row.policy as _,
        row.no_show_percent,
        row.policy_anchor,
        row.coupon_id,
        row.discount_minor,
        row.awaits,
        row.needs_approval,
        new.held_from,
    )
    .execute(db)
    .await?;
    Ok(written.rows_affected() == 1)
}

/// The zone of a provider.
pub(super) async fn provider_zone(db: &mut PgConnection, provider_id: Uuid) -> Result<Option<String>> {
    sqlx::query_scalar!("select time_zone from providers where id = $1", provider_id).fetch_optional(db).await
}

/// A change of a booking's state, written with its event.
pub(super) struct Change<'a> {
    pub status: &'a str,
    /// What it waits for while it is pending.
    pub awaits: Option<&'a str>,
    pub appointment_id: Option<Uuid>,
    /// Where it moves to; its time stays as it was stored otherwise.
    pub time: Option<NewTime<'a>>,
    pub hold_expires_at: Option<OffsetDateTime>,
    pub cancelled_by: Option<&'a str>,
    pub cancel_reason: &'a str,
    pub event: &'a str,
    pub actor: &'a str,
    pub actor_user_id: Option<Uuid>,
    pub detail: serde_json::Value,
}

/// The time of a moved booking: the instants, and what the provider's clock shows.
pub(super) struct NewTime<'a> {
    pub start_at: OffsetDateTime,
    pub end_at: OffsetDateTime,
    pub time_zone: &'a str,
    pub local_start: PrimitiveDateTime,
    /// What the cancellation policy's clock runs to now.
    pub clock: Clock,
}

/// Adds to a booking's history what does not change it. The caller holds the provider's lock.
pub(super) async fn note(
    db: &mut PgConnection,
    row: &Row,
    kind: &str,
    detail: &serde_json::Value,
) -> Result<Uuid> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into booking_events (provider_id, booking_id, id, kind, actor, detail) values ($1, $2, $3, $4, 'system', $5)",
        row.provider_id,
        row.id,
        id,
        kind,
        detail
    )
    .execute(db)
    .await?;
    Ok(id)
}

/// How long a provider's requests may stay unanswered, in seconds.
pub(super) async fn request_expiry(db: &mut PgConnection, provider_id: Uuid) -> Result<i64> {
    let minutes =
        sqlx::query_scalar!("select request_expiry_minutes from providers where id = $1", provider_id)
            .fetch_one(db)
            .await?;
    Ok(i64::from(minutes) * 60)
}

/// Keeps a booking that waits for payment at least so long, in whole seconds: to its end at the latest, to its start where it then
/// needs an answer, and no longer than `longest` in all. Its end, and when it lapses now.
pub(super) async fn prolong_hold(
    db: &mut PgConnection,
    provider_id: Uuid,
    id: Uuid,
    seconds: i64,
    longest: i64,
) -> Result<Option<(OffsetDateTime, OffsetDateTime)>> {
    let row = sqlx::query!(
        r#"
        update bookings
        set hold_expires_at = greatest(hold_expires_at, least(case when needs_approval then start_at else end_at end,
            date_trunc('second', app_now()) + make_interval(secs => $3::bigint::float8),
            created_at + make_interval(secs => $4::bigint::float8)))
        where provider_id = $1 and id = $2 and status = 'pending' and awaits = 'payment'
        returning end_at, hold_expires_at as "hold_expires_at!"
        "#,
        provider_id,
        id,
        seconds,
        longest
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.end_at, row.hold_expires_at)))
}

/// Writes a change of a booking and its event. The caller holds the provider's lock. `false` where the row is not
/// what was read any more: what happens by itself, at the end or at the expiry, may have come in between.
pub(super) async fn update(db: &mut PgConnection, row: &Row, change: &Change<'_>) -> Result<bool> {
    let time = change.time.as_ref();
    let written = sqlx::query!(
        r#"
        with changed as (
            update bookings
            set status = $4, appointment_id = $5,
                start_at = coalesce($6, start_at), end_at = coalesce($7, end_at),
                time_zone = coalesce($8, time_zone), local_start = coalesce($9, local_start),
                policy_anchor = coalesce($18, policy_anchor), own_clock = case when $18 is null then own_clock else $20 end,
                held_from = case when $19 = 'payment' then held_from end,
                awaits = $19, hold_expires_at = $10, cancelled_by = $11, cancel_reason = $12,
                sequence = sequence + 1, version = version + 1, updated_at = app_now()
            where provider_id = $1 and id = $2 and version = $3
            returning id
        )
        insert into booking_events (provider_id, booking_id, id, kind, actor, actor_user_id, detail)
        select $1, id, $13, $14, $15, $16, $17 from changed
        "#,
        row.provider_id,
        row.id,
        row.version,
        change.status,
        change.appointment_id,
        time.map(|time| time.start_at),
        time.map(|time| time.end_at),
        time.map(|time| time.time_zone),
        time.map(|time| time.local_start),
        change.hold_expires_at,
        change.cancelled_by,
        change.cancel_reason,
        Uuid::now_v7(),
        change.event,
        change.actor,
        change.actor_user_id,
        change.detail,
        time.map(|time| from_seconds(time.clock.anchor)),
        change.awaits,
        time.and_then(|time| time.clock.own).map(Json) as _
    )
    .execute(db)
    .await?;
    Ok(written.rows_affected() == 1)
}

/// Bookings of the provider that start in the stretch and still stand, by start.
pub(super) async fn standing_between(
    db: &mut PgConnection,
    provider_id: Uuid,
    from: OffsetDateTime,
    until: OffsetDateTime,
) -> Result<Vec<Row>> {
    rows!(
        "b.provider_id = $1 and b.start_at >= $2 and b.start_at < $3 and b.status in ('pending', 'confirmed')
         order by b.start_at, b.id",
        provider_id,
        from,
        until
    )
    .fetch_all(db)
    .await
}

/// Requests of the provider whose time to be answered is over.
pub(super) async fn stale_requests(db: &mut PgConnection, provider_id: Uuid) -> Result<Vec<Row>> {
    rows!(
        "b.provider_id = $1 and b.status = 'pending' and b.hold_expires_at <= app_now() order by b.hold_expires_at",
        provider_id
    )
    .fetch_all(db)
    .await
}

/// Bookings of the provider that have not ended and still stand, by start.
pub(super) async fn coming(db: &mut PgConnection, provider_id: Uuid) -> Result<Vec<Row>> {
    rows!(
        "b.provider_id = $1 and b.status in ('pending', 'confirmed') and b.end_at > app_now() order by b.start_at, b.id",
        provider_id
    )
    .fetch_all(db)
    .await
}

/// One of the coming bookings of an address, where a guest made it or the provider entered it.
pub(super) async fn any_of_guest(db: &mut PgConnection, email: &str) -> Result<Option<(Uuid, Uuid)>> {
    let found = sqlx::query!(
        "select provider_id, id from bookings
         where client_email = $1::text::citext and client_id is null and status in ('pending', 'confirmed') and end_at > app_now()
         limit 1",
        email
    )
    .fetch_optional(db)
    .await?;
    Ok(found.map(|found| (found.provider_id, found.id)))
}

/// Whose bookings a list is of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Owner {
    Provider(Uuid),
    Client(Uuid),
}

/// A page of bookings by start, one more than asked for where there are more.
pub(super) async fn list(
    db: &mut PgConnection,
    owner: Owner,
    statuses: Option<&[String]>,
    query: &BookingQuery,
    after: Option<(OffsetDateTime, Uuid)>,
    limit: i64,
) -> Result<Vec<Row>> {
    let (provider_id, client_id) = match owner {
        Owner::Provider(id) => (Some(id), None),
        Owner::Client(id) => (None, Some(id)),
    };
    let (after_start, after_id) = after.unzip();
    let coming = query.when.map(|when| when == contract::bookings::Period::Coming);
    macro_rules! page {
        ($order:literal) => {
            rows!(
                r#"($1::uuid is null or b.provider_id = $1) and ($2::uuid is null or b.client_id = $2)
                and ($3::text[] is null or b.status = any($3))
                and ($4::timestamptz is null or b.end_at > $4) and ($5::timestamptz is null or b.start_at < $5)
                and ($6::uuid is null or b.service_id = $6)
                and ($10::bool is null or $10 = (b.status in ('pending', 'confirmed') and b.end_at > app_now()))
                -- none is longer than 31 days, so the index need not be read from the beginning
                and ($10::bool is not true or b.start_at > app_now() - interval '31 days')
                and ($7::timestamptz is null or "# $order,
                provider_id,
                client_id,
                statuses as Option<&[String]>,
                query.from,
                query.to,
                query.service_id,
                after_start,
                after_id,
                limit,
                coming
            )
            .fetch_all(db)
            .await
        };
    }
    match query.order.unwrap_or_default() {
        contract::bookings::Order::Asc => {
            page!("(b.start_at, b.id) > ($7, $8::uuid)) order by b.start_at, b.id limit $9")
        }
        contract::bookings::Order::Desc => {
            page!("(b.start_at, b.id) < ($7, $8::uuid)) order by b.start_at desc, b.id desc limit $9")
        }
    }
}

/// The history of a booking, oldest first.
pub(super) async fn events(db: &mut PgConnection, provider_id: Uuid, id: Uuid) -> Result<Vec<BookingEvent>> {
    sqlx::query_as!(
        BookingEvent,
        "select kind, actor, at, detail from booking_events where provider_id = $1 and booking_id = $2 order by at, id",
        provider_id,
        id
    )
    .fetch_all(db)
    .await
}

/// Completes a confirmed booking whose end has passed; `false` where it is anything else by now.
pub(super) async fn complete_ended(db: &mut PgConnection, provider_id: Uuid, id: Uuid) -> Result<bool> {
    let done = sqlx::query!(
        r#"
        with done as (
            update bookings set status = 'completed', version = version + 1, updated_at = app_now()
            where provider_id = $1 and id = $2 and status = 'confirmed' and end_at <= app_now()
            returning id
        )
        insert into booking_events (provider_id, booking_id, id, kind, actor)
        select $1, id, $3, 'completed', 'system' from done
        "#,
        provider_id,
        id,
        Uuid::now_v7()
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
