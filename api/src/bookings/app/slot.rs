//! The decision on a slot, under the provider's lock.

use crate::bookings::error::Unavailable;
use crate::bookings::store::Target;
use crate::db::{from_seconds, seconds};
use crate::http::{ApiError, ApiResult};
use crate::slots;
use crate::slots::facts::{self, Leaving, Offer};
use contract::problem::Code;
use domain::range::Range;
use domain::zone::Zone;
use sqlx::PgConnection;
use time::{OffsetDateTime, PrimitiveDateTime, Time};
use uuid::Uuid;

/// Loads what decides about one start. Requests that nobody answered in time lose their slots first.
pub(super) async fn offer(
    db: &mut PgConnection,
    service_id: Uuid,
    start: OffsetDateTime,
    leaving: Option<Leaving>,
) -> ApiResult<Offer> {
    offer_until(db, service_id, start, start, leaving).await
}

/// The same for a stretch that ends at `end`, however long the service takes.
pub(super) async fn offer_until(
    db: &mut PgConnection,
    service_id: Uuid,
    start: OffsetDateTime,
    end: OffsetDateTime,
    leaving: Option<Leaving>,
) -> ApiResult<Offer> {
    let starts = Range::new(seconds(start), seconds(end).max(seconds(start) + 1));
    // Another may lapse while the first is being ended.
    for _ in 0..5 {
        let offer = facts::load(db, service_id, starts, leaving).await?.ok_or_else(ApiError::not_found)?;
        if offer.stale_requests == 0 {
            return Ok(offer);
        }
        super::expire::expire_stale(db, offer.provider_id).await?;
    }
    Err(ApiError::new(Code::Unavailable).retry_after(1))
}

/// A booking has its own length when it moves, whatever the service takes by now; the grid is the service's.
pub(super) fn keep_length(offer: &mut Offer, length: time::Duration) {
    let service = &mut offer.facts.service;
    service.step = Some(service.step());
    service.duration = length.whole_seconds();
}

/// Decides whether the slot can be had: the very function that lists slots.
pub(super) fn decide(offer: &Offer, start: OffsetDateTime, party: i32) -> Result<Target, Unavailable> {
    let start_seconds = seconds(start);
    let party_size = u32::try_from(party).unwrap_or_default();
    domain::slots::check(&offer.facts, start_seconds, party_size)?;
    Ok(target(offer, start, party))
}

/// Decides whether the provider can have exactly this stretch, where it names both ends. `held` is what the booking
/// holds already.
pub(super) fn decide_exactly(
    offer: &Offer,
    start: OffsetDateTime,
    held: Range,
    party: i32,
) -> Result<Target, Unavailable> {
    let wanted = Range::new(seconds(start), offer.facts.service.end(seconds(start)));
    domain::slots::fits(&offer.facts, wanted, Some(held))?;
    Ok(target(offer, start, party))
}

/// Whether anything can start there, so that only the end can be at fault.
pub(super) fn can_start(offer: &Offer, start: OffsetDateTime, held: Range) -> bool {
    let least = Range::new(seconds(start), seconds(start + SHORTEST));
    domain::slots::fits(&offer.facts, least, Some(held)).is_ok()
}

fn target(offer: &Offer, start: OffsetDateTime, party: i32) -> Target {
    let service = &offer.facts.service;
    let blocked = service.blocked(seconds(start));
    Target {
        provider_id: offer.provider_id,
        service_id: offer.service_id,
        start_at: start,
        end_at: from_seconds(service.end(seconds(start))),
        blocked_from: from_seconds(blocked.start),
        blocked_until: from_seconds(blocked.end),
        // The provider may keep a party that the service would no longer seat.
        capacity: i32::try_from(service.capacity).unwrap_or(i32::MAX).max(party),
        seats: party,
    }
}

/// What the provider's clock shows at an instant.
pub(super) fn wall_time(zone: &Zone, at: OffsetDateTime) -> PrimitiveDateTime {
    let local = zone.to_local(seconds(at));
    let time = Time::MIDNIGHT + time::Duration::seconds(i64::from(local.secs_of_day));
    PrimitiveDateTime::new(local.date, time)
}

/// A start on the wire: whole seconds, in a year that bookings are made in.
pub(super) fn wanted_start(start: OffsetDateTime) -> ApiResult<OffsetDateTime> {
    crate::http::calendar::within_calendar(start.year(), "/start_at")?;
    if start.nanosecond() != 0 {
        return Err(ApiError::field("/start_at", "whole_seconds", "Times are whole seconds."));
    }
    Ok(start.to_offset(time::UtcOffset::UTC))
}

/// An end on the wire: 5 minutes to 31 days after the start, in whole minutes.
pub(super) fn wanted_end(start: OffsetDateTime, end: OffsetDateTime) -> ApiResult<OffsetDateTime> {
    crate::http::calendar::within_calendar(end.year(), "/end_at")?;
    let length = end - start;
    if !(SHORTEST..=LONGEST).contains(&length) {
        let words = "A booking takes 5 minutes to 31 days.";
        return Err(ApiError::field("/end_at", "range", words));
    }
    if length.whole_minutes() * 60_000 != i64::try_from(length.whole_milliseconds()).unwrap_or_default()
        || end.nanosecond() != 0
    {
        return Err(ApiError::field("/end_at", "whole_minutes", "A booking takes whole minutes."));
    }
    Ok(end.to_offset(time::UtcOffset::UTC))
}

const SHORTEST: time::Duration = time::Duration::minutes(5);
const LONGEST: time::Duration = time::Duration::days(31);

/// Adds free times nearby to the refusal of a time, without the one that a booking has already, if it moves. `offer` loads
/// the facts about starts in a range.
pub(super) async fn with_alternatives(
    error: ApiError,
    db: &sqlx::PgPool,
    wanted: OffsetDateTime,
    party: i32,
    zone: Option<&Zone>,
    own: Option<OffsetDateTime>,
    offer: impl AsyncFnOnce(&mut PgConnection, Range) -> ApiResult<Option<Offer>>,
) -> ApiError {
    if !matches!(error.code(), Code::SlotTaken | Code::SlotUnavailable) {
        return error;
    }
    let (wanted, party) = (seconds(wanted), u32::try_from(party).unwrap_or_default());
    let found = match db.acquire().await {
        Ok(mut db) => offer(&mut db, slots::around(wanted)).await,
        Err(error) => Err(error.into()),
    };
    // The refusal stands without them.
    let Ok(Some(offer)) = found else { return error };
    error.with(|problem| {
        problem.alternatives = slots::alternatives(&offer, wanted, party, zone, own.map(seconds))
    })
}
