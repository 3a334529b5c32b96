//! The server, as the app sees it.
//!
//! [`Api`] needs nobody to be logged in. [`AuthorizedApi`] can only be had from a running session, so a call
//! that needs one does not compile without one. [`BookingKey`] opens one booking, by session or by link.

mod admin;
mod ask;
mod authorized;
mod bookings;
mod call;
mod coupons;
mod days;
mod error;
mod kept;
mod listening;
mod money;
mod page;
mod provider;
mod public;
mod several;

pub use ask::Ask;
pub use authorized::AuthorizedApi;
pub use bookings::{BookingKey, Change, book};
pub(crate) use call::wrote;
pub use error::ApiError;
pub(crate) use kept::forget as forget_answers;
pub use listening::Listening;
pub use public::Api;
pub use several::several;
