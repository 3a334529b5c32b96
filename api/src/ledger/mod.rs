//! The book of all money: append-only double entry. What each event moves is said by [`domain::payment::ledger`].

mod app;
mod check;
pub mod http;
mod month;
mod record;
mod store;
mod table;

pub use check::{CheckFailed, Difference, check, summary};
pub use record::{Entry, record};
