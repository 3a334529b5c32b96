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

pub use access::{Asker, Side};
pub(crate) use app::settling_job;
pub use app::{
    Money, Payable, Person, coming, let_go, lose_payment, note, note_back, of_person, prolong_hold,
    providers_of_person, reach, reach_as_client, reach_payable, read, rest_online, status, take_payment,
    take_rest, withheld,
};
pub use jobs::{CompleteBooking, ExpireRequest};
