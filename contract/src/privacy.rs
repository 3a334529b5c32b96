//! What a person may ask of those who keep data about them: to see all of it, and to be forgotten.

use crate::accounts::{SessionSummary, User};
use crate::bookings::{Booking, BookingEvent};
use crate::providers::Provider;
use crate::receipts::Receipt;
use crate::schedules::Schedule;
use crate::services::Service;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// Everything that is held on a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct PersonalData {
    /// When it was put together.
    #[serde(with = "time::serde::rfc3339")]
    pub exported_at: OffsetDateTime,
    /// When the account was made.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    /// The account, with the providers this person acts for.
    pub account: User,
    /// Open sessions, the last seen first.
    pub sessions: Vec<SessionSummary>,
    /// Bookings as a client, by start: those of the account and, once its address is proven, those that name the address.
    pub bookings: Vec<PersonalBooking>,
    /// The receipts of these bookings, oldest first. They are kept as they are when the account is deleted.
    #[serde(default)]
    pub receipts: Vec<Receipt>,
    /// The pages that the person owns.
    pub providers: Vec<PersonalProvider>,
}

/// A page with everything that its owner wrote. Bookings of others with it are theirs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct PersonalProvider {
    /// The profile. `portrait_url` leads to its picture.
    pub profile: Provider,
    /// All services, the archived ones too.
    pub services: Vec<Service>,
    /// The hours, with all dates that had or have hours of their own, all time off, and the notes.
    pub schedule: Schedule,
}

/// A booking and what happened to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct PersonalBooking {
    /// The booking.
    pub booking: Booking,
    /// Its history, oldest first.
    pub history: Vec<BookingEvent>,
}

/// Delete one's own account.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, validator::Validate))]
pub struct DeleteAccount {
    /// The account's password, once more.
    #[cfg_attr(feature = "server", validate(length(min = 1, max = 200)), schema(format = Password))]
    pub password: String,
}
