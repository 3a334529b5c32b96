//! The book of all money: append-only double entry. What each event moves is said by [`domain::payment::ledger`].

mod check;
mod record;

pub use check::{CheckFailed, Difference, check};
pub use record::{Entry, record};
