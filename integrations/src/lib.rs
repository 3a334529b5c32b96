//! The outside world: small traits in our vocabulary, and the adapters that keep them.

pub mod mail;
pub mod payments;
pub mod storage;
