//! Choosing a time: a month of days, the day's times, and the zone they are shown in.

mod months;
mod view;

pub use months::{Months, Times};
pub use view::{Picker, PickerState};
