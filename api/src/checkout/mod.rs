//! Paying for a booking: the page, what the processor says about it, and what that means for the booking.

mod events;
pub mod http;
mod open;
mod reconcile;
mod rest;
mod settle;

pub use events::HandleEvent;
pub use reconcile::{ReadAccount, Reconcile};
pub use settle::SettlePayment;
