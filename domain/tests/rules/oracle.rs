//! The rules once more, slow and obvious: paint every minute, then look at each. Shares nothing with the engine but
//! its types; zones come straight from the tz database. Facts must keep to whole minutes.

use domain::range::Range;
use domain::slots::{Facts, Owner, Period, Refusal, Slot, Taken};
use jiff::civil::{self, ISOWeekDate};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::support::{DAY, MINUTE};

pub struct Oracle<'a> {
    facts: &'a Facts,
    tz: TimeZone,
    /// The windows of each date, not joined.
    days: Vec<Vec<(i64, i64)>>,
    /// The first minute painted.
    origin: i64,
    working: Vec<bool>,
    taken: Vec<bool>,
    /// The appointments themselves, without buffers.
    served: Vec<bool>,
    busy: Vec<bool>,
}

impl<'a> Oracle<'a> {
    /// Ready for questions about the starts in `starts`.
    pub fn new(facts: &'a Facts, starts: Range) -> Self {
        let service = &facts.service;
        let margin = service.duration + service.buffer_before + service.buffer_after + DAY;
        let origin = starts.start - margin;
        let minutes = ((starts.end + margin - origin) / MINUTE) as usize;
        let tz = TimeZone::get(facts.zone.name()).unwrap();
        let mut oracle = Self {
            facts,
            tz,
            days: Vec::new(),
            origin,
            working: vec![false; minutes],
            taken: vec![false; minutes],
            served: vec![false; minutes],
            busy: vec![false; minutes],
        };
        let (mut day, last) = (oracle.local(origin).date(), oracle.local(starts.end + margin).date());
        day -= 4.days();
        while day <= last + 2.days() {
            let windows = oracle.windows_of(day);
            for &(from, until) in &windows {
                paint(&mut oracle.working, origin, from, until);
            }
            oracle.days.push(windows);
            day += 1.day();
        }
        for taken in &facts.taken {
            paint(&mut oracle.taken, origin, taken.blocked_from, taken.blocked_until);
            paint(&mut oracle.served, origin, taken.start, taken.end);
        }
        for busy in &facts.busy {
            paint(&mut oracle.busy, origin, busy.start, busy.end);
        }
        oracle
    }

    /// The verdict on one start.
    pub fn verdict(&self, start: i64, party: u32) -> Result<Slot, Refusal> {
        let (facts, service) = (self.facts, &self.facts.service);
        let earliest = facts.now + service.notice;
        if start < facts.now {
            return Err(Refusal::Past);
        }
        if start < earliest {
            return Err(Refusal::TooSoon { earliest });
        }
        let last_day = self.local(facts.now).date() + i64::from(service.horizon_days).days();
        if self.local(start).date() > last_day {
            let (year, ordinal) = (last_day.year(), last_day.day_of_year());
            let last_day = time::Date::from_ordinal_date(year.into(), ordinal as u16).unwrap();
            return Err(Refusal::BeyondHorizon { last_day });
        }
        let end = start + service.duration;
        let (blocked_from, blocked_until) = (start - service.buffer_before, end + service.buffer_after);
        if !self.each_minute(&self.working, start, end) {
            return Err(Refusal::OutsideHours);
        }
        if !self.on_grid(start) {
            return Err(Refusal::OffGrid);
        }
        let session = self.session(start);
        if session.is_none() && self.any_minute(&self.taken, blocked_from, blocked_until) {
            let meets = self.any_minute(&self.served, start, end);
            return Err(if meets { Refusal::Taken } else { Refusal::Buffer });
        }
        if self.any_minute(&self.busy, blocked_from, blocked_until) {
            return Err(Refusal::Busy);
        }
        let seats_left = session.unwrap_or(service.capacity);
        if seats_left < party {
            return Err(Refusal::Full { seats_left });
        }
        if session.is_none() {
            self.limits(start)?;
        }
        Ok(Slot { start, seats_left })
    }

    fn local(&self, instant: i64) -> civil::DateTime {
        self.tz.to_datetime(Timestamp::from_second(instant).unwrap())
    }

    /// Wall time to instant, "compatible".
    fn instant(&self, date: civil::Date, secs: u32) -> i64 {
        let clock = date.at((secs / 3600) as i8, (secs / 60 % 60) as i8, (secs % 60) as i8, 0);
        self.tz.to_ambiguous_timestamp(clock).compatible().unwrap().as_second()
    }

    fn is_excepted(&self, date: civil::Date) -> bool {
        self.facts.exceptions.iter().any(|exception| same_day(exception.date, date))
    }

    /// The windows that belong to a date.
    fn windows_of(&self, date: civil::Date) -> Vec<(i64, i64)> {
        let mut clocks = Vec::new();
        if self.is_excepted(date) {
            for exception in self.facts.exceptions.iter().filter(|exception| same_day(exception.date, date)) {
                clocks.extend(exception.windows.iter().copied());
            }
        } else {
            let sunday_first = date.weekday().to_sunday_zero_offset();
            for window in
                self.facts.weekly.iter().filter(|window| i8::try_from(window.day) == Ok(sunday_first))
            {
                clocks.push((window.start, window.end));
            }
        }
        let mut windows = Vec::new();
        for (start, end) in clocks {
            let end_date = if end <= start { date + 1.day() } else { date };
            let mut until = self.instant(end_date, end);
            // Days that speak for themselves are not run into.
            for later in [date + 1.day(), date + 2.days(), date + 3.days()] {
                if self.is_excepted(later) {
                    until = until.min(self.instant(later, 0));
                }
            }
            windows.push((self.instant(date, start), until));
        }
        windows
    }

    /// Whether some date's joined window contains the start a whole number of steps after its own start.
    fn on_grid(&self, start: i64) -> bool {
        let step = self.facts.service.step.unwrap_or(self.facts.service.duration);
        self.days.iter().any(|windows| {
            let inside = |minute: i64| windows.iter().any(|&(from, until)| from <= minute && minute < until);
            let mut first = start;
            while inside(first - MINUTE) {
                first -= MINUTE;
            }
            inside(start) && (start - first) % step == 0
        })
    }

    /// The free seats of the fullest session that could be joined.
    fn session(&self, start: i64) -> Option<u32> {
        let service = &self.facts.service;
        let joins = |taken: &&Taken| {
            taken.same_service
                && taken.start == start
                && taken.end == start + service.duration
                && taken.capacity > 1
                && service.capacity > 1
        };
        let free = |taken: &Taken| taken.capacity.min(service.capacity).saturating_sub(taken.seats_taken);
        self.facts.taken.iter().filter(joins).map(free).min()
    }

    fn limits(&self, start: i64) -> Result<(), Refusal> {
        let day = self.local(start).date();
        let week = |date: civil::Date| -> (i16, i8) {
            let week: ISOWeekDate = date.iso_week_date();
            (week.year(), week.week())
        };
        let owners =
            [(Owner::Service, self.facts.service.limits), (Owner::Provider, self.facts.provider_limits)];
        for (of, limits) in owners {
            let days: Vec<civil::Date> = self
                .facts
                .taken
                .iter()
                .filter(|taken| of == Owner::Provider || taken.same_service)
                .map(|taken| self.local(taken.start).date())
                .collect();
            let today = days.iter().filter(|&&other| other == day).count();
            let this_week = days.iter().filter(|&&other| week(other) == week(day)).count();
            let counts = [(Period::Day, limits.per_day, today), (Period::Week, limits.per_week, this_week)];
            for (per, limit, count) in counts {
                if limit.is_some_and(|limit| count >= limit as usize) {
                    return Err(Refusal::LimitReached { per, of });
                }
            }
        }
        Ok(())
    }

    fn each_minute(&self, painted: &[bool], from: i64, until: i64) -> bool {
        painted[self.index(from)..self.index(until)].iter().all(|&minute| minute)
    }

    fn any_minute(&self, painted: &[bool], from: i64, until: i64) -> bool {
        painted[self.index(from)..self.index(until)].iter().any(|&minute| minute)
    }

    fn index(&self, instant: i64) -> usize {
        usize::try_from((instant - self.origin) / MINUTE).unwrap()
    }
}

fn paint(minutes: &mut [bool], origin: i64, from: i64, until: i64) {
    let end = origin + minutes.len() as i64 * MINUTE;
    let mut minute = from.max(origin);
    while minute < until.min(end) {
        minutes[((minute - origin) / MINUTE) as usize] = true;
        minute += MINUTE;
    }
}

fn same_day(date: time::Date, civil: civil::Date) -> bool {
    let (year, month, day) = date.to_calendar_date();
    (year, u8::from(month) as i8, day as i8) == (civil.year().into(), civil.month(), civil.day())
}
