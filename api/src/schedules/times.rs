//! Hours on the wire and as times of day.

use crate::http::{ApiResult, Faults};
use contract::schedules::{Day, WeeklyWindow, Window};
use std::collections::HashSet;
use time::Time;
use time::format_description::StaticFormatDescription;
use time::macros::format_description;

const CLOCK: StaticFormatDescription = format_description!("[hour]:[minute]");

/// A stretch of work on the wall clock; an end at or before the start is on the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// When it starts.
    pub start: Time,
    /// When it ends.
    pub end: Time,
}

impl Hours {
    /// Seconds of the day at which it starts, and ends: the next day's count on.
    fn seconds(self) -> (u32, u32) {
        let of = |time: Time| (time - Time::MIDNIGHT).whole_seconds().unsigned_abs() as u32;
        let (start, end) = (of(self.start), of(self.end));
        (start, if end > start { end } else { end + DAY })
    }

    /// Both as one, where they overlap or touch and make a day at most.
    fn joined(self, later: Self) -> Option<Self> {
        let ((start, end), (next, last)) = (self.seconds(), later.seconds());
        if next > end || last.max(end) - start > DAY {
            return None;
        }
        Some(if last > end { Self { end: later.end, ..self } } else { self })
    }
}

const DAY: u32 = 86_400;

/// The hours of one day in order, those that overlap or touch as one: what people read is what is worked.
fn join(mut windows: Vec<Hours>) -> Vec<Hours> {
    windows.sort_by_key(|window| window.start);
    let mut joined: Vec<Hours> = Vec::with_capacity(windows.len());
    for window in windows {
        match joined.pop() {
            None => joined.push(window),
            Some(last) => match last.joined(window) {
                Some(both) => joined.push(both),
                None => joined.extend([last, window]),
            },
        }
    }
    joined
}

/// Reads weekly hours.
///
/// # Errors
/// `invalid_fields` with a pointer to each bad time, and to a start that its day has already.
pub fn read_weekly(windows: &[WeeklyWindow]) -> ApiResult<Vec<(Day, Hours)>> {
    let mut reader = Reader::default();
    let list = windows
        .iter()
        .enumerate()
        .filter_map(|(index, window)| {
            let hours =
                reader.read(&format!("/weekly/{index}"), window.day.number(), &window.start, &window.end)?;
            Some((window.day, hours))
        })
        .collect::<Vec<(Day, Hours)>>();
    reader.faults.finish()?;
    let mut days: Vec<(Day, Vec<Hours>)> = Vec::new();
    for (day, hours) in list {
        match days.iter_mut().find(|(known, _)| *known == day) {
            Some((_, windows)) => windows.push(hours),
            None => days.push((day, vec![hours])),
        }
    }
    let of_day = |(day, windows)| join(windows).into_iter().map(move |hours| (day, hours));
    Ok(days.into_iter().flat_map(of_day).collect())
}

/// Reads the hours of one date, which stand at `pointer` in the body, and adds what is wrong with them as [`read_weekly`]
/// does.
pub fn read_windows(faults: &mut Faults, windows: &[Window], pointer: &str) -> Vec<Hours> {
    let mut reader = Reader { faults: std::mem::take(faults), ..Reader::default() };
    let list = windows
        .iter()
        .enumerate()
        .filter_map(|(index, window)| {
            reader.read(&format!("{pointer}/windows/{index}"), 0, &window.start, &window.end)
        })
        .collect();
    *faults = reader.faults;
    join(list)
}

/// Writes a time of day.
pub fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

#[derive(Default)]
struct Reader {
    faults: Faults,
    starts: HashSet<(u8, Time)>,
}

impl Reader {
    fn read(&mut self, pointer: &str, day: u8, start: &str, end: &str) -> Option<Hours> {
        let start = self.time(&format!("{pointer}/start"), start);
        let end = self.time(&format!("{pointer}/end"), end);
        let hours = Hours { start: start?, end: end? };
        let is_new = self.starts.insert((day, hours.start));
        self.faults.unless(
            is_new,
            &format!("{pointer}/start"),
            "repeated",
            "This day has a window with this start already.",
        );
        Some(hours)
    }

    fn time(&mut self, pointer: &str, text: &str) -> Option<Time> {
        let time = Time::parse(text, CLOCK).ok();
        self.faults.unless(
            time.is_some(),
            pointer,
            "time",
            "Write a time of day as HH:MM; midnight is 00:00.",
        );
        time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(day: Day, start: &str, end: &str) -> WeeklyWindow {
        WeeklyWindow { day, start: start.to_owned(), end: end.to_owned() }
    }

    #[test]
    fn good_hours_are_read_as_written() {
        let list =
            read_weekly(&[window(Day::Monday, "09:00", "17:30"), window(Day::Sunday, "22:00", "02:00")])
                .unwrap();
        let written: Vec<_> =
            list.iter().map(|(day, hours)| (*day, clock(hours.start), clock(hours.end))).collect();
        assert_eq!(
            written,
            [(Day::Monday, "09:00".into(), "17:30".into()), (Day::Sunday, "22:00".into(), "02:00".into())]
        );
    }

    #[test]
    fn what_overlaps_or_touches_is_one() {
        let read = |windows: &[(&str, &str)]| {
            let windows: Vec<_> =
                windows.iter().map(|(start, end)| window(Day::Friday, start, end)).collect();
            let list = read_weekly(&windows).unwrap();
            list.iter().map(|(_, hours)| (clock(hours.start), clock(hours.end))).collect::<Vec<_>>()
        };
        let is = |start: &str, end: &str| (start.to_owned(), end.to_owned());
        assert_eq!(read(&[("13:00", "02:00"), ("08:00", "14:00")]), [is("08:00", "02:00")]);
        assert_eq!(
            read(&[("08:00", "12:00"), ("12:00", "18:00"), ("09:00", "10:00")]),
            [is("08:00", "18:00")]
        );
        assert_eq!(read(&[("08:00", "12:00"), ("13:00", "18:00")]).len(), 2);
        assert_eq!(read(&[("00:00", "12:00"), ("12:00", "00:00")]), [is("00:00", "00:00")]);
        assert_eq!(read(&[("08:00", "08:00"), ("09:00", "08:30")]).len(), 2, "a day is the longest");
    }

    #[test]
    fn each_bad_time_is_pointed_at() {
        for bad in ["", "9:00", "24:00", "12:60", "12:00:00", "ab:cd", " 09:00", "+9:00", "09:0٣"] {
            assert!(read_weekly(&[window(Day::Monday, bad, "17:00")]).is_err(), "{bad}");
            let mut faults = Faults::default();
            read_windows(&mut faults, &[Window { start: "09:00".into(), end: bad.into() }], "");
            assert!(faults.finish().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_start_is_given_once_a_day() {
        let twice = [window(Day::Monday, "09:00", "12:00"), window(Day::Monday, "09:00", "17:00")];
        assert!(read_weekly(&twice).is_err());
        let elsewhere = [window(Day::Monday, "09:00", "12:00"), window(Day::Tuesday, "09:00", "12:00")];
        assert!(read_weekly(&elsewhere).is_ok());
    }
}
