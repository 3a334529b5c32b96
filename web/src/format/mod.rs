//! How dates, times, money and names read, by the browser's own `Intl`.
//!
//! The app holds no zone data: instants are shown in a zone by `Intl.DateTimeFormat` and calendar dates are
//! plain dates without a zone.

mod dates;
mod intl;
mod money;
mod names;
mod renamed;
mod zones;

/// Stands between facts in a line. Where the line wraps, the dot stays with what is before it.
pub const DOT: &str = "\u{a0}· ";

pub use contract::date::{iso, parse as parse_date};
pub use dates::{
    around, bare_time, clock, clocks, day_heading, day_short, elsewhere, moment, month_name, month_short,
    month_title, noon, parse_instant, period, plain, time, time_range, today, utc, weekday_letter,
    weekday_long, weekday_short, when,
};
pub use intl::is_zone;
pub use money::{decimal, input_amount, money, parse_amount, parse_decimal, share};
pub use names::{Named, country, currencies, language, languages};
pub use renamed::{of_before, of_today};
pub use zones::{
    ZoneClock, at_wall, browser_zone, differ, instant, now, offset_label, repeats, wall, zone_city,
    zone_label, zone_label_over, zones,
};
