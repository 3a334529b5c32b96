//! What the engine has to know, and how much of it to load.

use time::Date;

use crate::range::Range;
use crate::schedule::{DayException, WeeklyWindow};
use crate::zone::{DAY, Zone, date_of};

/// All that decides whether a slot is free. [`ServiceRules::needs`] says which rows it must hold; more of them
/// never change an answer. To move a booking, leave its own appointment out of `taken`.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The provider's zone.
    pub zone: Zone,
    /// The present instant.
    pub now: i64,
    /// The provider's weekly hours.
    pub weekly: Vec<WeeklyWindow>,
    /// Dates that differ from them. Two of the same date count together.
    pub exceptions: Vec<DayException>,
    /// Appointments of every service of the provider, unexpired holds included. Order does not matter, but the
    /// sweep is quickest when they come sorted by start.
    pub taken: Vec<Taken>,
    /// Time off and events of the provider's calendars, best sorted as well.
    pub busy: Vec<Range>,
    /// The service to be booked.
    pub service: ServiceRules,
    /// Limits over all services of the provider.
    pub provider_limits: Limits,
}

/// An appointment: a stretch of the provider's time that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// When it starts.
    pub start: i64,
    /// When it ends.
    pub end: i64,
    /// Its start less the buffer before it, as stored.
    pub blocked_from: i64,
    /// Its end and the buffer after it, as stored.
    pub blocked_until: i64,
    /// Whether it is of the service asked for, so that its free seats can be taken.
    pub same_service: bool,
    /// Seats taken.
    pub seats_taken: u32,
    /// Seats in all, as stored.
    pub capacity: u32,
}

impl Facts {
    /// The first instant that keeps the service's notice.
    pub fn earliest(&self) -> i64 {
        self.now.saturating_add(self.service.notice)
    }
}

impl Taken {
    /// From start to end, without buffers.
    pub const fn range(&self) -> Range {
        Range::new(self.start, self.end)
    }

    /// The stretch that no other appointment may enter.
    pub const fn blocked(&self) -> Range {
        Range::new(self.blocked_from, self.blocked_until)
    }
}

/// How a service is booked. Durations are elapsed seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceRules {
    /// How long it takes.
    pub duration: i64,
    /// The distance between starts; the duration where none is set.
    pub step: Option<i64>,
    /// Time kept free before it.
    pub buffer_before: i64,
    /// Time kept free after it.
    pub buffer_after: i64,
    /// Seats of one session.
    pub capacity: u32,
    /// How long ahead it must be booked.
    pub notice: i64,
    /// How many days after today can be booked; 0 is today only.
    pub horizon_days: u32,
    /// Limits on this service alone.
    pub limits: Limits,
}

/// How many appointments may start in a local day or ISO week. Joining a session that stands adds none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// The most in a day.
    pub per_day: Option<u32>,
    /// The most in a week, Monday first.
    pub per_week: Option<u32>,
}

impl Limits {
    /// Whether nothing is limited.
    pub const fn is_none(self) -> bool {
        self.per_day.is_none() && self.per_week.is_none()
    }
}

/// Which facts a query needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    /// Every appointment and busy range of the provider that overlaps this range, blocked ranges included.
    pub rows: Range,
    /// The first date whose exceptions are needed.
    pub first_day: Date,
    /// The last date whose exceptions are needed, inclusive.
    pub last_day: Date,
}

impl ServiceRules {
    /// No duration, step, buffer or notice is longer than this: 366 days.
    pub const LONGEST: i64 = 366 * DAY;

    /// No horizon lies further ahead than this: about ten years.
    pub const FURTHEST: u32 = 3660;

    /// Whether the rules mean anything: duration and step above 0, buffers and notice not below, all within
    /// [`Self::LONGEST`], the horizon within [`Self::FURTHEST`], and at least one seat. The engine offers nothing
    /// for others.
    pub fn is_sound(&self) -> bool {
        let length = 1..=Self::LONGEST;
        let pause = 0..=Self::LONGEST;
        length.contains(&self.duration)
            && length.contains(&self.step())
            && pause.contains(&self.buffer_before)
            && pause.contains(&self.buffer_after)
            && pause.contains(&self.notice)
            && self.horizon_days <= Self::FURTHEST
            && self.capacity > 0
    }

    /// The distance between starts.
    pub fn step(&self) -> i64 {
        self.step.unwrap_or(self.duration)
    }

    /// When a booking ends that starts at `start`.
    pub fn end(&self, start: i64) -> i64 {
        start.saturating_add(self.duration)
    }

    /// The stretch a booking that starts at `start` blocks, buffers included.
    pub fn blocked(&self, start: i64) -> Range {
        let from = start.saturating_sub(self.buffer_before);
        Range::new(from, self.end(start).saturating_add(self.buffer_after))
    }

    /// The instants that can be booked at `now`, a day generous at the end: the range to load facts for and to
    /// search for the next free slot.
    pub fn bookable(&self, now: i64) -> Range {
        let days = i64::from(self.horizon_days) + 2;
        Range::new(now.saturating_add(self.notice), now.saturating_add(days * DAY))
    }

    /// The facts that decide about starts in `starts`. Plain arithmetic, so a query can do it too: rows from
    /// `start − buffer_before` to `end + duration + buffer_after`, eight days wider at both ends where any limit
    /// is set (a week, and a day for the zone); exceptions from three days before to two days after, by UTC date.
    pub fn needs(&self, provider: Limits, starts: Range) -> Needs {
        let margin = if self.limits.is_none() && provider.is_none() { 0 } else { 8 * DAY };
        let (first, last) = (self.blocked(starts.start), self.blocked(starts.end));
        Needs {
            rows: Range::new(first.start.saturating_sub(margin), last.end.saturating_add(margin)),
            first_day: date_of(starts.start.div_euclid(DAY).saturating_sub(3)),
            last_day: date_of(self.end(starts.end).div_euclid(DAY).saturating_add(2)),
        }
    }
}
