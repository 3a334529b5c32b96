//! When a provider works: weekly hours, dated exceptions, time off.

use crate::bookings::Booking;
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use uuid::Uuid;
#[cfg(feature = "server")]
use validator::Validate as _;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[allow(missing_docs)]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Day {
    /// Monday first, as weeks are shown.
    pub const ALL: [Day; 7] =
        [Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday, Day::Saturday, Day::Sunday];

    /// 0 is Sunday, as PostgreSQL counts.
    #[must_use]
    pub const fn number(self) -> u8 {
        (self as u8 + 1) % 7
    }

    /// The day with this number, 0 being Sunday.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Day> {
        match number {
            0 => Some(Day::Sunday),
            1..=6 => Some(Day::ALL[number as usize - 1]),
            _ => None,
        }
    }
}

/// A stretch of working time on one day of the week, as the provider's clock shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct WeeklyWindow {
    /// The day on which it starts.
    pub day: Day,
    /// `HH:MM`.
    #[cfg_attr(feature = "server", schema(example = "09:00"))]
    pub start: String,
    /// `HH:MM`; at or before the start means the next day, so `00:00` is midnight.
    #[cfg_attr(feature = "server", schema(example = "17:00"))]
    pub end: String,
}

/// A stretch of working time on a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Window {
    /// `HH:MM`.
    pub start: String,
    /// `HH:MM`; at or before the start means the next day.
    pub end: String,
}

/// A date whose hours differ from the week's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Exception {
    /// The date in the provider's zone.
    #[cfg_attr(feature = "server", schema(value_type = String, format = Date))]
    #[serde(with = "crate::date")]
    pub date: Date,
    /// The hours of that date; none means closed.
    pub windows: Vec<Window>,
    /// For the provider's own eyes.
    pub note: String,
}

/// When a provider works. `ETag` and `If-Match` cover hours and exceptions together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Schedule {
    /// The zone in which all times are meant.
    pub time_zone: String,
    /// Sorted by day, Monday first, then by start.
    pub weekly: Vec<WeeklyWindow>,
    /// From today on, or from the day asked for, sorted by date.
    pub exceptions: Vec<Exception>,
    /// Current and coming, and what has ended since the day asked for; sorted by start.
    pub time_off: Vec<TimeOff>,
    /// Also the `ETag`.
    pub version: i32,
}

/// How much of a schedule to show.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, validator::Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct ScheduleQuery {
    /// A date in the provider's zone, before today: exceptions and time off since then are listed too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(value_type = Option<String>, format = Date))]
    pub since: Option<Date>,
}

/// Replace the weekly hours.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, validator::Validate))]
pub struct PutWeeklyHours {
    /// All windows of the week, at most 70.
    #[cfg_attr(feature = "server", validate(length(max = 70)))]
    pub weekly: Vec<WeeklyWindow>,
}

/// Set the hours of one date.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, validator::Validate))]
pub struct PutException {
    /// The hours of that date; none means closed.
    #[cfg_attr(feature = "server", validate(length(max = 10)))]
    pub windows: Vec<Window>,
    /// For the provider's own eyes.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(max = 200)))]
    pub note: String,
}

/// Set the hours of several dates at once. Other dates stay as they are.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, validator::Validate))]
pub struct PutExceptions {
    /// The dates, each once.
    #[cfg_attr(feature = "server", validate(length(min = 1, max = 366), nested))]
    pub exceptions: Vec<DatedException>,
}

/// The hours of one of several dates.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, validator::Validate))]
pub struct DatedException {
    /// The date in the provider's zone, from yesterday to five years ahead.
    #[cfg_attr(feature = "server", schema(value_type = String, format = Date))]
    #[serde(with = "crate::date")]
    pub date: Date,
    /// The hours of that date; none means closed.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(max = 10)))]
    pub windows: Vec<Window>,
    /// For the provider's own eyes.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(max = 200)))]
    pub note: String,
}

/// A stretch in which the provider is away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct TimeOff {
    /// Never changes.
    pub id: Uuid,
    /// Inclusive.
    #[serde(with = "time::serde::rfc3339")]
    pub start_at: OffsetDateTime,
    /// Exclusive.
    #[serde(with = "time::serde::rfc3339")]
    pub end_at: OffsetDateTime,
    /// For the provider's own eyes.
    pub note: String,
}

/// Take time off.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, validator::Validate))]
pub struct CreateTimeOff {
    /// Inclusive.
    #[serde(with = "time::serde::rfc3339")]
    pub start_at: OffsetDateTime,
    /// Exclusive; after the start, at most two years later.
    #[serde(with = "time::serde::rfc3339")]
    pub end_at: OffsetDateTime,
    /// For the provider's own eyes.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(max = 200)))]
    pub note: String,
}

/// What a change of hours did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ScheduleChange {
    /// The schedule as it now stands.
    pub schedule: Schedule,
    /// All coming bookings that lie outside the hours by now. They are kept; move or cancel them as you see fit.
    pub stranded: Vec<Booking>,
    /// The ids of those among them that this change left there; the others lay outside before.
    #[serde(default)]
    pub newly_stranded: Vec<Uuid>,
}
