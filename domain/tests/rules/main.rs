//! The rules of booking, row by row, and the laws that hold over all of them.
#![allow(clippy::unwrap_used, reason = "a test that cannot state its facts should fail")]

mod any_input;
mod arbitrary;
mod booking;
mod candidates;
mod fit;
mod holidays;
mod laws;
mod ledger;

mod money;
mod oracle;
mod payment;
mod support;
mod windows;
mod zones;
