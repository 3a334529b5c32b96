use super::Span;
use time::{Date, Duration, PrimitiveDateTime, Time};

const DAY: i64 = 86_400;

/// The clocks of one zone.
pub trait Clock {
    /// What they show at an instant.
    fn wall(&self, at: i64) -> PrimitiveDateTime;
}

/// A wall time on the line of UTC.
fn flat(wall: PrimitiveDateTime) -> i64 {
    wall.assume_utc().unix_timestamp()
}

/// Seconds that the clocks are ahead of UTC.
pub(super) fn offset(clock: &impl Clock, at: i64) -> i64 {
    flat(clock.wall(at)) - at
}

/// The date at an instant.
pub fn wall_date(clock: &impl Clock, at: i64) -> Date {
    clock.wall(at).date()
}

/// The instant at which the clocks show a wall time. Twice-shown times mean the earlier instant; skipped ones move
/// later by the gap, as the server reads them.
pub fn at_wall(clock: &impl Clock, wanted: PrimitiveDateTime) -> i64 {
    let as_utc = flat(wanted);
    let before = as_utc - offset(clock, as_utc - DAY);
    let after = as_utc - offset(clock, as_utc + DAY);
    match (clock.wall(before) == wanted, clock.wall(after) == wanted) {
        (true, true) => before.min(after),
        (false, true) => after,
        (true, false) | (false, false) => before,
    }
}

/// Whether the clocks show the time of this instant twice, as where they go back.
pub fn repeats(clock: &impl Clock, at: i64) -> bool {
    let back = offset(clock, at - DAY) - offset(clock, at + DAY);
    back > 0 && [at - back, at + back].into_iter().any(|other| clock.wall(other) == clock.wall(at))
}

/// A day from its first instant to the next one's. A day that a zone left out, as Apia did in 2011, is empty.
pub fn day_span(clock: &impl Clock, date: Date) -> Span {
    let start = |date: Date| at_wall(clock, date.with_time(Time::MIDNIGHT));
    Span::new(start(date), date.next_day().map_or(i64::MAX, start))
}

/// The same wall time some days on.
pub fn day_of(clock: &impl Clock, at: i64, days: i64) -> i64 {
    let wall = clock.wall(at);
    wall.checked_add(Duration::days(days)).map_or(at, |wall| at_wall(clock, wall))
}
