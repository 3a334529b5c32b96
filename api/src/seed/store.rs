//! Demo rows into their tables. A row is a JSON object whose fields are columns.

use crate::db;
use crate::http::{ApiError, ApiResult};
use serde::Serialize;
use serde_json::Value;
use sqlx::PgConnection;
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, PrimitiveDateTime};
use uuid::Uuid;

type Result<T> = std::result::Result<T, sqlx::Error>;

/// An instant as the database reads it.
pub fn instant(seconds: i64) -> ApiResult<String> {
    db::from_seconds(seconds).format(&Rfc3339).map_err(ApiError::internal)
}

/// Whether the demo has been written.
pub async fn is_present(db: &mut PgConnection, user: Uuid) -> Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from users where id = $1) as "present!""#, user)
        .fetch_one(db)
        .await
}

/// Whether nobody has an account yet.
pub async fn is_unused(db: &mut PgConnection) -> Result<bool> {
    sqlx::query_scalar!(r#"select not exists (select from users) as "unused!""#).fetch_one(db).await
}

/// Adds an account whose address is proven.
pub async fn add_user(db: &mut PgConnection, row: Value) -> Result<()> {
    sqlx::query!(
        "
        insert into users (id, email, name, password_hash, time_zone, is_admin, email_verified_at)
        select id, email, name, password_hash, time_zone, is_admin, app_now()
        from jsonb_populate_record(null::users, $1)
        ",
        row
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds a published provider and its owner.
pub async fn add_provider(db: &mut PgConnection, row: Value, owner: Uuid) -> Result<()> {
    sqlx::query!(
        "
        with provider as (
            insert into providers (id, slug, name, headline, bio, category, address_line, city, country, latitude,
                longitude, time_zone, currency, languages, policy, no_show_percent, portrait, published_at)
            select id, slug, name, headline, bio, category, address_line, city, country, latitude,
                longitude, time_zone, currency, languages, policy, no_show_percent, portrait, app_now()
            from jsonb_populate_record(null::providers, $1)
            returning id
        )
        insert into memberships (user_id, provider_id) select $2, id from provider
        ",
        row,
        owner
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds services.
pub async fn add_services(db: &mut PgConnection, rows: Value) -> Result<()> {
    sqlx::query!(
        "
        insert into services (provider_id, id, position, name, description, duration_minutes, price_minor,
            buffer_before_minutes, buffer_after_minutes, capacity, minimum_notice_minutes, horizon_days, slot_step_minutes,
            day_limit, week_limit, approval_required, location, location_detail, payment_mode, deposit_minor, deposit_percent,
            vat_rate)
        select provider_id, id, position, name, description, duration_minutes, price_minor,
            buffer_before_minutes, buffer_after_minutes, capacity, minimum_notice_minutes, horizon_days, slot_step_minutes,
            day_limit, week_limit, approval_required, location, location_detail, payment_mode, deposit_minor, deposit_percent,
            vat_rate
        from jsonb_populate_recordset(null::services, $1)
        ",
        rows
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds coupons.
pub async fn add_coupons(db: &mut PgConnection, rows: Value) -> Result<()> {
    sqlx::query!(
        "
        insert into coupons (provider_id, id, code, percent, amount_minor, most_uses, most_uses_per_client, least_price_minor, currency)
        select c.provider_id, c.id, c.code, c.percent, c.amount_minor, c.most_uses, c.most_uses_per_client, c.least_price_minor,
            p.currency
        from jsonb_populate_recordset(null::coupons, $1) c join providers p on p.id = c.provider_id
        ",
        rows
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds weekly hours, exceptions and time off.
pub async fn add_schedule(
    db: &mut PgConnection,
    weekly: Value,
    exceptions: Value,
    time_off: Value,
) -> Result<()> {
    sqlx::query!(
        "
        with weekly as (
            insert into schedules (provider_id, day_of_week, start_time, end_time)
            select provider_id, day_of_week, start_time, end_time from jsonb_populate_recordset(null::schedules, $1)
        ), exceptions as (
            insert into schedule_exceptions (provider_id, exception_date, is_available, custom_start, custom_end, note)
            select provider_id, exception_date, is_available, custom_start, custom_end, note
            from jsonb_populate_recordset(null::schedule_exceptions, $2)
        )
        insert into busy_blocks (provider_id, id, source, start_at, end_at, note)
        select provider_id, id, source, start_at, end_at, note from jsonb_populate_recordset(null::busy_blocks, $3)
        ",
        weekly,
        exceptions,
        time_off
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A row of `appointments`.
#[derive(Debug, Serialize)]
pub struct Appointment {
    pub provider_id: Uuid,
    pub id: Uuid,
    pub service_id: Uuid,
    #[serde(with = "time::serde::rfc3339")]
    pub start_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub end_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub blocked_from: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub blocked_until: OffsetDateTime,
    pub capacity: u32,
    pub seats_taken: u32,
}

/// Adds appointments.
pub async fn add_appointments(db: &mut PgConnection, rows: &[Appointment]) -> ApiResult<()> {
    sqlx::query!(
        "insert into appointments select * from jsonb_populate_recordset(null::appointments, $1)",
        json(rows)?
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A row of `bookings`.
#[derive(Debug, Serialize)]
pub struct Booking {
    pub provider_id: Uuid,
    pub id: Uuid,
    pub appointment_id: Option<Uuid>,
    pub service_id: Uuid,
    pub client_id: Option<Uuid>,
    pub client_name: String,
    pub client_email: String,
    pub client_phone: Option<String>,
    pub client_notes: &'static str,
    pub client_address: String,
    pub client_time_zone: String,
    #[serde(with = "time::serde::rfc3339")]
    pub start_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub end_at: OffsetDateTime,
    pub time_zone: String,
    pub local_start: PrimitiveDateTime,
    pub status: &'static str,
    pub party_size: u32,
    pub service_name: String,
    pub price_minor: i64,
    pub currency: String,
    #[serde(with = "time::serde::rfc3339::option")]
    pub hold_expires_at: Option<OffsetDateTime>,
    pub cancelled_by: Option<&'static str>,
    pub cancel_reason: &'static str,
    pub source: &'static str,
    pub version: usize,
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
}

/// Adds bookings.
pub async fn add_bookings(db: &mut PgConnection, rows: &[Booking]) -> ApiResult<()> {
    sqlx::query!(
        "
        insert into bookings (provider_id, id, appointment_id, service_id, client_id, client_name, client_email,
            client_phone, client_notes, client_address, client_time_zone, start_at, end_at, time_zone, local_start, status,
            party_size, service_name, price_minor, currency, hold_expires_at, cancelled_by, cancel_reason, source, version,
            created_at, location, policy_anchor, awaits, needs_approval)
        select provider_id, id, appointment_id, service_id, client_id, client_name, client_email,
            client_phone, client_notes, client_address, client_time_zone, start_at, end_at, time_zone, local_start, status,
            party_size, service_name, price_minor, currency, hold_expires_at, cancelled_by, cancel_reason, source, version,
            created_at, (select location from services s where s.id = service_id), start_at,
            case when status = 'pending' then 'approval' end, status = 'pending'
        from jsonb_populate_recordset(null::bookings, $1)
        ",
        json(rows)?
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A row of `booking_events`.
#[derive(Debug, Serialize)]
pub struct Event {
    pub provider_id: Uuid,
    pub booking_id: Uuid,
    pub id: Uuid,
    pub kind: &'static str,
    pub actor: &'static str,
    pub actor_user_id: Option<Uuid>,
    pub detail: Value,
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

/// Adds the history of bookings.
pub async fn add_events(db: &mut PgConnection, rows: &[Event]) -> ApiResult<()> {
    sqlx::query!(
        "insert into booking_events select * from jsonb_populate_recordset(null::booking_events, $1)",
        json(rows)?
    )
    .execute(db)
    .await?;
    Ok(())
}

fn json(rows: &[impl Serialize]) -> ApiResult<Value> {
    serde_json::to_value(rows).map_err(ApiError::internal)
}
