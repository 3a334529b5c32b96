//! A month of a provider's zone.

use crate::db::from_seconds;
use crate::http::calendar::within_calendar;
use crate::http::{ApiError, ApiResult};
use domain::zone::Zone;
use time::{Date, Month, OffsetDateTime};

/// From when to when it lasts; the end is exclusive.
pub type Stretch = (OffsetDateTime, OffsetDateTime);

/// Reads a month such as `2026-11`.
///
/// # Errors
/// A field error at `?month`.
pub fn month(text: &str, zone: &Zone) -> ApiResult<Stretch> {
    let first =
        first_day(text).ok_or_else(|| ApiError::field("?month", "month", "Write the month as YYYY-MM."))?;
    within_calendar(first.year(), "?month")?;
    let following = first.month().next();
    let year = if following == Month::January { first.year() + 1 } else { first.year() };
    let next = Date::from_calendar_date(year, following, 1).map_err(ApiError::internal)?;
    let midnight = |date| from_seconds(zone.to_instant(date, 0));
    Ok((midnight(first), midnight(next)))
}

fn first_day(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-').filter(|(year, month)| (year.len(), month.len()) == (4, 2))?;
    let number = |digits: &str| digits.bytes().all(|c| c.is_ascii_digit()).then(|| digits.parse().ok())?;
    let month = Month::try_from(u8::try_from(number(month)?).ok()?).ok()?;
    Date::from_calendar_date(number(year)?, month, 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_begin_at_midnight_of_the_zone() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let (from, until) = month("2026-10", &berlin).unwrap();
        assert_eq!(from, time::macros::datetime!(2026-09-30 22:00 UTC));
        assert_eq!(until, time::macros::datetime!(2026-10-31 23:00 UTC));
        assert_eq!(month("2026-12", &berlin).unwrap().1, time::macros::datetime!(2026-12-31 23:00 UTC));
        for bad in ["", "2026", "2026-13", "2026-00", "26-01", "2026-1", "+026-01", "1969-12", "2026-11-01"] {
            assert!(month(bad, &berlin).is_err(), "{bad}");
        }
    }
}
