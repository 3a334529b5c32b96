//! Bookings: made, moved, answered and ended, never twice for one time.

mod access;
mod app;
mod error;
pub mod http;
mod jobs;
pub mod links;
mod store;
mod view;

pub use app::coming;
pub(crate) use app::settling_job;
pub use jobs::{CompleteBooking, ExpireRequest};
