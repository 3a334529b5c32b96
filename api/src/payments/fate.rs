//! What is to become of money that the bank holds.

use super::store::Payment;
use crate::bookings;
use crate::http::ApiResult;
use domain::booking::Status;
use sqlx::PgConnection;

/// What is to be done with what a bank holds, or may soon hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is the provider's by now, or a part of it is.
    Take,
    /// Nobody has a right to it.
    LetGo,
    /// That is not decided yet.
    Wait,
}

/// What is to become of a payment that has not been taken: as its booking stands. A rest that is owed as it was is nothing to decide. The caller holds the provider's lock.
///
/// # Errors
/// Those of the database.
pub async fn fate(db: &mut PgConnection, payment: &Payment) -> ApiResult<Fate> {
    if payment.is_rest {
        let rest = bookings::rest_online(db, payment.booking_id).await?;
        return Ok(if rest == payment.amount_minor { Fate::Wait } else { Fate::LetGo });
    }
    Ok(match bookings::status(db, payment.booking_id).await? {
        Some(Status::Confirmed | Status::Completed | Status::NoShow) => Fate::Take,
        // It is taken first, and what was quoted goes back.
        Some(Status::Cancelled) if payment.quote.is_some() => Fate::Take,
        Some(Status::Cancelled) => Fate::LetGo,
        Some(Status::Pending) | None => Fate::Wait,
    })
}
