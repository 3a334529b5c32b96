//! Whether a provider works through stretches of time, prepared once for many of them.

use super::Facts;
use super::hours::day_windows;
use crate::range::Range;
use crate::zone::DAY;

/// When a provider works and is not busy. What is booked does not matter here.
#[derive(Clone, Debug)]
pub struct WorkingTime {
    /// The coverage, across midnights.
    open: Vec<Range>,
    busy: Vec<Range>,
}

impl WorkingTime {
    /// The working time of the facts, for stretches within `range`.
    pub fn new(facts: &Facts, range: Range) -> Self {
        let margin = 3 * DAY;
        let known = Range::new(range.start.saturating_sub(margin), range.end.saturating_add(margin));
        let calendar = facts.zone.calendar(known);
        let windows = day_windows(facts, &calendar, range);
        let open = windows.iter().map(|window| Range::new(window.range.start, window.open_until));
        let busy = facts.busy.iter().copied().filter(|busy| !busy.is_empty());
        Self { open: union(open.collect()), busy: union(busy.collect()) }
    }

    /// Whether the provider works through all of `wanted`, which is not empty.
    pub fn covers(&self, wanted: Range) -> bool {
        let until = |ranges: &[Range], instant: i64| {
            let begun = ranges.partition_point(|range| range.start <= instant);
            begun.checked_sub(1).map_or(i64::MIN, |last| ranges[last].end)
        };
        wanted.end <= until(&self.open, wanted.start)
            && until(&self.busy, wanted.end.saturating_sub(1)) <= wanted.start
    }
}

/// The same instants as ranges that neither overlap nor touch, in order.
fn union(mut ranges: Vec<Range>) -> Vec<Range> {
    ranges.sort_unstable();
    ranges.dedup_by(|next, range| {
        let joined = next.start <= range.end;
        if joined {
            range.end = range.end.max(next.end);
        }
        joined
    });
    ranges
}
