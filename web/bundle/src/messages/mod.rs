//! The app's own words, as far as they stand on a page before the program is there: the same files.

#[path = "../../../src/messages/booking.rs"]
mod booking;
#[path = "../../../src/messages/common.rs"]
mod common;
#[path = "../../../src/messages/find.rs"]
mod find;
#[path = "../../../src/messages/grammar.rs"]
mod grammar;
#[path = "../../../src/messages/home.rs"]
mod home;
#[path = "../../../src/messages/provider.rs"]
mod provider;

pub mod de;
pub mod en;

pub use booking::Booking;
pub use common::Common;
pub use find::Find;
pub use home::Home;
pub use provider::Provider;
