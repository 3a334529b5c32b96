//! Bookings: made by customers, guests or the provider for a client.

use crate::payments::BookingMoney;
use crate::services::Location;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;
#[cfg(feature = "server")]
use validator::Validate;

/// Where a booking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum BookingStatus {
    /// Awaits the client's payment or the provider's answer; the slot is kept.
    Pending,
    /// Will take place.
    Confirmed,
    /// Will not take place; the slot is free.
    Cancelled,
    /// Took place.
    Completed,
    /// The client did not come.
    NoShow,
}

/// What a pending booking waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Awaits {
    /// The client's payment.
    Payment,
    /// The provider's answer.
    Approval,
}

/// Who or what ended a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum CancelledBy {
    /// The customer or guest.
    Client,
    /// The provider.
    Provider,
    /// The provider did not accept the request.
    Declined,
    /// Nobody paid or answered in time, or the client's bank let go of the money before it was taken (`money.lost_minor`).
    Expired,
}

/// The person who comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct Client {
    /// How to be called.
    #[serde(deserialize_with = "crate::text::trimmed")]
    #[cfg_attr(feature = "server", validate(length(min = 1, max = 120)))]
    pub name: String,
    /// Where the confirmation goes. Needed unless the provider enters the booking.
    #[serde(default, deserialize_with = "crate::text::filled", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "server",
        validate(custom(function = "crate::text::email_address"), length(max = 254))
    )]
    pub email: Option<String>,
    /// Needed for services by phone.
    #[serde(default, deserialize_with = "crate::text::filled", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "server",
        validate(length(min = 3, max = 40), custom(function = "crate::text::phone_number"))
    )]
    pub phone: Option<String>,
}

/// Book a slot.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct CreateBooking {
    /// What to book.
    pub service_id: Uuid,
    /// One of the listed slots.
    #[serde(with = "time::serde::rfc3339")]
    pub start_at: OffsetDateTime,
    /// Seats wanted. Default 1.
    #[serde(default = "one")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 1000)))]
    pub party_size: u32,
    /// Who comes; a logged-in customer may leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(nested))]
    pub client: Option<Client>,
    /// A word to the provider.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(max = 2000)))]
    pub notes: String,
    /// Where the provider should come to; needed for services at the customer's.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(max = 400)))]
    pub address: String,
    /// A coupon's code. Ask `GET /services/{service_id}/price` beforehand what it takes off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 40)))]
    pub coupon: Option<String>,
    /// IANA zone in which the customer saw the time; the provider's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Language of the mails, a BCP 47 tag. Default `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(min = 2, max = 35)))]
    pub locale: Option<String>,
}

fn one() -> u32 {
    1
}

/// A booking, seen by its client or its provider.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Booking {
    /// Never changes.
    pub id: Uuid,
    /// Where it stands.
    pub status: BookingStatus,
    /// Who ended it, where it is cancelled.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cancelled_by: Option<CancelledBy>,
    /// Why it was cancelled, in somebody's words.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub cancel_reason: String,
    /// Inclusive; with the offset of the client's zone.
    #[serde(with = "time::serde::rfc3339")]
    pub start_at: OffsetDateTime,
    /// Exclusive; with the offset of the client's zone.
    #[serde(with = "time::serde::rfc3339")]
    pub end_at: OffsetDateTime,
    /// The client's zone.
    pub client_time_zone: String,
    /// Who it is with.
    pub provider: BookingProvider,
    /// What was booked, as it was then.
    pub service: BookingService,
    /// Who comes.
    pub client: Client,
    /// The client's word to the provider.
    pub notes: String,
    /// The client's address, for services there.
    pub address: String,
    /// Seats.
    pub party_size: u32,
    /// The whole price as it was when booked, minor units.
    pub price_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// How it is paid, and what a cancellation brings back.
    pub money: BookingMoney,
    /// What it waits for, while pending.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub awaits: Option<Awaits>,
    /// Until when the client may pay, which may be after the start, or the provider may answer, while pending.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none", default)]
    pub expires_at: Option<OffsetDateTime>,
    /// When it was made.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    /// What the asker may do now: `cancel`, `reschedule`, `confirm`, `decline`, `complete`, `no_show`,
    /// `settle`, `unsettle`, `refund`.
    pub actions: Vec<String>,
    /// Also the `ETag`.
    pub version: i32,
    /// Only in the answer to a guest's own booking: send as `X-Manage-Token` to read, move or cancel it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub manage_token: Option<String>,
}

/// The provider of a booking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct BookingProvider {
    /// Never changes.
    pub id: Uuid,
    /// The page's address.
    pub slug: String,
    /// What the provider is called.
    pub name: String,
    /// IANA zone of the provider.
    pub time_zone: String,
    /// Where to go, for services at the provider's: street, city.
    pub address: String,
}

/// The service of a booking, as it was when booked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct BookingService {
    /// Never changes.
    pub id: Uuid,
    /// What it was called.
    pub name: String,
    /// How long it takes.
    pub duration_minutes: u32,
    /// Where it takes place.
    pub location: Location,
    /// The link or further words on the place, once confirmed.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub location_detail: String,
}

/// Cancel or decline.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct Reason {
    /// A word to the other side.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(max = 500)))]
    pub reason: String,
}

/// Move a booking.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct Reschedule {
    /// One of the listed slots; with `end_at`, any time.
    #[serde(with = "time::serde::rfc3339")]
    pub start_at: OffsetDateTime,
    /// Another end, for the provider's members only: 5 minutes to 31 days after the start, in whole minutes. The booking
    /// keeps its length where absent.
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub end_at: Option<OffsetDateTime>,
    /// Another service of the same provider, which takes its own length and price. What was paid too much goes back, what is
    /// missing is paid at the provider's; the cancellation policy stays the one that was agreed. Not together with `end_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<Uuid>,
}

/// Narrow a list of bookings. Sorted by start.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct BookingQuery {
    /// Only these states, separated by commas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Ending after this instant.
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(value_type = Option<String>, format = DateTime))]
    pub from: Option<OffsetDateTime>,
    /// Starting before this instant.
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(value_type = Option<String>, format = DateTime))]
    pub to: Option<OffsetDateTime>,
    /// `coming`: what stands (pending or confirmed) and has not ended. `past`: all the rest, so what was completed, missed or
    /// cancelled as well, also before its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Period>,
    /// Only this service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<Uuid>,
    /// `asc` (default) or `desc`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// The `next_cursor` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many items at most, 1 to 100. Default 20.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 100)))]
    pub limit: Option<u32>,
}

/// Which bookings are still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Period {
    /// What stands and has not ended.
    Coming,
    /// All the rest.
    Past,
}

/// Direction of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Order {
    /// Earliest first.
    #[default]
    Asc,
    /// Latest first.
    Desc,
}

/// Something that happened to a booking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct BookingEvent {
    /// `held`, `requested`, `booked`, `paid`, `authorised`, `confirmed`, `declined`, `moved`, `cancelled`, `expired`,
    /// `revived`, `completed`, `no_show`, `settled`, `unsettled`, `refunded`, `refund_failed` or `disputed`.
    pub kind: String,
    /// `client`, `guest`, `provider` or `system`.
    pub actor: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// What changed: for a move `from` and `to`, `from_end` and `to_end`, and the `message` to the client where there is
    /// one, and where the service changed `from_service` and `to_service`, `from_price_minor` and `to_price_minor`, and
    /// `refund_minor` where money goes back; for a cancellation `reason` and, where something was paid, `refund_minor`, and of
    /// what was only reserved on a card `released_minor` or `charged_minor`; where a booking `expired` because the client's bank let go of the
    /// money before it was taken, how much as `lost_minor`; for a payment `amount_minor`; for a refund `amount_minor` and
    /// `cause`, its `reason` where it has one, and where it goes back by itself what was paid as `paid_minor`; for a dispute `state` (`opened`, `won`, `lost`), `amount_minor` and the
    /// bank's `reason`.
    pub detail: serde_json::Value,
}

/// The history of a booking, oldest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct BookingEvents {
    /// The events.
    pub items: Vec<BookingEvent>,
}
