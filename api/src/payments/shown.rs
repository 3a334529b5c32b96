//! Refunds as both sides of a booking see them.

use contract::payments::{BookingRefund, RefundCause, RefundState};
use serde::de::DeserializeOwned;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::http::{ApiError, ApiResult};

/// The refunds of a booking, oldest first.
///
/// # Errors
/// Those of the database.
pub async fn refunds_of(
    db: &mut PgConnection,
    provider_id: Uuid,
    booking_id: Uuid,
) -> ApiResult<Vec<BookingRefund>> {
    let rows = sqlx::query!(
        "select id, amount_minor, cause, state, created_at, updated_at from refunds
        where provider_id = $1 and booking_id = $2 order by created_at, id",
        provider_id,
        booking_id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(BookingRefund {
                id: row.id,
                amount_minor: row.amount_minor,
                cause: word::<RefundCause>(row.cause)?,
                state: word::<RefundState>(row.state)?,
                created_at: row.created_at,
                updated_at: row.updated_at,
            })
        })
        .collect()
}

/// Words in the database are held to these sets by constraints.
fn word<T: DeserializeOwned>(stored: String) -> ApiResult<T> {
    serde_json::from_value(stored.into()).map_err(ApiError::internal)
}
