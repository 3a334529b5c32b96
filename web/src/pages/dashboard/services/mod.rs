//! What the provider offers.

mod edit;
mod fields;
mod list;
mod order;
mod paying;
mod span;

pub use edit::{EditService, NewService};
pub use list::ServiceList;
