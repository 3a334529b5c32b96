//! SQL of a booking that becomes one of another service.

use super::{Result, Row};
use sqlx::PgConnection;
use uuid::Uuid;

/// What a booking becomes with another service.
pub(in crate::bookings) struct NewService<'a> {
    pub service_id: Uuid,
    pub service_name: &'a str,
    pub location: &'a str,
    pub price_minor: i64,
    pub discount_minor: i64,
    pub due_minor: i64,
    pub payment_mode: &'a str,
    pub vat_rate: Option<i32>,
}

/// Makes a booking one of another service. The caller holds the provider's lock, and writes the move and its event, which
/// counts as the change.
pub(in crate::bookings) async fn change_service(
    db: &mut PgConnection,
    row: &Row,
    new: &NewService<'_>,
) -> Result<()> {
    sqlx::query!(
        "update bookings set service_id = $3, service_name = $4, location = $5, price_minor = $6, discount_minor = $7,
            due_minor = $8, payment_mode = $9, vat_rate = $10
        where provider_id = $1 and id = $2",
        row.provider_id,
        row.id,
        new.service_id,
        new.service_name,
        new.location,
        new.price_minor,
        new.discount_minor,
        new.due_minor,
        new.payment_mode,
        new.vat_rate
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether a provider has this service.
pub(in crate::bookings) async fn is_own_service(
    db: &mut PgConnection,
    provider_id: Uuid,
    service_id: Uuid,
) -> Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from services where provider_id = $1 and id = $2) as "is_own!""#,
        provider_id,
        service_id
    )
    .fetch_one(db)
    .await
}
