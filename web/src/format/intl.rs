//! The one place that talks to `Intl`: formatters are made once and kept.

use crate::messages::t;
use js_sys::{Array, Function, Intl, Object, Reflect};
use std::cell::RefCell;
use std::collections::HashMap;
use time::OffsetDateTime;
use wasm_bindgen::{JsCast, JsValue};

/// What a date formatter shows.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Show {
    /// `Tue 3 March`
    Day,
    /// `Tue 5 January 2027`
    DayYear,
    /// `Tuesday 3 March`
    LongDay,
    /// `Tuesday 5 January 2027`
    LongDayYear,
    /// `Tue 3 Mar`
    ShortDay,
    /// `November 2026`
    Month,
    /// `November`
    MonthName,
    /// `Nov`
    ShortMonth,
    /// `23 November 2026`
    Date,
    /// `Tue`
    Weekday,
    /// `Tuesday`
    LongWeekday,
    /// `T`
    WeekdayLetter,
    /// `10:00`
    Time,
    /// `GMT+1`
    Offset,
}

impl Show {
    fn options(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Show::Day => &[("weekday", "short"), ("day", "numeric"), ("month", "long")],
            Show::DayYear => {
                &[("weekday", "short"), ("day", "numeric"), ("month", "long"), ("year", "numeric")]
            }
            Show::LongDay => &[("weekday", "long"), ("day", "numeric"), ("month", "long")],
            Show::LongDayYear => {
                &[("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")]
            }
            Show::ShortDay => &[("weekday", "short"), ("day", "numeric"), ("month", "short")],
            Show::Month => &[("month", "long"), ("year", "numeric")],
            Show::MonthName => &[("month", "long")],
            Show::ShortMonth => &[("month", "short")],
            Show::Date => &[("day", "numeric"), ("month", "long"), ("year", "numeric")],
            Show::Weekday => &[("weekday", "short")],
            Show::LongWeekday => &[("weekday", "long")],
            Show::WeekdayLetter => &[("weekday", "narrow")],
            // As people there write it: `08:15`, `8:15 AM`.
            Show::Time => &[("timeStyle", "short")],
            Show::Offset => &[("timeZoneName", "shortOffset")],
        }
    }
}

thread_local! {
    static FORMATTERS: RefCell<HashMap<(Show, String), Intl::DateTimeFormat>> = RefCell::default();
    /// Which zones the browser knows, of those that were asked for.
    static ZONES: RefCell<HashMap<String, bool>> = RefCell::default();
    static LOCALE: String = pick_locale();
}

/// The person's own variant of the app's language (British and American English write dates differently).
fn pick_locale() -> String {
    let language = t().language;
    let window = web_sys::window();
    let wanted = window.map(|window| window.navigator().languages()).unwrap_or_default();
    wanted
        .iter()
        .filter_map(|tag| tag.as_string())
        .find(|tag| tag.len() > language.len() && tag.starts_with(language))
        .unwrap_or_else(|| t().default_locale.to_owned())
}

/// The locale as `Intl` wants it.
pub(super) fn locales() -> Array {
    LOCALE.with(|locale| Array::of1(&JsValue::from_str(locale)))
}

/// A plain options object.
pub(super) fn options(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (key, value) in pairs {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    object
}

/// Whether the browser knows a zone. It throws where it does not, so ask before using one from elsewhere.
pub fn is_zone(zone: &str) -> bool {
    if let Some(known) = ZONES.with_borrow(|zones| zones.get(zone).copied()) {
        return known;
    }
    let make = || {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let format = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into::<Function>().ok()?;
        let arguments = Array::of2(&JsValue::UNDEFINED, &options(&[("timeZone", zone)]));
        Reflect::construct(&format, &arguments).ok()
    };
    let known = make().is_some();
    ZONES.with_borrow_mut(|zones| zones.insert(zone.to_owned(), known));
    known
}

/// A formatter for a zone. One that the browser does not know, as old ones do not know new names, is read as UTC.
pub(super) fn zoned(locales: &Array, wanted: &[(&str, &str)], zone: &str) -> Intl::DateTimeFormat {
    let wanted = options(wanted);
    let zone = if is_zone(zone) { zone } else { "UTC" };
    let _ = Reflect::set(&wanted, &"timeZone".into(), &JsValue::from_str(zone));
    Intl::DateTimeFormat::new(locales, &wanted)
}

/// An instant as JavaScript knows it.
pub(super) fn js_date(at: OffsetDateTime) -> js_sys::Date {
    js_sys::Date::new(&JsValue::from_f64((at.unix_timestamp_nanos() / 1_000_000) as f64))
}

/// Writes an instant as seen in a zone.
pub(super) fn show(what: Show, zone: &str, at: OffsetDateTime) -> String {
    let pieces = matches!(
        what,
        Show::Day | Show::DayYear | Show::LongDay | Show::LongDayYear | Show::ShortDay | Show::Offset
    );
    let written = FORMATTERS.with_borrow_mut(|formatters| {
        let format = formatters
            .entry((what, zone.to_owned()))
            .or_insert_with(|| zoned(&locales(), what.options(), zone));
        if pieces { Ok(parts(format, at)) } else { Err(whole(format, at)) }
    });
    let parts = match written {
        Ok(parts) => parts,
        Err(text) => return text,
    };
    if what == Show::Offset {
        return part(&parts, "timeZoneName");
    }
    // British browsers put a comma after the weekday only where a year follows, German ones a point and a comma; ours is
    // the same everywhere.
    let day_first = parts.first().is_some_and(|(kind, _)| kind == "weekday")
        && parts.get(2).is_some_and(|(kind, _)| kind == "day");
    let long = matches!(what, Show::LongDay | Show::LongDayYear);
    let between = if long { t().after_weekday } else { " " };
    let words = parts.into_iter().enumerate();
    words.map(|(index, (_, text))| if day_first && index == 1 { between.to_owned() } else { text }).collect()
}

/// What a formatter writes, in one.
pub(super) fn whole(format: &Intl::DateTimeFormat, at: OffsetDateTime) -> String {
    let written = format.format().call1(&JsValue::UNDEFINED, &js_date(at));
    written.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// Writes a stretch of dates the way the language joins them: `23–29 November 2026`.
pub(super) fn show_range(from: OffsetDateTime, until: OffsetDateTime) -> String {
    let format = zoned(&locales(), Show::Date.options(), "UTC");
    format.format_range(&js_date(from), &js_date(until)).map(String::from).unwrap_or_default()
}

/// What a formatter writes, piece by piece with the kind of each: `year`, `month`, `day`, `literal`…
pub(super) fn parts(format: &Intl::DateTimeFormat, at: OffsetDateTime) -> Vec<(String, String)> {
    let field = |object: &JsValue, key: &str| {
        Reflect::get(object, &JsValue::from_str(key))
            .ok()
            .and_then(|value| value.as_string())
            .unwrap_or_default()
    };
    let pieces = format.format_to_parts(&js_date(at));
    pieces.iter().map(|piece| (field(&piece, "type"), field(&piece, "value"))).collect()
}

/// One of [`parts`], empty where it is missing.
pub(super) fn part(parts: &[(String, String)], name: &str) -> String {
    parts.iter().find(|(kind, _)| kind == name).map(|(_, value)| value.clone()).unwrap_or_default()
}
