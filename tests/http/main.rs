//! Suites over real HTTP against a real database.

#[path = "../concurrency/mod.rs"]
mod concurrency;
#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod bookings;
mod jobs;
mod openapi;
mod slots;
