//! Looking after bookings that were made.

mod actions;
mod booking;
mod by;
mod events;
mod history;
mod list;
mod lost;
mod mover;
mod refusal;
mod service;

pub use actions::{Actions, Side};
pub use booking::{facts, has_sums, state_note};
pub use by::{ByLink, BySession, hash, key_from, wrong_link};
pub use history::History;
pub use list::MyBookings;
pub use lost::LostLinks;
pub use mover::mover;
pub use refusal::{refused_time, sentence};
