//! Receipts: issued in the transaction in which money came or went, or when the provider asks. A trigger numbers them.

mod app;
mod changed;
pub mod http;
mod issue;
mod page;
mod store;
mod ticket;
mod words;

pub use app::of_bookings;
pub use changed::changed;
pub use issue::{credited, lost, paid, returned};
