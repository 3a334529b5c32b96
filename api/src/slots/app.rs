//! Use cases around free times.

use super::facts::{self, Offer};
use super::in_zone;
use crate::http::actor::is_member;
use crate::http::{ApiError, ApiResult, User};
use contract::slots::{Explanation, NextSlots, ServiceSlots, Slot};
use domain::range::Range;
use domain::zone::{DAY, Zone};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// How far ahead the lists of providers look for a free time.
const CARD_DAYS: i64 = 21;
/// How far from the wanted time other times are offered.
const ALTERNATIVE_DAYS: i64 = 7;

/// The service as this person may see it, with the facts about starts in `starts`.
///
/// # Errors
/// `not_found` for a service that does not exist, or is not offered and not the person's own.
pub(super) async fn offer(
    db: &mut PgConnection,
    user: Option<User>,
    id: Uuid,
    starts: Range,
) -> ApiResult<Offer> {
    let offer = facts::load(db, id, starts, None).await?.ok_or_else(ApiError::not_found)?;
    if offer.bookable {
        return Ok(offer);
    }
    let user = user.ok_or_else(ApiError::not_found)?;
    if is_member(db, user, offer.provider_id).await? { Ok(offer) } else { Err(ApiError::not_found()) }
}

/// Whose service it is, for a person who may see its free times.
///
/// # Errors
/// `not_found` for a service that does not exist, or is not offered and not the person's own.
pub async fn provider_seen_by(db: &mut PgConnection, user: Option<User>, id: Uuid) -> ApiResult<Uuid> {
    sqlx::query_scalar!(
        r#"select s.provider_id from services s join providers p on p.id = s.provider_id
        where s.id = $1 and (s.status = 'active' and p.published_at is not null and p.suspended_at is null
            or exists (select from acting_members m where m.user_id = $2 and m.provider_id = p.id))"#,
        id,
        user.map(|user| user.id)
    )
    .fetch_optional(db)
    .await?
    .ok_or_else(ApiError::not_found)
}

/// Instants that can fall on the days from `from` to `to` in any zone.
pub(super) fn days_anywhere(from: Date, to: Date) -> Range {
    let midnight = |date: Date| date.midnight().assume_utc().unix_timestamp();
    Range::new(midnight(from) - DAY, midnight(to) + 2 * DAY)
}

/// The days from `from` to `to`, inclusive, in a zone.
pub(super) fn days_in(zone: &Zone, from: Date, to: Date) -> Range {
    Range::new(zone.to_instant(from, 0), zone.to_instant(to.saturating_add(time::Duration::DAY), 0))
}

/// The first free time from an instant on, up to the service's horizon.
///
/// # Errors
/// Those of the database.
pub(super) async fn next_free(
    db: &mut PgConnection,
    offer: &Offer,
    from: i64,
    party: u32,
) -> ApiResult<Option<domain::slots::Slot>> {
    let bookable = offer.facts.service.bookable(offer.facts.now);
    let from = from.max(bookable.start);
    if from >= bookable.end {
        return Ok(None);
    }
    let ahead = facts::load(db, offer.service_id, Range::new(from, bookable.end), None).await?;
    Ok(ahead.and_then(|ahead| domain::slots::next_free(&ahead.facts, from, party)))
}

/// Why a start is or is not offered.
pub(super) fn explain(offer: &Offer, at: i64, party: u32) -> Explanation {
    let zone = &offer.facts.zone;
    let shown = in_zone(zone, at);
    match domain::slots::check(&offer.facts, at, party) {
        Ok(slot) => Explanation {
            at: shown,
            offered: true,
            reason: None,
            message: "This time is free.".to_owned(),
            seats_left: Some(slot.seats_left),
        },
        Err(refusal) => {
            let (reason, message) = super::reason(refusal, zone);
            Explanation {
                at: shown,
                offered: false,
                reason: Some(reason.to_owned()),
                message,
                seats_left: None,
            }
        }
    }
}

/// Up to `count` next free times of each service, with the offset of its provider's zone, in one round trip.
///
/// # Errors
/// Those of the database.
pub async fn next_slots(
    db: &mut PgConnection,
    services: &[Uuid],
    count: usize,
) -> ApiResult<HashMap<Uuid, Vec<Slot>>> {
    let now = crate::db::seconds(crate::db::now(db).await?);
    let starts = Range::new(now, now + CARD_DAYS * DAY);
    let offers = facts::load_all(db, services, starts).await?;
    let slots_of = |offer: Offer| {
        let slots = domain::slots::slots(&offer.facts, starts, 1);
        let slots = slots.iter().take(count).map(|slot| to_wire(&offer.facts.zone, *slot)).collect();
        (offer.service_id, slots)
    };
    Ok(offers.into_iter().map(slots_of).collect())
}

/// The first `count` free times of each service on one day, in the zone or else in its provider's, in one round trip.
///
/// # Errors
/// Those of the database.
pub async fn slots_on(
    db: &mut PgConnection,
    services: &[Uuid],
    date: Date,
    zone: Option<&Zone>,
    count: usize,
) -> ApiResult<HashMap<Uuid, Vec<Slot>>> {
    let offers = facts::load_all(db, services, days_anywhere(date, date)).await?;
    let slots_of = |offer: Offer| {
        let day = days_in(zone.unwrap_or(&offer.facts.zone), date, date);
        let slots = domain::slots::slots(&offer.facts, day, 1);
        let slots = slots.iter().take(count).map(|slot| to_wire(&offer.facts.zone, *slot)).collect();
        (offer.service_id, slots)
    };
    Ok(offers.into_iter().map(slots_of).collect())
}

/// Up to `count` next free times of everything that a provider offers, with the offset of `zone` or the provider's. Where
/// the coming weeks are full, the first one after them.
///
/// # Errors
/// Those of the database.
pub async fn next_of_provider(
    db: &mut PgConnection,
    provider: Uuid,
    count: usize,
    zone: Option<&Zone>,
) -> ApiResult<NextSlots> {
    let services = sqlx::query_scalar!(
        "select id from services where provider_id = $1 and status = 'active' order by position, id",
        provider
    );
    let services = services.fetch_all(&mut *db).await?;
    let now = crate::db::seconds(crate::db::now(db).await?);
    let soon = Range::new(now, now + CARD_DAYS * DAY);
    let mut offers: HashMap<Uuid, Offer> = facts::load_all(db, &services, soon)
        .await?
        .into_iter()
        .map(|offer| (offer.service_id, offer))
        .collect();
    let mut items = Vec::with_capacity(services.len());
    let mut full = Vec::new();
    for service_id in services {
        let Some(offer) = offers.remove(&service_id) else { continue };
        let slots = domain::slots::slots(&offer.facts, soon, 1);
        let shown = zone.unwrap_or(&offer.facts.zone);
        let slots: Vec<Slot> = slots.into_iter().take(count).map(|slot| to_wire(shown, slot)).collect();
        items.push(ServiceSlots { service_id, slots });
        if items.last().is_some_and(|item| item.slots.is_empty()) {
            full.push(offer);
        }
    }
    let mut later = next_free_of_all(db, &full, soon.end, zone).await?;
    for item in items.iter_mut().filter(|item| item.slots.is_empty()) {
        item.slots.extend(later.remove(&item.service_id));
    }
    Ok(NextSlots { items })
}

/// The first free time of each service from an instant on, up to its horizon, all in one round trip.
async fn next_free_of_all(
    db: &mut PgConnection,
    offers: &[Offer],
    from: i64,
    zone: Option<&Zone>,
) -> ApiResult<HashMap<Uuid, Slot>> {
    let end_of = |offer: &Offer| offer.facts.service.bookable(offer.facts.now).end;
    let open: Vec<&Offer> = offers.iter().filter(|offer| from < end_of(offer)).collect();
    let Some(end) = open.iter().map(|offer| end_of(offer)).max() else { return Ok(HashMap::new()) };
    let ids: Vec<Uuid> = open.iter().map(|offer| offer.service_id).collect();
    let ahead = facts::load_all(db, &ids, Range::new(from, end)).await?;
    let first_of = |offer: Offer| {
        let slot = domain::slots::next_free(&offer.facts, from, 1)?;
        Some((offer.service_id, to_wire(zone.unwrap_or(&offer.facts.zone), slot)))
    };
    Ok(ahead.into_iter().filter_map(first_of).collect())
}

/// Up to three free starts nearest to the wanted one, in order of time, with the offset of `zone` or the provider's.
///
/// # Errors
/// Those of the database.
pub async fn alternatives(
    db: &mut PgConnection,
    service: Uuid,
    wanted: i64,
    party: u32,
    zone: Option<&Zone>,
) -> ApiResult<Vec<OffsetDateTime>> {
    let around = Range::new(
        wanted.saturating_sub(ALTERNATIVE_DAYS * DAY),
        wanted.saturating_add(ALTERNATIVE_DAYS * DAY),
    );
    let Some(offer) = facts::load(db, service, around, None).await? else { return Ok(Vec::new()) };
    let zone = zone.unwrap_or(&offer.facts.zone);
    let mut slots = domain::slots::slots(&offer.facts, around, party);
    slots.sort_by_key(|slot| slot.start.abs_diff(wanted));
    slots.truncate(3);
    slots.sort_by_key(|slot| slot.start);
    Ok(slots.into_iter().map(|slot| in_zone(zone, slot.start)).collect())
}

pub(super) fn to_wire(zone: &Zone, slot: domain::slots::Slot) -> Slot {
    Slot { start_at: in_zone(zone, slot.start), seats_left: slot.seats_left }
}
