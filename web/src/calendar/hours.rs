use super::clock::{Clock, at_wall, day_span};
use super::{Span, join};
use contract::schedules::{Day, Schedule};
use time::{Date, Time};

/// When the provider works on a day, what runs over from the day before included, as the server reads the schedule.
pub fn windows(schedule: &Schedule, clock: &impl Clock, date: Date) -> Vec<Span> {
    let day = day_span(clock, date);
    let mut windows = beginning_on(schedule, clock, date);
    // An exception ends the night before it.
    if !schedule.exceptions.iter().any(|exception| exception.date == date) {
        windows
            .extend(date.previous_day().into_iter().flat_map(|before| beginning_on(schedule, clock, before)));
    }
    join(windows.iter().filter_map(|window| window.and(day)).collect())
}

fn beginning_on(schedule: &Schedule, clock: &impl Clock, date: Date) -> Vec<Span> {
    let day = Day::from_number(date.weekday().number_days_from_sunday());
    let exception = schedule.exceptions.iter().find(|exception| exception.date == date);
    let named: Vec<(&str, &str)> = match exception {
        Some(exception) => {
            exception.windows.iter().map(|window| (window.start.as_str(), window.end.as_str())).collect()
        }
        None => schedule
            .weekly
            .iter()
            .filter(|window| Some(window.day) == day)
            .map(|window| (window.start.as_str(), window.end.as_str()))
            .collect(),
    };
    let window = |(start, end): (&str, &str)| {
        let (start, end) = (clock_time(start)?, clock_time(end)?);
        let last = if end <= start { date.next_day()? } else { date };
        Some(Span::new(at_wall(clock, date.with_time(start)), at_wall(clock, last.with_time(end))))
    };
    named.into_iter().filter_map(window).collect()
}

/// `HH:MM`.
fn clock_time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    Time::from_hms(hour.parse().ok()?, minute.parse().ok()?, 0).ok()
}

/// Whether nothing of this length fits any more between what is taken. A day without hours is not full but closed.
pub fn is_full(windows: &[Span], taken: Vec<Span>, shortest: i64) -> bool {
    let taken = join(taken);
    let room = |window: &Span| {
        let mut from = window.from;
        for taken in taken.iter().filter(|taken| taken.and(*window).is_some()) {
            if taken.from - from >= shortest {
                return true;
            }
            from = from.max(taken.until);
        }
        window.until - from >= shortest
    };
    !windows.is_empty() && !windows.iter().any(room)
}

/// The start nearest to a wanted instant, not after it where possible, on a grid that begins with the hours.
pub fn start_near(windows: &[Span], step: i64, length: i64, wanted: i64) -> Option<i64> {
    let window = windows.iter().find(|window| window.from <= wanted && wanted < window.until)?;
    let last = (window.len() - length).div_euclid(step.max(1));
    let place = (wanted - window.from).div_euclid(step.max(1));
    (last >= 0).then(|| window.from + place.min(last) * step)
}
