//! Dates on the wire: `2026-11-22`.
//!
//! The general parser of the `time` crate weighs twelve kilobytes in the app for the same.

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer, Serializer};
use time::{Date, Month};

/// `2026-11-22`.
#[must_use]
pub fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

/// Reads `2026-11-22`: four digits, two and two.
#[must_use]
pub fn parse(text: &str) -> Option<Date> {
    let digits = |from: usize, to: usize| {
        let part = text.get(from..to)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u16>().ok()).flatten()
    };
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let month = Month::try_from(u8::try_from(digits(5, 7)?).ok()?).ok()?;
    Date::from_calendar_date(digits(0, 4)?.into(), month, u8::try_from(digits(8, 10)?).ok()?).ok()
}

/// Writes [`iso`].
///
/// # Errors
/// Those of the serializer.
pub fn serialize<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&iso(*date))
}

/// Reads what [`parse`] does.
///
/// # Errors
/// Those of a string, and when it is no date.
pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    read(&String::deserialize(from)?)
}

fn read<E: Error>(text: &str) -> Result<Date, E> {
    parse(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &"a date such as 2026-11-22"))
}

/// Dates that may be absent.
pub mod option {
    use super::{Date, Deserialize, Deserializer, Serializer, iso, read};

    /// Writes [`iso`].
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(date: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
        match date {
            Some(date) => to.serialize_some(&iso(*date)),
            None => to.serialize_none(),
        }
    }

    /// Reads what [`parse`](super::parse) does.
    ///
    /// # Errors
    /// Those of a string, and when it is no date.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
        Option::<String>::deserialize(from)?.map(|text| read(&text)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_in_one_way() {
        let date = Date::from_calendar_date(2028, Month::February, 29).unwrap();
        assert_eq!(parse(&iso(date)), Some(date));
        for text in [
            "",
            "2027-02-29",
            "2026-13-01",
            "2026-1-01",
            "26-01-01",
            "2026-01-01T",
            "+026-01-01",
            "2026-01-+1",
            "２026-01-1",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
