//! A provider's working hours: a weekly rule and the dates that differ from it, in wall time of its zone.

use std::collections::HashSet;

use time::Date;

/// Seconds that a wall clock counts in a day.
const SECS_PER_DAY: u32 = 86_400;

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

/// What is wrong with an entry of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum HoursFault {
    /// The day is not 0 to 6.
    #[error("no such day of the week")]
    Day,
    /// The start is not a time of day below 24:00.
    #[error("the start is not a time of day")]
    Start,
    /// The end is not a time of day below 24:00; midnight is 00:00 of the next day.
    #[error("the end is not a time of day")]
    End,
    /// An earlier entry speaks of the same date.
    #[error("the date is given twice")]
    RepeatedDate,
}

/// An entry of a schedule that cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("entry {entry}: {fault}")]
pub struct BadHours {
    /// Its place in the list, from 0.
    pub entry: usize,
    /// The place of the window within an exception; `None` where the entry itself is at fault or is a window.
    pub window: Option<usize>,
    /// What is wrong.
    pub fault: HoursFault,
}

/// Whether weekly hours can be kept. Windows of one day may overlap or repeat: they are joined.
///
/// # Errors
/// Every entry at fault, in order, one fault each.
pub fn check_weekly(windows: &[WeeklyWindow]) -> Result<(), Vec<BadHours>> {
    let faults = windows.iter().enumerate().filter_map(|(entry, window)| {
        let fault = if window.day > 6 { Some(HoursFault::Day) } else { fault_of(window.start, window.end) };
        fault.map(|fault| BadHours { entry, window: None, fault })
    });
    refuse_any(faults.collect())
}

/// Whether dated exceptions can be kept.
///
/// # Errors
/// Every entry and window at fault, in order.
pub fn check_exceptions(exceptions: &[DayException]) -> Result<(), Vec<BadHours>> {
    let mut dates = HashSet::new();
    let mut faults = Vec::new();
    for (entry, exception) in exceptions.iter().enumerate() {
        if !dates.insert(exception.date) {
            faults.push(BadHours { entry, window: None, fault: HoursFault::RepeatedDate });
        }
        for (window, &(start, end)) in exception.windows.iter().enumerate() {
            if let Some(fault) = fault_of(start, end) {
                faults.push(BadHours { entry, window: Some(window), fault });
            }
        }
    }
    refuse_any(faults)
}

fn fault_of(start: u32, end: u32) -> Option<HoursFault> {
    match (start < SECS_PER_DAY, end < SECS_PER_DAY) {
        (false, _) => Some(HoursFault::Start),
        (_, false) => Some(HoursFault::End),
        _ => None,
    }
}

fn refuse_any(faults: Vec<BadHours>) -> Result<(), Vec<BadHours>> {
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}
