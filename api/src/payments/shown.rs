//! Refunds as both sides of a booking see them.

use contract::payments::{BookingRefund, RefundCause, RefundState};
use serde::de::DeserializeOwned;
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

use crate::http::{ApiError, ApiResult};

/// The refunds of these bookings, named by provider and id, oldest first.
///
/// # Errors
/// Those of the database.
pub async fn refunds_of(
    db: &mut PgConnection,
    bookings: &[(Uuid, Uuid)],
) -> ApiResult<HashMap<Uuid, Vec<BookingRefund>>> {
    let mut refunds: HashMap<_, Vec<_>> = HashMap::new();
    if bookings.is_empty() {
        return Ok(refunds);
    }
    let (providers, ids): (Vec<_>, Vec<_>) = bookings.iter().copied().unzip();
    let rows = sqlx::query!(
        r#"select r.booking_id, r.id, r.amount_minor, r.cause, r.state, r.waits, r.created_at, r.updated_at,
            -- one that was made at the processor took from the account what it did not leave to the platform; a new try of ours
            -- gives what the account gave before
            p.account_id is not null and r.refund_id is not null and r.state in ('failed', 'canceled')
                and (r.unreversed_minor < r.amount_minor or r.cause <> 'outside') as "with_platform!"
        from unnest($1::uuid[], $2::uuid[]) as b (provider_id, id)
        join refunds r on r.provider_id = b.provider_id and r.booking_id = b.id
        join payments p on p.provider_id = r.provider_id and p.id = r.payment_id
        order by r.created_at, r.id"#,
        &providers,
        &ids
    )
    .fetch_all(db)
    .await?;
    for row in rows {
        let refund = BookingRefund {
            id: row.id,
            amount_minor: row.amount_minor,
            cause: word::<RefundCause>(row.cause)?,
            state: word::<RefundState>(row.state)?,
            waits_for_bank: row.waits,
            with_platform: row.with_platform,
            created_at: row.created_at,
            updated_at: row.updated_at,
        };
        refunds.entry(row.booking_id).or_default().push(refund);
    }
    Ok(refunds)
}

/// Words in the database are held to these sets by constraints.
fn word<T: DeserializeOwned>(stored: String) -> ApiResult<T> {
    serde_json::from_value(stored.into()).map_err(ApiError::internal)
}
