//! The times that a booking can move to.

use super::{service_change, slot};
use crate::app::App;
use crate::bookings::access::{Asker, Side};
use crate::bookings::error::refused;
use crate::bookings::store::Row;
use crate::bookings::view::state;
use crate::db::seconds;
use crate::http::{ApiError, ApiResult};
use crate::slots::facts::{self, Leaving, Offer};
use crate::slots::{Days, FreeTimes};
use contract::problem::Code;
use domain::booking::{Action, transition};
use domain::range::Range;
use domain::slots::Slot;
use sqlx::PgConnection;
use uuid::Uuid;

/// The times on these days that the asker can move a booking to: [`reschedule`](super::reschedule()) takes each of them.
///
/// # Errors
/// `not_found`; `invalid_transition` where it cannot be moved.
pub async fn other_times(
    app: &App,
    asker: &Asker,
    id: Uuid,
    service_id: Option<Uuid>,
    days: &Days,
) -> ApiResult<FreeTimes> {
    let mut db = app.db.acquire().await?;
    let (row, side) = asker.reach(app, &mut db, id).await?;
    transition(&state(&row)?, Action::Reschedule, seconds(row.now)).map_err(refused)?;
    let party = u32::try_from(row.party_size).unwrap_or_default();
    let other = service_id.filter(|id| *id != row.service_id);
    // As one of another service it may begin when it does.
    let held = if other.is_none() { seconds(row.start_at) } else { i64::MIN };

    let offer = wanted(&mut db, &row, side, other, days.anywhere()).await?.ok_or_else(ApiError::not_found)?;
    require_movable(&offer, side)?;
    let range = days.range(&offer.facts.zone);
    let mut slots = domain::slots::slots(&offer.facts, range, party);
    slots.retain(|slot| slot.start != held);
    let mut next_free = None;
    if let Some(ahead) = offer.bookable_from(range.end).filter(|_| slots.is_empty()) {
        let later = wanted(&mut db, &row, side, other, ahead).await?;
        next_free = later.and_then(|offer| next_but(&offer, held, ahead.start, party));
    }
    let zone = days.zone(&offer.facts.zone).clone();
    Ok(FreeTimes { zone, minutes: offer.facts.service.duration / 60, slots, next_free })
}

/// What decides about a booking's starts in `starts`, as it is or as one of another service.
async fn wanted(
    db: &mut PgConnection,
    row: &Row,
    side: Side,
    other: Option<Uuid>,
    starts: Range,
) -> ApiResult<Option<Offer>> {
    match other {
        Some(id) => service_change::offer(db, row, side, id, starts).await.map(Some),
        None => offer(db, row, side, starts).await,
    }
}

/// The first free time from an instant on that is another than the one held.
fn next_but(offer: &Offer, held: i64, from: i64, party: u32) -> Option<Slot> {
    let next = |from| domain::slots::next_free(&offer.facts, from, party);
    let first = next(from)?;
    if first.start == held { next(held + 1) } else { Some(first) }
}

/// What decides about a booking's starts in `starts`: its own seats are free, its length is its own, and a provider may
/// do more than a client. `None` where the service is gone.
pub(super) async fn offer(
    db: &mut PgConnection,
    row: &Row,
    side: Side,
    starts: Range,
) -> ApiResult<Option<Offer>> {
    let length = row.end_at - row.start_at;
    let until = starts.end.saturating_add(length.whole_seconds());
    let leaving = leaving(row)?;
    let mut found = facts::load(db, row.service_id, Range::new(starts.start, until), Some(leaving)).await?;
    if let Some(offer) = &mut found {
        if side == Side::Provider {
            offer.relax_for_provider();
        }
        slot::keep_length(offer, length);
    }
    Ok(found)
}

/// The seats that a booking gives back when it moves.
pub(super) fn leaving(row: &Row) -> ApiResult<Leaving> {
    let appointment_id =
        row.appointment_id.ok_or_else(|| ApiError::internal("a standing booking has no appointment"))?;
    Ok(Leaving { appointment_id, party_size: row.party_size })
}

/// Makes sure that a client moves only what is still offered.
///
/// # Errors
/// `invalid_transition`.
pub(super) fn require_movable(offer: &Offer, side: Side) -> ApiResult<()> {
    if side == Side::Provider || offer.bookable {
        return Ok(());
    }
    let words = "This is no longer offered. The provider can still move it.";
    Err(ApiError::new(Code::InvalidTransition).detail(words))
}
