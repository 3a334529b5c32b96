//! Bookings: made, moved, answered and ended, never twice for one time.

mod access;
mod app;
pub mod day_http;
mod error;
pub mod http;
mod jobs;
pub mod links;
mod store;
mod view;

pub(crate) use app::settling_job;
pub use app::{Person, coming, let_go, of_person, providers_of_person};
pub use jobs::{CompleteBooking, ExpireRequest};
