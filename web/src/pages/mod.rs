//! The pages.

pub mod account;
pub mod admin;
pub mod book;
pub mod dashboard;
pub mod gallery;
pub mod home;
pub mod manage;
pub mod pay;
pub mod provider;

use crate::format::browser_zone;
use crate::router::Router;
use crate::session::Session;
use contract::bookings::Booking;
use leptos::prelude::*;
use uuid::Uuid;

/// A part of the address, reactively.
fn param(name: &'static str) -> Memo<String> {
    Router::here().param(name)
}

/// An id in the address; the nil id, which nothing has, where it is none.
fn id_param(name: &'static str) -> Memo<Uuid> {
    let text = param(name);
    Memo::new(move |_| text.with(|id| id.parse().unwrap_or_default()))
}

/// A part of the query, reactively; empty where it is missing.
fn query(name: &'static str) -> Memo<String> {
    Router::here().query(name)
}

/// The zone in which this person wants to see times.
fn viewer_zone() -> String {
    Session::here().user().map_or_else(browser_zone, |user| user.time_zone)
}

/// By whose clock a booking's client reads it: whoever is logged in by their own, a guest by the one that it was booked by.
fn client_zone(booking: &Booking) -> String {
    let user = untrack(|| Session::here().user());
    user.map_or_else(|| booking.client_time_zone.clone(), |user| user.time_zone)
}
