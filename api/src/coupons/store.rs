//! Coupons in the database.

use contract::coupons::Coupon;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

struct Row {
    id: Uuid,
    code: String,
    percent: Option<i16>,
    amount_minor: Option<i64>,
    valid_from: Option<OffsetDateTime>,
    valid_until: Option<OffsetDateTime>,
    most_uses: Option<i32>,
    most_uses_per_client: Option<i32>,
    least_price_minor: i64,
    currency: String,
    active: bool,
    uses: i64,
    version: i32,
}

impl From<Row> for Coupon {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            code: row.code,
            percent: row.percent.map(|percent| u32::from(percent.unsigned_abs())),
            amount_minor: row.amount_minor,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            most_uses: row.most_uses.map(i32::cast_unsigned),
            most_uses_per_client: row.most_uses_per_client.map(i32::cast_unsigned),
            least_price_minor: row.least_price_minor,
            currency: row.currency,
            active: row.active,
            uses: u32::try_from(row.uses).unwrap_or(u32::MAX),
            version: row.version,
        }
    }
}

macro_rules! rows {
    ($condition:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            Row,
            r#"select c.id, c.code::text as "code!", c.percent, c.amount_minor, c.valid_from, c.valid_until, c.most_uses,
                c.most_uses_per_client, c.least_price_minor, c.currency::text as "currency!", c.archived_at is null as "active!",
                (select count(*) from bookings b where b.provider_id = c.provider_id and b.coupon_id = c.id
                    and b.status <> 'cancelled') as "uses!", c.version
            from coupons c where "# + $condition
            $(, $argument)*
        )
    };
}

/// A provider's coupons, the newest first.
pub async fn list(db: &mut PgConnection, provider: Uuid) -> Result<Vec<Coupon>, sqlx::Error> {
    let rows =
        rows!("c.provider_id = $1 order by c.created_at desc, c.id desc", provider).fetch_all(db).await?;
    Ok(rows.into_iter().map(Coupon::from).collect())
}

/// One of a provider's coupons.
pub async fn find(db: &mut PgConnection, provider: Uuid, id: Uuid) -> Result<Option<Coupon>, sqlx::Error> {
    let row = rows!("c.provider_id = $1 and c.id = $2", provider, id).fetch_optional(db).await?;
    Ok(row.map(Coupon::from))
}

/// A provider's coupon of this code.
pub async fn by_code(
    db: &mut PgConnection,
    provider: Uuid,
    code: &str,
) -> Result<Option<Coupon>, sqlx::Error> {
    let row =
        rows!("c.provider_id = $1 and c.code = $2::text::citext", provider, code).fetch_optional(db).await?;
    Ok(row.map(Coupon::from))
}

/// How many bookings of one client that still stand have used a coupon.
pub async fn uses_by(
    db: &mut PgConnection,
    provider: Uuid,
    coupon: Uuid,
    client: Option<Uuid>,
    email: Option<&str>,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "uses!" from bookings
        where provider_id = $1 and coupon_id = $2 and status <> 'cancelled'
            and (client_id = $3 or client_email = $4::text::citext)"#,
        provider,
        coupon,
        client,
        email
    )
    .fetch_one(db)
    .await
}

/// Adds a coupon; false where the provider has its code already.
pub async fn insert(db: &mut PgConnection, provider: Uuid, coupon: &Coupon) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into coupons (provider_id, id, code, percent, amount_minor, valid_from, valid_until, most_uses,
            most_uses_per_client, least_price_minor, currency)
        values ($1, $2, $3::text::citext, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (provider_id, code) do nothing",
        provider,
        coupon.id,
        coupon.code,
        coupon.percent.and_then(|percent| i16::try_from(percent).ok()),
        coupon.amount_minor,
        coupon.valid_from,
        coupon.valid_until,
        coupon.most_uses.map(u32::cast_signed),
        coupon.most_uses_per_client.map(u32::cast_signed),
        coupon.least_price_minor,
        coupon.currency
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a changed coupon as its next version.
pub async fn save(db: &mut PgConnection, provider: Uuid, coupon: &Coupon) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update coupons set valid_from = $3, valid_until = $4, most_uses = $5, most_uses_per_client = $6, least_price_minor = $7,
            archived_at = case when $8 then null else coalesce(archived_at, app_now()) end,
            version = version + 1, updated_at = app_now()
        where provider_id = $1 and id = $2",
        provider,
        coupon.id,
        coupon.valid_from,
        coupon.valid_until,
        coupon.most_uses.map(u32::cast_signed),
        coupon.most_uses_per_client.map(u32::cast_signed),
        coupon.least_price_minor,
        coupon.active
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a provider's prices are in.
pub async fn currency(db: &mut PgConnection, provider: Uuid) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(r#"select currency::text as "currency!" from providers where id = $1"#, provider)
        .fetch_optional(db)
        .await
}
