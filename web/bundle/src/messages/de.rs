//! German.

#[path = "../../../src/messages/de/booking.rs"]
pub mod booking;
#[path = "../../../src/messages/de/common.rs"]
pub mod common;
#[path = "../../../src/messages/de/find.rs"]
pub mod find;
#[path = "../../../src/messages/de/home.rs"]
pub mod home;
#[path = "../../../src/messages/de/provider.rs"]
pub mod provider;

use super::grammar::{capital, count, list};
