//! Working hours as instants: the day windows in which a service may start, and how long work goes on there.

use time::Date;

use super::Facts;
use crate::range::Range;
use crate::schedule::DayException;
use crate::zone::{Calendar, DAY, date_of, days_since_epoch};

/// The joined windows of one day. Its start is the origin of its grid.
#[derive(Clone, Copy, Debug)]
pub(super) struct DayWindow {
    /// The provider's day it belongs to, counted from the epoch.
    day: i64,
    /// From its start to its end.
    pub range: Range,
    /// Where work really ends, its own end or that of the windows of other days that carry on from it.
    pub open_until: i64,
}

/// A window ends on the day after its own at the latest, or one more if a date is skipped.
const REACH_DAYS: i64 = 2;

/// Every day window that reaches into `range`, by its start.
pub(super) fn day_windows(facts: &Facts, calendar: &Calendar, range: Range) -> Vec<DayWindow> {
    let first = (calendar.day(range.start) - REACH_DAYS).max(days_since_epoch(Date::MIN));
    let last = (calendar.day(range.end) + 1).min(days_since_epoch(Date::MAX));
    let mut exceptions: Vec<&DayException> = facts.exceptions.iter().collect();
    exceptions.sort_by_key(|exception| exception.date);

    let mut windows = Vec::new();
    for day in first..=last {
        let date = date_of(day);
        let mut open = |start, end| windows.extend(resolve(calendar, day, start, end));
        match on(&exceptions, date) {
            [] => {
                let weekday = date.weekday().number_days_from_sunday();
                facts.weekly.iter().filter(|window| window.day == weekday).for_each(|w| open(w.start, w.end));
            }
            replaced => {
                replaced.iter().flat_map(|exception| &exception.windows).for_each(|&(s, e)| open(s, e));
                clip_earlier(&mut windows, day, calendar.to_instant(day, 0));
            }
        }
    }
    windows.retain(|window| !window.range.is_empty());
    join_days(&mut windows);
    windows.sort_by_key(|window| window.range.start);
    cover(&mut windows);
    windows
}

fn on<'a, 'b>(exceptions: &'b [&'a DayException], date: Date) -> &'b [&'a DayException] {
    let from = exceptions.partition_point(|exception| exception.date < date);
    let rest = &exceptions[from..];
    &rest[..rest.partition_point(|exception| exception.date == date)]
}

/// The window as instants; none where its times are no times of day.
fn resolve(calendar: &Calendar, day: i64, start: u32, end: u32) -> Option<DayWindow> {
    let day_length = DAY as u32;
    if start >= day_length || end >= day_length {
        return None;
    }
    let until = if end > start { end } else { end + day_length };
    let range = Range::new(calendar.to_instant(day, start), calendar.to_instant(day, until));
    Some(DayWindow { day, range, open_until: range.end })
}

/// An exception replaces its whole date, so what runs over from the days before it ends at its midnight.
fn clip_earlier(windows: &mut [DayWindow], day: i64, midnight: i64) {
    for window in windows.iter_mut().rev().take_while(|window| window.day >= day - REACH_DAYS) {
        if window.day < day {
            window.range.end = window.range.end.min(midnight);
        }
    }
}

/// Joins windows of one day that overlap or touch.
fn join_days(windows: &mut Vec<DayWindow>) {
    windows.sort_by_key(|window| (window.day, window.range.start));
    windows.dedup_by(|next, window| {
        let joined = next.day == window.day && next.range.start <= window.range.end;
        if joined {
            window.range.end = window.range.end.max(next.range.end);
        }
        joined
    });
}

/// Finds where the coverage around each window ends: the union of all windows, across midnights.
fn cover(windows: &mut [DayWindow]) {
    let mut rest = windows;
    while let Some(first) = rest.first() {
        let mut open_until = first.range.end;
        let mut run = 0;
        while let Some(window) = rest.get(run)
            && window.range.start <= open_until
        {
            open_until = open_until.max(window.range.end);
            run += 1;
        }
        let (covered, after) = rest.split_at_mut(run);
        covered.iter_mut().for_each(|window| window.open_until = open_until);
        rest = after;
    }
}
