//! Accounts: who somebody is, the sessions they have open, and the mails that prove an address.

pub mod admin;
mod app;
mod cookie;
mod http;
pub mod jobs;
mod password;
mod rules;
mod secret;
pub mod standing;
mod store;

pub use app::contact::{Contact, contact};
pub use app::leaving::{Held, Leaving, held, leaving, lock as lock_leaving, remove};
pub use http::routes;
pub use password::hash as hash_password;
