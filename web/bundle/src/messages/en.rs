//! English.

#[path = "../../../src/messages/en/booking.rs"]
pub mod booking;
#[path = "../../../src/messages/en/common.rs"]
pub mod common;
#[path = "../../../src/messages/en/find.rs"]
pub mod find;
#[path = "../../../src/messages/en/home.rs"]
pub mod home;
#[path = "../../../src/messages/en/provider.rs"]
pub mod provider;

use super::grammar::{count, list};
