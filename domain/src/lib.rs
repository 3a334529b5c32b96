//! The rules of booking: pure functions over plain data.
//!
//! Nothing here does I/O, reads a clock or draws a random number, so every answer follows from the arguments
//! and the whole crate compiles to WebAssembly. Instants are `i64` Unix seconds, durations `i64` seconds,
//! intervals half-open. `README.md` states how the open points of the rules are decided.

pub mod booking;
pub mod holidays;
pub mod money;
pub mod payment;
pub mod range;
pub mod schedule;
pub mod slots;
pub mod zone;
