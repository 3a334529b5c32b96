//! Use cases around free times.

use super::facts::{self, Offer};
use super::free::{Days, FreeTimes};
use super::in_zone;
use crate::app::Payments;
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

/// For whom free times are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// Whoever asks.
    Oneself,
    /// A client of the provider that the person acts for, who decides about its own time.
    Client,
}

/// The free times of a service on these days, for a person who may see them: each can be booked. What is paid when booking has
/// none while that cannot be paid, but for the provider's members, who book without paying.
///
/// # Errors
/// Those of [`offer`]; `not_found` for a client of somebody else's.
pub(super) async fn list(
    db: &mut PgConnection,
    user: Option<User>,
    payments: Option<&Payments>,
    id: Uuid,
    days: &Days,
    party: u32,
    whom: For,
) -> ApiResult<FreeTimes> {
    let mut offer = offer(db, user, id, days.anywhere()).await?;
    let zone = days.zone(&offer.facts.zone).clone();
    let minutes = offer.facts.service.duration / 60;
    if whom == For::Client {
        let user = user.ok_or_else(ApiError::not_found)?;
        if !is_member(db, user, offer.provider_id).await? {
            return Err(ApiError::not_found());
        }
        if !offer.bookable && crate::providers::is_suspended(db, offer.provider_id).await? {
            return Ok(FreeTimes { zone, minutes, slots: Vec::new(), next_free: None });
        }
        offer.relax_for_provider();
    } else if !offer.is_payable(payments) {
        let is_own = match user {
            Some(user) => is_member(db, user, offer.provider_id).await?,
            None => false,
        };
        if !is_own {
            return Ok(FreeTimes { zone, minutes, slots: Vec::new(), next_free: None });
        }
    }
    let range = days.range(&offer.facts.zone);
    let slots = domain::slots::slots(&offer.facts, range, party);
    let next_free =
        if slots.is_empty() { next_free(db, &offer, range.end, party, whom).await? } else { None };
    Ok(FreeTimes { zone, minutes, slots, next_free })
}

/// The first free time from an instant on, up to the service's horizon.
///
/// # Errors
/// Those of the database.
async fn next_free(
    db: &mut PgConnection,
    offer: &Offer,
    from: i64,
    party: u32,
    whom: For,
) -> ApiResult<Option<domain::slots::Slot>> {
    let Some(ahead) = offer.bookable_from(from) else { return Ok(None) };
    let Some(mut offer) = facts::load(db, offer.service_id, ahead, None).await? else { return Ok(None) };
    if whom == For::Client {
        offer.relax_for_provider();
    }
    Ok(domain::slots::next_free(&offer.facts, ahead.start, party))
}

/// Why a start is or is not offered.
pub(super) fn explain(offer: &Offer, payments: Option<&Payments>, at: i64, party: u32) -> Explanation {
    let zone = &offer.facts.zone;
    let shown = in_zone(zone, at);
    if !offer.is_payable(payments) {
        return Explanation {
            at: shown,
            offered: false,
            reason: Some("payments_off".to_owned()),
            message: "This is paid when booking, and the provider can take no payments right now.".to_owned(),
            seats_left: None,
        };
    }
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

/// Up to `count` next free times of each service that can be booked by whoever comes, with the offset of its provider's zone, in
/// one round trip.
///
/// # Errors
/// Those of the database.
pub async fn next_slots(
    db: &mut PgConnection,
    payments: Option<&Payments>,
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
    let payable = offers.into_iter().filter(|offer| offer.is_payable(payments));
    Ok(payable.map(slots_of).collect())
}

/// The first `count` free times of each such service on one day, in the zone or else in its provider's, in one round trip.
///
/// # Errors
/// Those of the database.
pub async fn slots_on(
    db: &mut PgConnection,
    payments: Option<&Payments>,
    services: &[Uuid],
    date: Date,
    zone: Option<&Zone>,
    count: usize,
) -> ApiResult<HashMap<Uuid, Vec<Slot>>> {
    let day = Days::one(date, zone);
    let offers = facts::load_all(db, services, day.anywhere()).await?;
    let slots_of = |offer: Offer| {
        let slots = domain::slots::slots(&offer.facts, day.range(&offer.facts.zone), 1);
        let slots = slots.iter().take(count).map(|slot| to_wire(&offer.facts.zone, *slot)).collect();
        (offer.service_id, slots)
    };
    let payable = offers.into_iter().filter(|offer| offer.is_payable(payments));
    Ok(payable.map(slots_of).collect())
}

/// Up to `count` next free times of everything that a provider offers, with the offset of `zone` or the provider's. Where
/// the coming weeks are full, the first one after them. What cannot be paid now has none.
///
/// # Errors
/// Those of the database.
pub async fn next_of_provider(
    db: &mut PgConnection,
    payments: Option<&Payments>,
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
        if !offer.is_payable(payments) {
            items.push(ServiceSlots { service_id, slots: Vec::new() });
            continue;
        }
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

/// Instants around a wanted one among which other times are looked for.
#[must_use]
pub fn around(wanted: i64) -> Range {
    let far = ALTERNATIVE_DAYS * DAY;
    Range::new(wanted.saturating_sub(far), wanted.saturating_add(far))
}

/// Up to three free starts nearest to the wanted one, in order of time, with the offset of `zone` or the provider's. The
/// facts of `offer` reach [`around`] it. `own` is the start of a booking that moves: to stay is no other time.
#[must_use]
pub fn alternatives(
    offer: &Offer,
    wanted: i64,
    party: u32,
    zone: Option<&Zone>,
    own: Option<i64>,
) -> Vec<OffsetDateTime> {
    let zone = zone.unwrap_or(&offer.facts.zone);
    let mut slots = domain::slots::slots(&offer.facts, around(wanted), party);
    slots.retain(|slot| Some(slot.start) != own);
    slots.sort_by_key(|slot| slot.start.abs_diff(wanted));
    slots.truncate(3);
    slots.sort_by_key(|slot| slot.start);
    slots.into_iter().map(|slot| in_zone(zone, slot.start)).collect()
}

pub(super) fn to_wire(zone: &Zone, slot: domain::slots::Slot) -> Slot {
    Slot { start_at: in_zone(zone, slot.start), seats_left: slot.seats_left }
}
