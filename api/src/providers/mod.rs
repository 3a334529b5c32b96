//! Providers: their profiles, the public list, and the places they are at.

mod app;
mod cards;
mod country;
mod error;
mod fold;
mod gazetteer;
pub mod http;
mod listing;
mod owned;
mod photo;
mod portrait;
mod qr;
mod rules;
mod slug;
mod store;

pub use app::{locked, profile, publish, visible};
pub(crate) use country::is_known as is_country;
pub use owned::{Owned, owned_alone, retire};
pub use photo::RemovePhoto;
pub(crate) use rules::settle;
pub use store::{Found, is_suspended, owners, set_suspended};
