//! Services: what providers offer and how it is booked.

mod app;
pub mod http;
mod rules;
mod store;
