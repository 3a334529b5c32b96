//! Schedules: weekly hours, dated exceptions, time off.

mod app;
pub mod http;
mod store;
mod times;

pub use app::{close, everything};
pub use store::blank;
