//! Services in the database.

use crate::terms;
use contract::services::{Location, Service, ServiceStatus};
use sqlx::PgConnection;
use uuid::Uuid;

struct Row {
    id: Uuid,
    provider_id: Uuid,
    name: String,
    description: String,
    duration_minutes: i32,
    price_minor: i64,
    currency: String,
    payment_mode: String,
    deposit_minor: Option<i64>,
    deposit_percent: Option<i16>,
    vat_rate: Option<i32>,
    buffer_before_minutes: i32,
    buffer_after_minutes: i32,
    capacity: i32,
    minimum_notice_minutes: i32,
    horizon_days: i32,
    slot_step_minutes: Option<i32>,
    day_limit: Option<i32>,
    week_limit: Option<i32>,
    approval_required: bool,
    location: String,
    location_detail: String,
    status: String,
    position: i32,
    version: i32,
}

impl From<Row> for Service {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            provider_id: row.provider_id,
            name: row.name,
            description: row.description,
            duration_minutes: row.duration_minutes.cast_unsigned(),
            price_minor: row.price_minor,
            currency: row.currency,
            payment_mode: terms::read_mode(&row.payment_mode),
            payable: true,
            deposit_minor: row.deposit_minor,
            deposit_percent: row.deposit_percent.map(|percent| u32::from(terms::percent(percent))),
            vat_rate: row.vat_rate.map(i32::cast_unsigned),
            buffer_before_minutes: row.buffer_before_minutes.cast_unsigned(),
            buffer_after_minutes: row.buffer_after_minutes.cast_unsigned(),
            capacity: row.capacity.cast_unsigned(),
            minimum_notice_minutes: row.minimum_notice_minutes.cast_unsigned(),
            horizon_days: row.horizon_days.cast_unsigned(),
            slot_step_minutes: row.slot_step_minutes.map(i32::cast_unsigned),
            day_limit: row.day_limit.map(i32::cast_unsigned),
            week_limit: row.week_limit.map(i32::cast_unsigned),
            approval_required: row.approval_required,
            location: read_location(&row.location),
            location_detail: Some(row.location_detail),
            status: if row.status == "active" { ServiceStatus::Active } else { ServiceStatus::Archived },
            position: row.position,
            version: row.version,
        }
    }
}

/// The schema allows these four.
fn read_location(stored: &str) -> Location {
    match stored {
        "customer" => Location::Customer,
        "phone" => Location::Phone,
        "online" => Location::Online,
        _ => Location::Provider,
    }
}

fn location(location: Location) -> &'static str {
    match location {
        Location::Provider => "provider",
        Location::Customer => "customer",
        Location::Phone => "phone",
        Location::Online => "online",
    }
}

fn status(status: ServiceStatus) -> &'static str {
    match status {
        ServiceStatus::Active => "active",
        ServiceStatus::Archived => "archived",
    }
}

/// A provider's services in its order: one of them, or all.
pub async fn list(
    db: &mut PgConnection,
    provider: Uuid,
    only: Option<Uuid>,
) -> Result<Vec<Service>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        select s.id, s.provider_id, s.name, s.description, s.duration_minutes, s.price_minor, p.currency,
            s.payment_mode, s.deposit_minor, s.deposit_percent, s.vat_rate, s.buffer_before_minutes, s.buffer_after_minutes, s.capacity, s.minimum_notice_minutes, s.horizon_days,
            s.slot_step_minutes, s.day_limit, s.week_limit, s.approval_required, s.location, s.location_detail, s.status,
            s.position, s.version
        from services s join providers p on p.id = s.provider_id
        where s.provider_id = $1 and ($2::uuid is null or s.id = $2)
        order by s.position, s.id
        "#,
        provider,
        only
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Service::from).collect())
}

/// The version of a provider's list.
pub async fn list_version(db: &mut PgConnection, provider: Uuid) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar!("select services_version from providers where id = $1", provider).fetch_one(db).await
}

/// Makes the list the next version.
pub async fn advance(db: &mut PgConnection, provider: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("update providers set services_version = services_version + 1 where id = $1", provider)
        .execute(db)
        .await?;
    Ok(())
}

/// Gives the services these places, the first being 0. One that has its place already stays the version it is.
pub async fn put_order(db: &mut PgConnection, provider: Uuid, order: &[Uuid]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "
        update services s set position = place.number - 1, version = version + 1, updated_at = app_now()
        from unnest($2::uuid[]) with ordinality as place (id, number)
        where s.provider_id = $1 and s.id = place.id and s.position <> place.number - 1
        ",
        provider,
        order
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The currency of a provider's prices.
pub async fn currency(db: &mut PgConnection, provider: Uuid) -> Result<String, sqlx::Error> {
    sqlx::query_scalar!(r#"select currency::text as "currency!" from providers where id = $1"#, provider)
        .fetch_one(db)
        .await
}

/// Whose a service is.
pub struct Owner {
    /// The provider.
    pub provider_id: Uuid,
    /// Whether customers can see and book it: published and active.
    pub is_offered: bool,
    /// Whether the asker acts for the provider.
    pub is_member: bool,
}

/// Whose a service is, seen by a user.
pub async fn owner(
    db: &mut PgConnection,
    service: Uuid,
    user: Option<Uuid>,
) -> Result<Option<Owner>, sqlx::Error> {
    sqlx::query_as!(
        Owner,
        r#"
        select s.provider_id,
            p.published_at is not null and p.suspended_at is null and s.status = 'active' as "is_offered!",
            exists (select from acting_members m where m.provider_id = p.id and m.user_id = $2) as "is_member!"
        from services s join providers p on p.id = s.provider_id
        where s.id = $1
        "#,
        service,
        user
    )
    .fetch_optional(db)
    .await
}

/// How many services a provider has.
pub struct Count {
    /// With the archived ones.
    pub all: i64,
    /// Those that are offered.
    pub offered: i64,
}

/// How many services a provider has.
pub async fn count(db: &mut PgConnection, provider: Uuid) -> Result<Count, sqlx::Error> {
    sqlx::query_as!(
        Count,
        r#"select count(*) as "all!", count(*) filter (where status = 'active') as "offered!"
        from services where provider_id = $1"#,
        provider
    )
    .fetch_one(db)
    .await
}

/// Blanks what the services say beside their names, for when their owner leaves.
pub async fn blank(db: &mut PgConnection, provider: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update services set description = '', location_detail = '', version = version + 1, updated_at = app_now()
        where provider_id = $1 and (description <> '' or location_detail <> '')",
        provider
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds a service at the end of the provider's list.
pub async fn insert(db: &mut PgConnection, service: &Service) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "
        insert into services (provider_id, id, name, description, duration_minutes, price_minor, buffer_before_minutes,
            buffer_after_minutes, capacity, minimum_notice_minutes, horizon_days, slot_step_minutes, day_limit, week_limit,
            approval_required, location, location_detail, payment_mode, deposit_minor, deposit_percent, vat_rate, position)
        select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, coalesce(max(position) + 1, 0)
        from services where provider_id = $1
        ",
        service.provider_id,
        service.id,
        service.name,
        service.description,
        service.duration_minutes.cast_signed(),
        service.price_minor,
        service.buffer_before_minutes.cast_signed(),
        service.buffer_after_minutes.cast_signed(),
        service.capacity.cast_signed(),
        service.minimum_notice_minutes.cast_signed(),
        service.horizon_days.cast_signed(),
        service.slot_step_minutes.map(u32::cast_signed),
        service.day_limit.map(u32::cast_signed),
        service.week_limit.map(u32::cast_signed),
        service.approval_required,
        location(service.location),
        service.location_detail.as_deref().unwrap_or_default(),
        terms::mode_word(service.payment_mode),
        service.deposit_minor,
        service.deposit_percent.and_then(|percent| i16::try_from(percent).ok()),
        service.vat_rate.map(u32::cast_signed)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes a changed service as its next version.
pub async fn save(db: &mut PgConnection, service: &Service) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "
        update services set name = $3, description = $4, duration_minutes = $5, price_minor = $6,
            buffer_before_minutes = $7, buffer_after_minutes = $8, capacity = $9, minimum_notice_minutes = $10,
            horizon_days = $11, slot_step_minutes = $12, day_limit = $13, week_limit = $14, approval_required = $15,
            location = $16, location_detail = $17, status = $18, position = $19, payment_mode = $20,
            deposit_minor = $21, deposit_percent = $22, vat_rate = $23,
            version = version + 1, updated_at = app_now()
        where provider_id = $1 and id = $2
        ",
        service.provider_id,
        service.id,
        service.name,
        service.description,
        service.duration_minutes.cast_signed(),
        service.price_minor,
        service.buffer_before_minutes.cast_signed(),
        service.buffer_after_minutes.cast_signed(),
        service.capacity.cast_signed(),
        service.minimum_notice_minutes.cast_signed(),
        service.horizon_days.cast_signed(),
        service.slot_step_minutes.map(u32::cast_signed),
        service.day_limit.map(u32::cast_signed),
        service.week_limit.map(u32::cast_signed),
        service.approval_required,
        location(service.location),
        service.location_detail.as_deref().unwrap_or_default(),
        status(service.status),
        service.position,
        terms::mode_word(service.payment_mode),
        service.deposit_minor,
        service.deposit_percent.and_then(|percent| i16::try_from(percent).ok()),
        service.vat_rate.map(u32::cast_signed)
    )
    .execute(db)
    .await?;
    Ok(())
}
