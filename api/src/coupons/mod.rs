//! Coupons: made by providers, used in bookings.

mod app;
pub mod http;
mod store;

pub use app::{discount, redeem};
