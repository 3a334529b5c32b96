//! Booking: choose a time, give details, done.

mod booked;
mod details;
mod draft;
mod flow;
mod page;
mod party;
mod place;
mod summary;

pub use booked::BookedPage;
pub use draft::KEPT;
pub use flow::{Flow, For};
pub use page::BookPage;
