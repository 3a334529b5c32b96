//! Making a booking, and everything that can be done to one.

use super::ask::Ask;
use super::authorized::AuthorizedApi;
use super::call::{Answer, Call};
use super::error::ApiError;
use contract::bookings::{Booking, BookingEvents, Reason, Reschedule};
use contract::payments::{
    CancellationQuote, OpenPayment, PaymentFlow, PendingPayment, ServiceChangeQuery, ServiceChangeQuote,
    Settle,
};
use contract::receipts::Receipts;
use contract::slots::{MoveQuery, SlotList};
use serde::de::DeserializeOwned;
use time::OffsetDateTime;
use uuid::Uuid;

/// Books a slot, as whoever is logged in or as a guest. `body` is a [`CreateBooking`] as it was written down at the first
/// try: the key makes sending just that again harmless.
///
/// [`CreateBooking`]: contract::bookings::CreateBooking
pub async fn book(api: Option<AuthorizedApi>, key: String, body: String) -> Result<Booking, ApiError> {
    let call = Call::post("/bookings").header("Idempotency-Key", key).text(body);
    match api {
        Some(api) => api.send(call).await?.read(),
        None => call.send().await?.read(),
    }
}

/// What opens a booking: a session, or the token of a manage link.
#[derive(Clone)]
pub enum BookingKey {
    /// The person who booked, or a member of the provider.
    Session(AuthorizedApi),
    /// Whoever has the link.
    Link(String),
}

/// Something to do to a booking.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Call it off.
    Cancel(String),
    /// Choose another time.
    Move(OffsetDateTime),
    /// Become one of another service, at this time.
    Become(OffsetDateTime, Uuid),
    /// Take another stretch of time, from one instant to another.
    Retime(OffsetDateTime, OffsetDateTime),
    /// Accept a request.
    Confirm,
    /// Turn a request down.
    Decline(String),
    /// It took place.
    Complete,
    /// Nobody came.
    NoShow,
    /// Note that the rest was paid on site, or take the note back.
    Settle(bool),
}

impl BookingKey {
    async fn send(self, call: Call) -> Result<Answer, ApiError> {
        match self {
            BookingKey::Session(api) => api.send(call).await,
            BookingKey::Link(token) => call.header("X-Manage-Token", token).send().await,
        }
    }

    fn ask<T: DeserializeOwned>(self, call: Call) -> Ask<T> {
        match self {
            BookingKey::Session(api) => Ask::own(api, call),
            BookingKey::Link(token) => Ask::open(call.header("X-Manage-Token", token)),
        }
    }

    /// The booking as it stands.
    pub async fn booking(self, id: Uuid) -> Result<Booking, ApiError> {
        self.send(Call::get(format!("/bookings/{id}"))).await?.read()
    }

    /// The times that it can move to.
    pub fn slots(self, id: Uuid, query: MoveQuery) -> Ask<SlotList> {
        self.ask(Call::get(format!("/bookings/{id}/slots")).query(&query))
    }

    /// What happened to it.
    pub async fn events(self, id: Uuid) -> Result<BookingEvents, ApiError> {
        self.send(Call::get(format!("/bookings/{id}/events"))).await?.read()
    }

    /// Opens its payment, or leads to the one that is open.
    pub async fn open_payment(self, id: Uuid) -> Result<PendingPayment, ApiError> {
        let wish =
            OpenPayment { flow: PaymentFlow::Page, locale: Some(crate::messages::t().language.to_owned()) };
        self.send(Call::post(format!("/bookings/{id}/payment")).json(&wish)).await?.read()
    }

    /// Looks whether it has been paid. Who finds that it was says so ([`super::wrote`]).
    pub async fn refresh_payment(self, id: Uuid) -> Result<Booking, ApiError> {
        self.send(Call::post(format!("/bookings/{id}/payment/refresh")).only_looks()).await?.read()
    }

    /// What calling it off would bring back.
    pub async fn cancellation_quote(self, id: Uuid) -> Result<CancellationQuote, ApiError> {
        self.send(Call::get(format!("/bookings/{id}/cancellation-quote"))).await?.read()
    }

    /// What it would cost as one of another service.
    pub async fn service_change_quote(
        self,
        id: Uuid,
        service_id: Uuid,
    ) -> Result<ServiceChangeQuote, ApiError> {
        let call = Call::get(format!("/bookings/{id}/service-change-quote"));
        self.send(call.query(&ServiceChangeQuery { service_id })).await?.read()
    }

    /// Its receipts, with paths to their pages that are good for a quarter of an hour.
    pub fn receipts(self, id: Uuid) -> Ask<Receipts> {
        self.ask(Call::get(format!("/bookings/{id}/receipts")))
    }

    /// Applies a change to the version of the booking that the person saw.
    pub async fn change(self, id: Uuid, version: i32, change: Change) -> Result<Booking, ApiError> {
        let act = |name: &str| Call::post(format!("/bookings/{id}/{name}")).if_match(version);
        let moved = |start_at, end_at, service_id| {
            act("reschedule").json(&Reschedule { start_at, end_at, service_id })
        };
        let call = match change {
            Change::Cancel(reason) => act("cancel").json(&Reason { reason }),
            Change::Decline(reason) => act("decline").json(&Reason { reason }),
            Change::Move(start_at) => moved(start_at, None, None),
            Change::Become(start_at, service) => moved(start_at, None, Some(service)),
            Change::Retime(start_at, end_at) => moved(start_at, Some(end_at), None),
            Change::Confirm => act("confirm"),
            Change::Complete => act("complete"),
            Change::NoShow => act("no-show"),
            Change::Settle(settled) => act("settle").json(&Settle { settled }),
        };
        self.send(call).await?.read()
    }
}
