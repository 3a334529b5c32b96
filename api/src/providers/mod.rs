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
mod portrait;
mod rules;
mod slug;
mod store;

pub use app::visible;
pub use owned::{Owned, owned_alone, retire};
pub(crate) use rules::settle;
pub use store::Found;

use uuid::Uuid;

/// The path of a provider's portrait.
fn portrait_url(id: Uuid) -> String {
    format!("/api/v1/providers/{id}/portrait")
}
