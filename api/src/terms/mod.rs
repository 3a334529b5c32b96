//! What is agreed about money, between the wire, the rules and the database. Services, providers and bookings share it.

mod payment;
mod policy;

pub use payment::{check_payment, due, mode_word, not_chargeable, read_mode, steps};
pub use policy::{as_rules, as_wire, check_policy, percent};
