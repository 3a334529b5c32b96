//! The wire of the Appointed API: request and response types, problem codes and paging.
//!
//! The server derives OpenAPI schemas and validation from these types (feature `server`); the app and
//! other Rust clients use them as they are. Instants are RFC 3339 with an offset, durations are whole
//! minutes, money is in minor units of an ISO 4217 currency.

pub mod accounts;
pub mod admin;
pub mod bookings;
pub mod coupons;
pub mod date;
pub mod days;
pub mod holidays;
pub mod ledger;
pub mod live;
pub mod page;
pub mod pages;
pub mod patch;
pub mod payments;
pub mod payouts;
pub mod photos;
pub mod privacy;
pub mod problem;
pub mod providers;
pub mod receipts;
pub mod schedules;
pub mod services;
pub mod slots;
pub mod text;
