//! Services: what providers offer and how it is booked.

mod app;
pub mod http;
mod rules;
mod store;

pub use app::everything;
pub use store::{advance, blank};
