//! Free times.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use uuid::Uuid;
#[cfg(feature = "server")]
use validator::Validate;

/// A time at which a service may start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Slot {
    /// With the UTC offset that holds then in the zone asked for.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "server", schema(example = "2027-03-28T10:00:00+02:00"))]
    pub start_at: OffsetDateTime,
    /// Seats that are free.
    pub seats_left: u32,
}

/// The free times of one local day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SlotDay {
    /// The date in the zone asked for.
    #[cfg_attr(feature = "server", schema(value_type = String, format = Date))]
    #[serde(with = "crate::date")]
    pub date: Date,
    /// In order of time; never empty.
    pub slots: Vec<Slot>,
}

/// The free times of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SlotList {
    /// The zone of the days and offsets below.
    pub time_zone: String,
    /// How long the service takes.
    pub duration_minutes: u32,
    /// Days with at least one free time.
    pub days: Vec<SlotDay>,
    /// Where `days` is empty: the first free time after the range, if there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_free: Option<Slot>,
}

/// Which free times to list.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct SlotQuery {
    /// First day, in `time_zone`.
    #[cfg_attr(feature = "server", param(value_type = String, format = Date))]
    #[serde(with = "crate::date")]
    pub from: Date,
    /// Last day, inclusive; at most 62 days in all.
    #[cfg_attr(feature = "server", param(value_type = String, format = Date))]
    #[serde(with = "crate::date")]
    pub to: Date,
    /// IANA zone of the customer; the provider's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Seats wanted at one start. Default 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 1000)))]
    pub party_size: Option<u32>,
    /// For the provider's own people: what they can book for a client, whatever notice, horizon and limits say. Default false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_client: Option<bool>,
}

/// Which times that a booking can move to, to list.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct MoveQuery {
    /// First day, in `time_zone`.
    #[cfg_attr(feature = "server", param(value_type = String, format = Date))]
    #[serde(with = "crate::date")]
    pub from: Date,
    /// Last day, inclusive; at most 62 days in all.
    #[cfg_attr(feature = "server", param(value_type = String, format = Date))]
    #[serde(with = "crate::date")]
    pub to: Date,
    /// IANA zone of the customer; the provider's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Another service of the provider's that the booking is to become one of: its times are listed then, that which the booking
    /// has among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<Uuid>,
}

/// The next free times of everything a provider offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct NextSlots {
    /// One for each service that is offered, in the provider's order.
    pub items: Vec<ServiceSlots>,
}

/// The next free times of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ServiceSlots {
    /// The service.
    pub service_id: Uuid,
    /// In order of time; empty where nothing is free as far as can be booked.
    pub slots: Vec<Slot>,
}

/// Which next free times to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, validator::Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct NextSlotsQuery {
    /// How many for each service, 1 to 5. Default 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 5)))]
    pub count: Option<u32>,
    /// IANA zone whose offsets to write; the provider's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

/// Which time to explain.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct ExplainQuery {
    /// The start in question: any instant, whether it is a slot or not. A slot's own is its `start_at`.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "server", param(value_type = String, format = DateTime))]
    pub at: OffsetDateTime,
    /// Seats wanted. Default 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 1000)))]
    pub party_size: Option<u32>,
}

/// Why a time is or is not offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Explanation {
    /// The start that was asked about, in the provider's zone.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// Whether it can be booked.
    pub offered: bool,
    /// Why not: `past`, `notice`, `horizon`, `outside_hours`, `off_grid`, `booked`, `buffer`,
    /// `busy_block`, `limit` or `full`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// The same in a sentence.
    pub message: String,
    /// Seats that are free, where it is offered.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seats_left: Option<u32>,
}

/// Lists of instants on the wire.
pub mod instants {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use time::OffsetDateTime;

    #[derive(Serialize, Deserialize)]
    struct Instant(#[serde(with = "time::serde::rfc3339")] OffsetDateTime);

    /// Writes RFC 3339.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(list: &[OffsetDateTime], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(list.iter().map(|at| Instant(*at)))
    }

    /// Reads RFC 3339.
    ///
    /// # Errors
    /// Those of the deserializer.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<OffsetDateTime>, D::Error> {
        Ok(Vec::<Instant>::deserialize(from)?.into_iter().map(|at| at.0).collect())
    }
}
