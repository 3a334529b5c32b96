//! Bookings that their provider no longer has working time for.

use crate::http::{ApiError, ApiResult};
use crate::slots::facts;
use crate::{bookings, db};
use contract::bookings::Booking;
use domain::range::Range;
use domain::slots::WorkingTime;
use sqlx::PgConnection;
use uuid::Uuid;

/// Which of those that are stranded now were not before a change.
#[must_use]
pub fn newly(before: &[Booking], now: &[Booking]) -> Vec<Uuid> {
    let is_new = |id: &Uuid| before.iter().all(|booking| booking.id != *id);
    now.iter().map(|booking| booking.id).filter(is_new).collect()
}

/// The provider's bookings that it does not work through from now to their end, by start. To be asked in the
/// transaction that changes the working time, under the provider's lock.
///
/// # Errors
/// Those of the database.
pub async fn stranded(db: &mut PgConnection, provider_id: Uuid) -> ApiResult<Vec<Booking>> {
    let mut coming = bookings::coming(db, provider_id).await?;
    let last_end = coming.iter().map(|booking| db::seconds(booking.end_at)).max();
    let Some((booking, last_end)) = coming.first().zip(last_end) else { return Ok(coming) };
    let ahead = Range::new(db::seconds(db::now(db).await?), last_end);
    // The working time is the provider's, so any of its services will do.
    let offer = facts::load(db, booking.service.id, ahead, None).await?;
    let offer = offer.ok_or_else(|| ApiError::internal("a booking without its service"))?;
    let working_time = WorkingTime::new(&offer.facts, ahead);
    coming.retain(|booking| {
        let start = db::seconds(booking.start_at).max(ahead.start);
        !working_time.covers(Range::new(start, db::seconds(booking.end_at)))
    });
    Ok(coming)
}
