//! The public list: who meets the filters, when they are free, in which order.

use super::cards::{self, Candidate, Mark, Wanted};
use super::gazetteer;
use crate::app::App;
use crate::db;
use crate::http::page::{DEFAULT_LIMIT, List};
use crate::http::{ApiResult, calendar};
use crate::slots;
use contract::providers::{ProviderCard, ProviderList, ProviderQuery, ProviderSort};
use contract::services::Location;
use contract::slots::Slot;
use contract::text::language_tag;
use domain::zone::Zone;
use sqlx::PgConnection;
use std::collections::HashMap;
use time::Date;
use uuid::Uuid;

/// Next free times on a card.
const CARD_SLOTS: usize = 3;
/// Of how many providers free times are computed for one page, at most.
const CANDIDATES: usize = 300;

/// A day that must have free times.
struct Day {
    date: Date,
    /// Each provider's own where absent.
    zone: Option<Zone>,
}

/// Which page of the list.
struct Page {
    list: List,
    after: Option<Mark>,
    limit: usize,
}

impl Page {
    /// Cuts the items to the page.
    fn cut(&self, mut items: Vec<ProviderCard>, sort: ProviderSort, total: Option<u32>) -> ProviderList {
        let next_cursor = self.list.cut(&mut items, self.limit, |card| mark(card, sort));
        ProviderList { items, next_cursor, total }
    }
}

/// A page of the public list.
///
/// # Errors
/// Field errors at `?cursor`, `?date` and `?time_zone`, and those of the database.
pub(super) async fn list(app: &App, query: ProviderQuery) -> ApiResult<ProviderList> {
    let sort = query.sort.unwrap_or_default();
    let list = List::of("providers", &ProviderQuery { sort: Some(sort), ..query.clone() });
    let after: Option<Mark> = list.decode(query.cursor.as_deref())?;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT) as usize;
    let page = Page { list, after, limit };
    let day = day(&query)?;
    let mut db = app.db.acquire().await?;
    let wanted = wanted(&mut db, query).await?;
    match (sort, day) {
        (ProviderSort::Soonest, day) => soonest(app, &mut db, &wanted, day.as_ref(), &page).await,
        (sort, Some(day)) => free_on(app, &mut db, &wanted, sort, &day, &page).await,
        (sort, None) => plain(app, &mut db, &wanted, sort, &page).await,
    }
}

fn day(query: &ProviderQuery) -> ApiResult<Option<Day>> {
    let zone = query.time_zone.as_deref().map(|name| calendar::zone(name, "?time_zone")).transpose()?;
    let Some(date) = query.date else { return Ok(None) };
    calendar::within_calendar(date.year(), "?date")?;
    Ok(Some(Day { date, zone }))
}

/// So many letters of a city's name say which is meant.
const BEGINNING: usize = 3;

async fn wanted(db: &mut PgConnection, query: ProviderQuery) -> ApiResult<Wanted> {
    let cities = match query.city.as_deref().map(str::trim).filter(|city| !city.is_empty()) {
        Some(city) => Some(city_names(db, city).await?),
        None => None,
    };
    Ok(Wanted {
        category: query.category,
        cities,
        words: query.q.unwrap_or_default().split_whitespace().map(db::contains).collect(),
        location: query.location.map(|location| match location {
            Location::Provider => "provider",
            Location::Customer => "customer",
            Location::Phone => "phone",
            Location::Online => "online",
        }),
        price_max: query.price_max,
        currency: query.currency.map(|currency| currency.to_ascii_uppercase()),
        language: query.language.as_deref().map(language_tag),
    })
}

/// All names of the city, so that München finds those in Munich. Of a name that no city bears and nobody is in, the city
/// that begins so is meant.
async fn city_names(db: &mut PgConnection, name: &str) -> ApiResult<Vec<String>> {
    let city = match gazetteer::city(name, None) {
        Some(city) => Some(city),
        None if name.chars().count() < BEGINNING || cards::is_somebody_in(db, name).await? => None,
        None => {
            let begun = gazetteer::search(name).into_iter().next();
            begun.and_then(|place| gazetteer::city(&place.city, Some(&place.country)))
        }
    };
    let mut names: Vec<String> = city.iter().flat_map(|city| city.names()).map(str::to_owned).collect();
    names.push(name.to_owned());
    Ok(names)
}

/// In an order that the database knows.
async fn candidates(
    db: &mut PgConnection,
    wanted: &Wanted,
    sort: ProviderSort,
    after: Option<&Mark>,
    count: usize,
) -> ApiResult<Vec<Candidate>> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    Ok(match sort {
        ProviderSort::Price => cards::by_price(db, wanted, after, count).await?,
        ProviderSort::Name | ProviderSort::Soonest => cards::by_name(db, wanted, after, count).await?,
    })
}

/// The cards with the next free times of whichever service is free first, all with one query for the facts.
async fn fill(
    app: &App,
    db: &mut PgConnection,
    candidates: Vec<Candidate>,
    day: Option<&Day>,
) -> ApiResult<Vec<ProviderCard>> {
    let services: Vec<Uuid> =
        candidates.iter().flat_map(|candidate| &candidate.services).map(|service| service.id).collect();
    let mut slots = match day {
        Some(day) => {
            slots::slots_on(db, app.payments.as_ref(), &services, day.date, day.zone.as_ref(), CARD_SLOTS)
                .await?
        }
        None => slots::next_slots(db, app.payments.as_ref(), &services, CARD_SLOTS).await?,
    };
    Ok(candidates.into_iter().map(|candidate| with_times(candidate, &mut slots)).collect())
}

/// The card with the times of the service that is free first; of several at once, and where none is, the first.
fn with_times(candidate: Candidate, slots: &mut HashMap<Uuid, Vec<Slot>>) -> ProviderCard {
    let Candidate { mut card, services } = candidate;
    let start = |id: &Uuid| slots.get(id).and_then(|slots| slots.first()).map(|slot| slot.start_at);
    let first = services.into_iter().min_by_key(|service| {
        let start = start(&service.id);
        (start.is_none(), start)
    });
    if let Some(service) = first {
        card.next_slots = slots.remove(&service.id).unwrap_or_default();
        card.next_service_id = Some(service.id);
        card.next_service_name = Some(service.name);
        card.next_service_price_minor = Some(service.price_minor);
    }
    card
}

fn mark(card: &ProviderCard, sort: ProviderSort) -> Mark {
    let key = match sort {
        ProviderSort::Name => 0,
        ProviderSort::Price => card.price_from_minor.unwrap_or(i64::MAX),
        ProviderSort::Soonest => {
            card.next_slots.first().map_or(i64::MAX, |slot| slot.start_at.unix_timestamp())
        }
    };
    (key, card.name.clone(), card.id)
}

/// Nothing about free times decides who is listed.
async fn plain(
    app: &App,
    db: &mut PgConnection,
    wanted: &Wanted,
    sort: ProviderSort,
    page: &Page,
) -> ApiResult<ProviderList> {
    let items = candidates(db, wanted, sort, page.after.as_ref(), page.limit + 1).await?;
    let total = match page.after {
        None if items.len() <= page.limit => u32::try_from(items.len()).ok(),
        None => cards::count(db, wanted).await?,
        Some(_) => None,
    };
    Ok(page.cut(fill(app, db, items, None).await?, sort, total))
}

/// Only who is free on a day. Where there are many candidates, a page looks through some and the next goes on from there.
async fn free_on(
    app: &App,
    db: &mut PgConnection,
    wanted: &Wanted,
    sort: ProviderSort,
    day: &Day,
    page: &Page,
) -> ApiResult<ProviderList> {
    let mut found = candidates(db, wanted, sort, page.after.as_ref(), CANDIDATES + 1).await?;
    let all = found.len() <= CANDIDATES;
    found.truncate(CANDIDATES);
    let reached = found.last().filter(|_| !all).map(|last| page.list.encode(&mark(&last.card, sort)));
    let mut items = fill(app, db, found, Some(day)).await?;
    items.retain(|card| !card.next_slots.is_empty());
    let total = u32::try_from(items.len()).ok().filter(|_| all && page.after.is_none());
    let mut list = page.cut(items, sort, total);
    list.next_cursor = list.next_cursor.or(reached);
    Ok(list)
}

/// By when they are free, which only the slots tell: all are looked at for each page.
async fn soonest(
    app: &App,
    db: &mut PgConnection,
    wanted: &Wanted,
    day: Option<&Day>,
    page: &Page,
) -> ApiResult<ProviderList> {
    let sort = ProviderSort::Soonest;
    let mut found = candidates(db, wanted, sort, None, CANDIDATES + 1).await?;
    let all = found.len() <= CANDIDATES;
    found.truncate(CANDIDATES);
    let mut items = fill(app, db, found, day).await?;
    items.retain(|card| day.is_none() || !card.next_slots.is_empty());
    items.sort_by_cached_key(|card| mark(card, sort));
    let total = u32::try_from(items.len()).ok().filter(|_| all && page.after.is_none());
    items.retain(|card| page.after.as_ref().is_none_or(|after| mark(card, sort) > *after));
    Ok(page.cut(items, sort, total))
}
