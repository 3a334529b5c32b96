//! Profiles in the database.

use super::photo::portrait_url;
use crate::terms;
use contract::admin::Suspension;
use contract::providers::{Address, Category, Provider};
use domain::payment::policy::Policy;
use sqlx::PgConnection;
use sqlx::types::Json;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

struct Row {
    id: Uuid,
    slug: String,
    name: String,
    headline: String,
    bio: String,
    category: String,
    address_line: String,
    city: String,
    country: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    time_zone: String,
    currency: String,
    languages: Vec<String>,
    published: bool,
    suspended_at: Option<OffsetDateTime>,
    suspended_reason: String,
    day_limit: Option<i32>,
    week_limit: Option<i32>,
    request_expiry_minutes: i32,
    policy: Json<Policy>,
    no_show_percent: i16,
    tax_number: String,
    version: i32,
    photo: Option<Uuid>,
    is_member: bool,
}

impl From<Row> for Provider {
    fn from(row: Row) -> Self {
        Self {
            portrait_url: portrait_url(row.id, row.photo),
            has_photo: row.photo.is_some(),
            id: row.id,
            slug: row.slug,
            name: row.name,
            headline: row.headline,
            bio: row.bio,
            category: row.category,
            address: Address {
                line: row.address_line,
                city: row.city,
                country: row.country,
                latitude: row.latitude,
                longitude: row.longitude,
            },
            time_zone: row.time_zone,
            currency: row.currency,
            languages: row.languages,
            published: row.published,
            suspension: row.suspended_at.map(|since| Suspension { reason: row.suspended_reason, since }),
            day_limit: row.day_limit.map(i32::cast_unsigned),
            week_limit: row.week_limit.map(i32::cast_unsigned),
            request_expiry_minutes: row.request_expiry_minutes.cast_unsigned(),
            cancellation_policy: terms::as_wire(&row.policy, terms::percent(row.no_show_percent)),
            tax_number: row.tax_number,
            version: row.version,
        }
    }
}

/// A profile, and whether the one who asks acts for it.
pub struct Found {
    /// The profile.
    pub profile: Provider,
    /// Whether it is the asker's own.
    pub is_member: bool,
}

/// The profile of this id or slug, published or not.
pub async fn find(
    db: &mut PgConnection,
    id_or_slug: &str,
    user: Option<Uuid>,
) -> Result<Option<Found>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"
        select id, slug, name, headline, bio, category, address_line, city, country, latitude, longitude, time_zone,
            currency, languages, published_at is not null and suspended_at is null as "published!", suspended_at, suspended_reason, day_limit, week_limit,
            request_expiry_minutes, policy as "policy: Json<Policy>", no_show_percent, tax_number, version, photo,
            exists (select from acting_members m where m.provider_id = p.id and m.user_id = $3) as "is_member!"
        from providers p
        where id = $1 or slug = $2
        "#,
        Uuid::parse_str(id_or_slug).ok(),
        id_or_slug,
        user
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Found { is_member: row.is_member, profile: row.into() }))
}

/// Adds a profile; false where its slug is taken.
pub async fn insert(db: &mut PgConnection, profile: &Provider) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "
        insert into providers (id, slug, name, headline, bio, category, address_line, city, country, latitude,
            longitude, time_zone, currency, languages)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        on conflict (slug) do nothing
        ",
        profile.id,
        profile.slug,
        profile.name,
        profile.headline,
        profile.bio,
        profile.category,
        profile.address.line,
        profile.address.city,
        profile.address.country,
        profile.address.latitude,
        profile.address.longitude,
        profile.time_zone,
        profile.currency,
        &profile.languages
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a changed profile as its next version. Another zone is another schedule too, another
/// currency another list of services.
pub async fn save(db: &mut PgConnection, profile: &Provider) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "
        update providers set slug = $2, name = $3, headline = $4, bio = $5, category = $6, address_line = $7, city = $8,
            country = $9, latitude = $10, longitude = $11, time_zone = $12, currency = $13, languages = $14,
            day_limit = $15, week_limit = $16, request_expiry_minutes = $17, policy = $18, no_show_percent = $19,
            tax_number = $20,
            schedule_version = schedule_version + (time_zone <> $12)::int,
            services_version = services_version + (currency <> $13)::int,
            version = version + 1, updated_at = app_now()
        where id = $1
        ",
        profile.id,
        profile.slug,
        profile.name,
        profile.headline,
        profile.bio,
        profile.category,
        profile.address.line,
        profile.address.city,
        profile.address.country,
        profile.address.latitude,
        profile.address.longitude,
        profile.time_zone,
        profile.currency,
        &profile.languages,
        profile.day_limit.map(u32::cast_signed),
        profile.week_limit.map(u32::cast_signed),
        profile.request_expiry_minutes.cast_signed(),
        Json(terms::as_rules(&profile.cancellation_policy)) as _,
        i16::from(profile.cancellation_policy.no_show_refund_percent),
        profile.tax_number
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether a service has a price.
pub async fn has_prices(db: &mut PgConnection, id: Uuid) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from services where provider_id = $1 and price_minor > 0) as "has_prices!""#,
        id
    )
    .fetch_one(db)
    .await
}

/// Shows or hides a profile, as its next version; false where it stands so already. One that is suspended can be hidden
/// too, so that it does not come back by itself.
pub async fn set_published(db: &mut PgConnection, id: Uuid, published: bool) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "
        update providers set published_at = case when $2 then app_now() end, version = version + 1, updated_at = app_now()
        where id = $1 and (published_at is not null) <> $2
        ",
        id,
        published
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a profile away for a reason, or brings it back as it was, as its next version.
pub async fn set_suspended(db: &mut PgConnection, id: Uuid, reason: Option<&str>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "
        update providers set
            suspended_at = case when $2::text is not null then coalesce(suspended_at, app_now()) end,
            suspended_reason = coalesce($2, ''), version = version + 1, updated_at = app_now()
        where id = $1
        ",
        id,
        reason
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether an admin has suspended it.
pub async fn is_suspended(db: &mut PgConnection, id: Uuid) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from providers where id = $1 and suspended_at is not null) as "suspended!""#,
        id
    )
    .fetch_one(db)
    .await
}

/// The people whose it is.
pub async fn owners(db: &mut PgConnection, id: Uuid) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        "select user_id from memberships where provider_id = $1 and role = 'owner' order by created_at, user_id",
        id
    )
    .fetch_all(db)
    .await
}

/// Lets a user act for a provider.
pub async fn add_owner(db: &mut PgConnection, user: Uuid, provider: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("insert into memberships (user_id, provider_id) values ($1, $2)", user, provider)
        .execute(db)
        .await?;
    Ok(())
}

/// The slugs in use that are this one, or this one with a number.
pub async fn slugs_like(db: &mut PgConnection, slug: &str) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "select slug from providers where slug = $1 or (starts_with(slug, $1 || '-') and slug ~ '-[0-9]+$')",
        slug
    )
    .fetch_all(db)
    .await
}

/// What a page must have before it is published.
pub struct Readiness {
    /// An active service.
    pub has_service: bool,
    /// Weekly hours, or a coming date with hours of its own.
    pub has_hours: bool,
}

/// Whether a page has it.
pub async fn readiness(db: &mut PgConnection, id: Uuid) -> Result<Readiness, sqlx::Error> {
    sqlx::query_as!(
        Readiness,
        r#"
        select
            exists (select from services where provider_id = $1 and status = 'active') as "has_service!",
            exists (select from schedules where provider_id = $1)
                or exists (select from schedule_exceptions
                    where provider_id = $1 and is_available and exception_date >= (app_now() - interval '1 day')::date)
                as "has_hours!"
        "#,
        id
    )
    .fetch_one(db)
    .await
}

struct Listed {
    slug: String,
    retired: bool,
    providers: i64,
    names: Json<BTreeMap<String, String>>,
}

/// Whether a page can choose this category. It stays so until the transaction ends.
pub async fn can_choose(db: &mut PgConnection, category: &str) -> Result<Option<bool>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select retired_at is null as "open!" from categories where slug = $1 for share"#,
        category
    )
    .fetch_optional(db)
    .await
}

/// All categories with the number of published providers.
pub async fn categories(db: &mut PgConnection) -> Result<Vec<Category>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Listed,
        r#"
        select c.slug, c.retired_at is not null as "retired!",
            (select count(*) from providers p
                where p.category = c.slug and p.published_at is not null and p.suspended_at is null) as "providers!",
            (select coalesce(jsonb_object_agg(n.locale, n.name), '{}') from category_names n
                where n.category = c.slug) as "names!: Json<BTreeMap<String, String>>"
        from categories c order by c.position, c.slug
        "#
    )
    .fetch_all(db)
    .await?;
    let category = |row: Listed| Category {
        slug: row.slug,
        names: row.names.0,
        retired: row.retired,
        providers: row.providers,
    };
    Ok(rows.into_iter().map(category).collect())
}

/// The stored portrait, or none where it is to be drawn; nothing at all for a provider that does not exist.
pub async fn portrait(db: &mut PgConnection, id: Uuid) -> Result<Option<Option<String>>, sqlx::Error> {
    sqlx::query_scalar!("select portrait from providers where id = $1", id).fetch_optional(db).await
}
