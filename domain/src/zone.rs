//! IANA time zones, resolved here and nowhere else, with jiff's bundled copy of the tz database.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use time::{Date, Duration};

use crate::range::Range;

/// Seconds in a day on the UTC line, and on the wall clock of a day without a change of offset.
pub const DAY: i64 = 86_400;

/// A zone of the tz database, such as `Europe/Berlin`. Cloning copies a pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// The name is no zone of the tz database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown time zone")]
pub struct UnknownZone;

/// What the wall clock and the calendar of a zone show at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    /// The calendar day.
    pub date: Date,
    /// Seconds the clock shows since 00:00, below 86,400.
    pub secs_of_day: u32,
    /// What to add to UTC to get the wall time.
    pub offset_seconds: i32,
}

impl Zone {
    /// The zone of that name. Case does not matter; the name comes back as the database writes it.
    ///
    /// # Errors
    /// For whatever is not in the database: POSIX strings, offsets, `local`, and its placeholder `Factory`.
    pub fn parse(name: &str) -> Result<Self, UnknownZone> {
        let zone = TimeZoneDatabase::bundled().get(name).map_err(|_| UnknownZone)?;
        match zone.iana_name() {
            Some(name) if is_place(name) => Ok(Self(zone)),
            _ => Err(UnknownZone),
        }
    }

    /// Every name that [`Zone::parse`] knows, sorted; old names of renamed zones are among them.
    pub fn names() -> impl Iterator<Item = String> {
        let database = TimeZoneDatabase::bundled();
        let mut names: Vec<String> = database.available().map(|name| name.to_string()).collect();
        names.retain(|name| is_place(name));
        names.sort();
        names.into_iter()
    }

    /// The name in the tz database.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The instant at which the clock shows `secs_of_day` on `date`, after RFC 5545: a time that a change of
    /// offset skips moves later by what was skipped, and of a time that occurs twice the earlier instant is
    /// meant. Seconds past 86,400 run on into the days after. Total: at the ends of the calendar the wall time is
    /// read as UTC.
    pub fn to_instant(&self, date: Date, secs_of_day: u32) -> i64 {
        let secs = i64::from(secs_of_day);
        let date = date.saturating_add(Duration::days(secs / DAY));
        let wall = days_since_epoch(date) * DAY + secs % DAY;
        civil_of(date, secs % DAY)
            .and_then(|civil| self.0.to_timestamp(civil).ok())
            .map_or(wall, |instant| instant.as_second())
    }

    /// What the wall clock shows at `instant`. Total: instants outside the calendar read as its nearest end.
    pub fn to_local(&self, instant: i64) -> Local {
        let offset_seconds = self.offset_at(instant);
        let wall = instant.saturating_add(i64::from(offset_seconds));
        Local {
            date: date_of(wall.div_euclid(DAY)),
            secs_of_day: wall.rem_euclid(DAY) as u32,
            offset_seconds,
        }
    }

    /// Whether its clocks show the time of this instant twice, as where they go back.
    pub fn repeats(&self, instant: i64) -> bool {
        let offset = |at| i64::from(self.offset_at(at));
        let shown = |at: i64| at.saturating_add(offset(at));
        let back = offset(instant.saturating_sub(DAY)) - offset(instant.saturating_add(DAY));
        let others = [instant.saturating_sub(back), instant.saturating_add(back)];
        back > 0 && others.into_iter().any(|other| shown(other) == shown(instant))
    }

    /// The zone over `range`, quick to convert in.
    pub(crate) fn calendar(&self, range: Range) -> Calendar<'_> {
        let mut span =
            Span { from: range.start, until: i64::MAX, offset: self.offset_at(range.start).into() };
        let mut spans = Vec::new();
        for change in self.0.following(timestamp(range.start)) {
            let at = change.timestamp().as_second();
            if at >= range.end {
                break;
            }
            spans.push(Span { until: at, ..span });
            span = Span { from: at, offset: change.offset().seconds().into(), ..span };
        }
        spans.push(span);
        Calendar { zone: self, spans, known: range }
    }

    fn offset_at(&self, instant: i64) -> i32 {
        self.0.to_offset(timestamp(instant)).seconds()
    }
}

/// A zone over a stretch of weeks, with the few offsets in force there at hand. It answers as [`Zone`] does; the
/// day of an instant outside the stretch may be off by a change of offset.
#[derive(Debug)]
pub(crate) struct Calendar<'a> {
    zone: &'a Zone,
    known: Range,
    spans: Vec<Span>,
}

/// A stretch of one offset.
#[derive(Clone, Copy, Debug)]
struct Span {
    from: i64,
    until: i64,
    offset: i64,
}

impl Calendar<'_> {
    /// The local day of `instant`, in days since the epoch.
    pub fn day(&self, instant: i64) -> i64 {
        self.day_until(instant).0
    }

    /// The local day of `instant` and the next instant at which the day or the offset changes.
    pub fn day_until(&self, instant: i64) -> (i64, i64) {
        let span = self.spans.iter().find(|span| instant < span.until);
        let (offset, until) = span.map_or((0, i64::MAX), |span| (span.offset, span.until));
        let day = instant.saturating_add(offset).div_euclid(DAY);
        let midnight = (day + 1).saturating_mul(DAY).saturating_sub(offset);
        (day, midnight.min(until))
    }

    /// [`Zone::to_instant`] of a day since the epoch.
    pub fn to_instant(&self, day: i64, secs_of_day: u32) -> i64 {
        let wall = day * DAY + i64::from(secs_of_day);
        // A clock is never two days from UTC. Where the offset holds for two days around, no other can be meant.
        let around = Range::new(wall - 2 * DAY, wall + 2 * DAY);
        let steady = |span: &&Span| span.from <= around.start && around.end <= span.until;
        match self.spans.iter().find(steady) {
            Some(span) if around.end <= self.known.end => wall - span.offset,
            _ => self.zone.to_instant(date_of(day), secs_of_day),
        }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Zone {
    type Err = UnknownZone;

    fn from_str(name: &str) -> Result<Self, UnknownZone> {
        Self::parse(name)
    }
}

/// The database's `Factory` stands for "nobody has set this clock's zone".
fn is_place(name: &str) -> bool {
    name != "Factory"
}

/// Days from 1970-01-01 to `date`.
pub(crate) fn days_since_epoch(date: Date) -> i64 {
    i64::from(date.to_julian_day()) - EPOCH_JULIAN_DAY
}

/// The date that many days after 1970-01-01, or the nearest end of the calendar.
pub(crate) fn date_of(days_since_epoch: i64) -> Date {
    let julian = i32::try_from(days_since_epoch.saturating_add(EPOCH_JULIAN_DAY));
    let end = if days_since_epoch < 0 { Date::MIN } else { Date::MAX };
    julian.ok().and_then(|julian| Date::from_julian_day(julian).ok()).unwrap_or(end)
}

const EPOCH_JULIAN_DAY: i64 = 2_440_588;

fn timestamp(instant: i64) -> Timestamp {
    let end = if instant < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(instant).unwrap_or(end)
}

fn civil_of(date: Date, secs_of_day: i64) -> Option<civil::DateTime> {
    let (year, month, day) = date.to_calendar_date();
    let (year, month, day) = (i16::try_from(year).ok()?, u8::from(month) as i8, day as i8);
    let (hour, minute, second) = (secs_of_day / 3600, secs_of_day / 60 % 60, secs_of_day % 60);
    let time = civil::Time::new(hour as i8, minute as i8, second as i8, 0).ok()?;
    Some(civil::Date::new(year, month, day).ok()?.to_datetime(time))
}
