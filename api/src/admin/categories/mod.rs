//! Categories, as admins keep them.

mod app;
pub mod http;
mod rules;
mod store;
