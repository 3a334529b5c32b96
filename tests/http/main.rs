//! Suites over real HTTP against a real database.

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod bookings;
mod slots;
