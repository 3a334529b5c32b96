//! The rules of booking, row by row, and the laws that hold over all of them.
#![allow(clippy::unwrap_used, reason = "a test that cannot state its facts should fail")]

mod any_input;
mod arbitrary;
mod candidates;
mod laws;
mod oracle;
mod support;
mod windows;
mod zones;
