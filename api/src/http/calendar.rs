//! Dates and zones as they stand in requests.

use super::problem::{ApiError, ApiResult};
use domain::zone::Zone;
use time::Date;
use time::macros::format_description;

/// Refuses years that no booking is made in and that the database may not know.
///
/// # Errors
/// A field error at the pointer.
pub fn within_calendar(year: i32, pointer: &str) -> ApiResult<()> {
    if (1970..2200).contains(&year) {
        return Ok(());
    }
    Err(ApiError::field(pointer, "range", "The year must be 1970 to 2199."))
}

/// Reads the name of a zone.
///
/// # Errors
/// A field error at the pointer.
pub fn zone(name: &str, pointer: &str) -> ApiResult<Zone> {
    Zone::parse(name).map_err(|_| ApiError::field(pointer, "time_zone", "This is not an IANA time zone."))
}

/// Reads a date in the path.
///
/// # Errors
/// A field error at `/date`.
pub fn date(text: &str) -> ApiResult<Date> {
    // The parser takes a sign as well.
    let digits = Some(text).filter(|text| text.starts_with(|first: char| first.is_ascii_digit()));
    let date = digits.and_then(|text| Date::parse(text, format_description!("[year]-[month]-[day]")).ok());
    let date = date.ok_or_else(|| ApiError::field("/date", "date", "Write the date as YYYY-MM-DD."))?;
    within_calendar(date.year(), "/date")?;
    Ok(date)
}
