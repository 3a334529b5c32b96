//! A provider's working hours: a weekly rule and the dates that differ from it, in wall time of its zone.

use time::Date;

/// A stretch of work that repeats every week. Both times are seconds of the day; an end at or before the start
/// means the next day, so 22:00–02:00 runs past midnight and 00:00–00:00 is the whole day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WeeklyWindow {
    /// The day on which it starts: 0 is Sunday, 6 Saturday, as in PostgreSQL's `dow`.
    pub day: u8,
    /// When it starts, seconds after 00:00, below 86,400.
    pub start: u32,
    /// When it ends, seconds after 00:00, below 86,400.
    pub end: u32,
}

/// A date on which the weekly hours do not hold.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DayException {
    /// The date in the provider's zone.
    pub date: Date,
    /// Start and end of each stretch of work, read as in [`WeeklyWindow`]; none means closed.
    pub windows: Vec<(u32, u32)>,
}
