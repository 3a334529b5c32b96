//! A provider's whole day: what is booked on it, called off or moved at once.

use crate::bookings::Booking;
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;
#[cfg(feature = "server")]
use validator::Validate;

/// Which bookings of the day.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct DayQuery {
    /// Only this service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<Uuid>,
    /// Only those that start at this time of day or later: `HH:MM` in the provider's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Only those that start before this time of day; `00:00` is the end of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// What of a day can be called off or moved: its bookings that stand and have not begun.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema), schema(as = BookedDay))]
pub struct Day {
    /// The date in the provider's zone.
    #[cfg_attr(feature = "server", schema(value_type = String, format = Date))]
    #[serde(with = "crate::date")]
    pub date: Date,
    /// IANA zone of the provider.
    pub time_zone: String,
    /// By start. A booking belongs to the day on which it starts.
    pub bookings: Vec<Booking>,
    /// How many people they are of.
    pub clients: u32,
    /// How many of the bookings have no address to write to.
    pub without_email: u32,
}

/// Call off what is booked on a day.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct CancelDay {
    /// A word to the clients.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(max = 500)))]
    pub reason: String,
    /// Only this service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<Uuid>,
    /// Only those that start at this time of day or later: `HH:MM` in the provider's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Only those that start before this time of day; `00:00` is the end of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// The bookings that whoever asks has looked at: where others are meant by now, nothing is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 1000)))]
    pub seen_ids: Option<Vec<Uuid>>,
    /// Take no more bookings that day: the date is closed. For the whole day only.
    #[serde(default)]
    pub close: bool,
    /// Only tell what would be done.
    #[serde(default)]
    pub dry_run: bool,
}

/// Move what is booked on a day. Exactly one of `to_date`, `by_days` and `by_minutes` says where to.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct MoveDay {
    /// To the same times of another date.
    #[serde(default, with = "crate::date::option", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<String>, format = Date))]
    pub to_date: Option<Date>,
    /// To the same times that many days later, or earlier where negative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = -366, max = 366)))]
    pub by_days: Option<i32>,
    /// That many minutes later, or earlier where negative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = -1440, max = 1440)))]
    pub by_minutes: Option<i32>,
    /// A word to the clients.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(max = 500)))]
    pub message: String,
    /// Only this service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<Uuid>,
    /// Only those that start at this time of day or later: `HH:MM` in the provider's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Only those that start before this time of day; `00:00` is the end of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Only these bookings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 1000)))]
    pub booking_ids: Option<Vec<Uuid>>,
    /// The bookings that whoever asks has looked at: where others are meant by now, nothing is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 1000)))]
    pub seen_ids: Option<Vec<Uuid>>,
    /// Move those that fit and keep the rest, instead of all or none.
    #[serde(default)]
    pub fitting_only: bool,
    /// Take no more bookings on the old date: it is closed. For the whole day and another date only.
    #[serde(default)]
    pub close: bool,
    /// Only tell what would be done.
    #[serde(default)]
    pub dry_run: bool,
}

/// What was done, or with `dry_run` would be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct DayChange {
    /// The date that was changed.
    #[cfg_attr(feature = "server", schema(value_type = String, format = Date))]
    #[serde(with = "crate::date")]
    pub date: Date,
    /// The bookings that were called off or moved, as they now stand, by start.
    pub changed: Vec<Booking>,
    /// Those that did not fit and stay as they are.
    pub kept: Vec<Kept>,
    /// Where the date is closed: bookings that the provider no longer works through from now to their end, such as those that
    /// have begun, and stays of several days. They stand as they are.
    pub stranded: Vec<Booking>,
    /// How many people the changed bookings are of.
    pub clients: u32,
    /// How many of the changed bookings have no address to write to.
    pub without_email: u32,
    /// Whether the date was closed.
    pub closed: bool,
    /// Whether this is only what would be done.
    pub dry_run: bool,
}

/// A booking that does not fit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Kept {
    /// As it stands.
    pub booking: Booking,
    /// Why, in the same words as `slots/explain`, or `shared` for a part of a group session.
    pub reason: String,
    /// Why, for people.
    pub message: String,
}
