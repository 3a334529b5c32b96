//! What all suites share.

pub mod database;
