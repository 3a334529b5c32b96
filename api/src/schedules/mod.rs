//! Schedules: weekly hours, dated exceptions, time off, and what a change of them strands.

mod app;
pub mod http;
mod store;
mod stranded;
mod times;
