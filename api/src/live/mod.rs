//! Live updates: open pages are told what changed, as server-sent events.
//!
//! Whatever changes a provider's time leaves a row in `provider_changes`, written by triggers in the same transaction.
//! One hub in each process reads the new rows, for all streams together: soon after any process hints that it has
//! committed something (`NOTIFY`), and every second in any case, because a hint can be lost.

mod hints;
mod hub;
mod limits;
mod position;
mod store;
mod stream;

pub mod http;

pub use hub::{Live, Pace};
