//! Time zones, as the browser knows them.

use super::intl::{Show, is_zone, options, show, whole, zoned};
use super::renamed::of_today;
use crate::calendar::{self, Clock};
use crate::messages::city;
use js_sys::{Array, Intl, Reflect};
use std::cell::RefCell;
use std::collections::HashMap;
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};
use wasm_bindgen::JsValue;

/// The instant at which the browser's clock stands, to the second.
pub fn now() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp((js_sys::Date::now() / 1000.0) as i64)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// The zone the browser lives in.
pub fn browser_zone() -> String {
    // Who travels finds another offset; to ask for the name each time costs too much.
    let offset = js_sys::Date::new_0().get_timezone_offset();
    if let Some((_, zone)) = HERE.with_borrow(|here| here.clone().filter(|(known, _)| *known == offset)) {
        return zone;
    }
    let resolved = Intl::DateTimeFormat::new(&Array::new(), &options(&[])).resolved_options();
    let zone = Reflect::get(&resolved, &JsValue::from_str("timeZone"))
        .ok()
        .and_then(|zone| zone.as_string())
        .map_or_else(|| "UTC".to_owned(), known);
    HERE.set(Some((offset, zone.clone())));
    zone
}

/// A zone by its name of today, unless the browser is too old to know that.
fn known(zone: String) -> String {
    let today = of_today(&zone);
    if today != zone && is_zone(today) { today.to_owned() } else { zone }
}

/// Every zone the browser can show, sorted.
pub fn zones() -> Vec<String> {
    let mut zones: Vec<String> = Intl::supported_values_of(Intl::SupportedValuesKey::TimeZone)
        .iter()
        .filter_map(|zone| JsValue::from(zone).as_string())
        .map(known)
        .collect();
    // Some browsers name both.
    zones.sort();
    zones.dedup();
    if !zones.iter().any(|zone| zone == "UTC") {
        zones.push("UTC".to_owned());
    }
    zones
}

/// A zone's city, for people: `Europe/Berlin` is `Berlin`, and `Europe/Vienna` for whoever reads German `Wien`;
/// `Europe/Kiev` is `Kyiv`.
pub fn zone_city(zone: &str) -> String {
    let zone = of_today(zone);
    let named = || zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
    city(zone).map_or_else(named, str::to_owned)
}

/// City and offset at an instant: `Berlin (GMT+1)`.
pub fn zone_label(zone: &str, at: OffsetDateTime) -> String {
    zone_label_over(zone, &[at])
}

/// The same for several instants: `Berlin (GMT+1 / GMT+2)` where the clocks change between them.
pub fn zone_label_over(zone: &str, times: &[OffsetDateTime]) -> String {
    let mut offsets = Vec::new();
    for offset in times.iter().map(|at| offset_label(zone, *at)) {
        if !offsets.contains(&offset) {
            offsets.push(offset);
        }
    }
    let offset = offsets.join(" / ");
    if zone == offset { offset } else { format!("{} ({offset})", zone_city(zone)) }
}

/// Whether clocks in the two zones show different times at an instant.
pub fn differ(one: &str, other: &str, at: OffsetDateTime) -> bool {
    one != other && wall(at, one) != wall(at, other)
}

thread_local! {
    /// The offset of the browser's clock, in minutes, and the zone that it was found to live in.
    static HERE: RefCell<Option<(f64, String)>> = const { RefCell::new(None) };
    static WALLS: RefCell<HashMap<(i64, String), PrimitiveDateTime>> = RefCell::default();
    static WALL_FORMATS: RefCell<HashMap<String, Intl::DateTimeFormat>> = RefCell::default();
}

/// Numbers that mean the same in every language.
const WALL_BASIS: [(&str, &str); 3] = [("calendar", "gregory"), ("hourCycle", "h23"), ("year", "numeric")];

/// What a clock in the zone shows at an instant.
pub fn wall(at: OffsetDateTime, zone: &str) -> PrimitiveDateTime {
    let key = (at.unix_timestamp(), zone.to_owned());
    if let Some(known) = WALLS.with_borrow(|walls| walls.get(&key).copied()) {
        return known;
    }
    // `03/11/2026, 17:30:00`: read as a whole, for to ask for each part costs many calls.
    let text = WALL_FORMATS.with_borrow_mut(|formats| {
        let format = formats.entry(zone.to_owned()).or_insert_with(|| {
            let numbers = ["month", "day", "hour", "minute", "second"].map(|name| (name, "2-digit"));
            zoned(&Array::of1(&"en-GB".into()), &[&WALL_BASIS[..], &numbers[..]].concat(), zone)
        });
        whole(format, at)
    });
    let mut numbers = text.split(|letter: char| !letter.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let mut number = || numbers.next().and_then(|digits| digits.parse::<i32>().ok()).unwrap_or_default();
    let [day, month, year, hour, minute, second] = std::array::from_fn(|_| number());
    let small = |number: i32| u8::try_from(number).unwrap_or_default();
    let date = Month::try_from(small(month))
        .ok()
        .and_then(|month| Date::from_calendar_date(year, month, small(day)).ok())
        .unwrap_or(at.date());
    let time = Time::from_hms(small(hour), small(minute), small(second)).unwrap_or(at.time());
    let wall = PrimitiveDateTime::new(date, time);
    WALLS.with_borrow_mut(|walls| walls.insert(key, wall));
    wall
}

/// The browser's clocks for one zone.
#[derive(Clone, PartialEq)]
pub struct ZoneClock(pub String);

impl Clock for ZoneClock {
    fn wall(&self, at: i64) -> PrimitiveDateTime {
        wall(instant(at), &self.0)
    }
}

/// Seconds since 1970 as an instant.
pub fn instant(at: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(at).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// Whether a clock in the zone shows the time of this instant twice, as where it goes back.
pub fn repeats(at: OffsetDateTime, zone: &str) -> bool {
    calendar::repeats(&ZoneClock(zone.to_owned()), at.unix_timestamp())
}

/// `GMT+1`.
pub fn offset_label(zone: &str, at: OffsetDateTime) -> String {
    show(Show::Offset, zone, at)
}

/// The instant at which a clock in the zone shows a wall time. Twice-shown times mean the earlier instant;
/// skipped ones move later by the gap, as the server reads them.
pub fn at_wall(wanted: PrimitiveDateTime, zone: &str) -> OffsetDateTime {
    instant(calendar::at_wall(&ZoneClock(zone.to_owned()), wanted))
}
