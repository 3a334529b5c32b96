//! What each day of a year is, by what differs from the week.

use crate::format::{clock, wall};
use crate::pages::dashboard::hours::stretch::{DAY, Stretch};
use contract::schedules::{Day, Exception, Schedule, TimeOff, WeeklyWindow, Window};
use std::collections::HashMap;
use std::ops::RangeInclusive;
use time::{Date, Duration, Time};

/// How a date differs from the week.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Mark {
    /// Closed, by a date's own hours.
    pub closed: bool,
    /// Open at other hours.
    pub other: bool,
    /// Away all day.
    pub away: bool,
    /// Away for a part of the day.
    pub partly: bool,
}

/// The dates that differ.
#[derive(Clone, Default, PartialEq)]
pub struct Facts {
    marks: HashMap<Date, Mark>,
    open: [bool; 7],
}

impl Facts {
    /// From the schedule; `zone` is where its dates are meant.
    pub fn of(schedule: &Schedule) -> Self {
        let mut marks: HashMap<Date, Mark> = HashMap::new();
        for exception in &schedule.exceptions {
            let mark = marks.entry(exception.date).or_default();
            mark.closed = exception.windows.is_empty();
            mark.other = !mark.closed;
        }
        for off in &schedule.time_off {
            for (date, whole) in days_off(off, &schedule.time_zone) {
                let mark = marks.entry(date).or_default();
                mark.away |= whole;
                mark.partly |= !whole;
            }
        }
        let open = Day::ALL.map(|day| schedule.weekly.iter().any(|window| window.day == day));
        Self { marks, open }
    }

    /// How a date differs.
    pub fn mark(&self, date: Date) -> Mark {
        self.marks.get(&date).copied().unwrap_or_default()
    }

    /// Whether the week has hours on this day.
    pub fn is_open(&self, date: Date) -> bool {
        self.open[usize::from(date.weekday().number_days_from_monday())]
    }

    /// How many of these dates are closed, have other hours, and are off.
    pub fn count(&self, dates: &RangeInclusive<Date>) -> [usize; 3] {
        let count = |what: fn(&Mark) -> bool| {
            self.marks.iter().filter(|(date, mark)| dates.contains(date) && what(mark)).count()
        };
        [count(|mark| mark.closed), count(|mark| mark.other), count(|mark| mark.away || mark.partly)]
    }
}

/// The dates that time off touches, and whether it takes each as a whole.
fn days_off(off: &TimeOff, zone: &str) -> Vec<(Date, bool)> {
    let (start, end) = (wall(off.start_at, zone), wall(off.end_at, zone));
    let mut dates = Vec::new();
    let mut date = start.date();
    while date.with_time(Time::MIDNIGHT) < end {
        let next = date.saturating_add(Duration::DAY);
        let whole = start <= date.with_time(Time::MIDNIGHT) && next.with_time(Time::MIDNIGHT) <= end;
        dates.push((date, whole));
        if next == date {
            break;
        }
        date = next;
    }
    dates
}

/// Whether time off touches a stretch of dates.
pub fn touches(off: &TimeOff, zone: &str, first: Date, last: Date) -> bool {
    days_off(off, zone).iter().any(|(date, _)| first <= *date && *date <= last)
}

/// The day of the week that a date is.
pub fn weekday(date: Date) -> Day {
    Day::ALL[usize::from(date.weekday().number_days_from_monday())]
}

/// `09:00–12:00, 13:00–17:00`; empty where there are none.
pub fn hours_in_words(windows: &[Window]) -> String {
    let words = windows.iter().map(|window| {
        let read = Stretch::read(&window.start, &window.end);
        let text = crate::messages::year_words();
        match read {
            Some(Stretch { start: 0, end: DAY }) => text.all_day.to_owned(),
            Some(stretch) if stretch.is_overnight() => {
                (text.overnight)(&clock(&window.start), &clock(&window.end))
            }
            _ => format!("{}–{}", clock(&window.start), clock(&window.end)),
        }
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The hours of a weekday, as [`Window`]s.
pub fn week_hours(weekly: &[WeeklyWindow], date: Date) -> Vec<Window> {
    let own = weekly.iter().filter(|window| window.day == weekday(date));
    own.map(|window| Window { start: window.start.clone(), end: window.end.clone() }).collect()
}

/// The exception of a date.
pub fn exception_on(schedule: &Schedule, date: Date) -> Option<&Exception> {
    schedule.exceptions.iter().find(|exception| exception.date == date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn schedule() -> Schedule {
        let window = |day| WeeklyWindow { day, start: "09:00".into(), end: "17:00".into() };
        let exception = |date, windows| Exception { date, windows, note: String::new() };
        let evening = Window { start: "20:00".into(), end: "22:00".into() };
        Schedule {
            time_zone: "UTC".into(),
            weekly: vec![window(Day::Monday), window(Day::Tuesday)],
            exceptions: vec![
                exception(date!(2027 - 07 - 05), Vec::new()),
                exception(date!(2027 - 07 - 07), vec![evening]),
            ],
            time_off: Vec::new(),
            version: 1,
        }
    }

    #[test]
    fn dates_are_marked_by_what_differs() {
        let facts = Facts::of(&schedule());
        assert!(facts.mark(date!(2027 - 07 - 05)).closed);
        assert!(facts.mark(date!(2027 - 07 - 07)).other);
        assert_eq!(facts.mark(date!(2027 - 07 - 06)), Mark::default());
        assert!(facts.is_open(date!(2027 - 07 - 06)) && !facts.is_open(date!(2027 - 07 - 07)));
        assert_eq!(facts.count(&(date!(2027 - 01 - 01)..=date!(2027 - 12 - 31))), [1, 1, 0]);
        assert_eq!(facts.count(&(date!(2026 - 08 - 01)..=date!(2027 - 07 - 04))), [0, 0, 0]);
    }
}
