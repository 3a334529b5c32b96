//! Accounts, as admins see and change them.

mod app;
pub mod http;
mod store;
