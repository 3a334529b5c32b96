//! The geometry of calendars, without a browser: instants to places on the page and back, days across changes of the
//! clocks, lanes for what overlaps. All instants are whole seconds since 1970.

mod axis;
mod clock;
mod hours;
mod lanes;
mod order;
mod span;
#[cfg(test)]
mod tests;

pub use axis::{Axis, Column, Row};
pub use clock::{Clock, at_wall, day_of, day_span, repeats, wall_date};
pub use hours::{is_full, start_near, windows};
pub use lanes::lanes;
pub use order::in_order;
pub use span::{Span, join, step_from};
