//! The sweep: walks every candidate on the grid once, in the order of time, and judges it.

use super::blocks::{Blocks, Seen};
use super::hours::{DayWindow, day_windows};
use super::quota::Quota;
use super::{Facts, MAX_QUERY_DAYS, Refusal, Slot};
use crate::range::Range;
use crate::zone::{Calendar, DAY, date_of, days_since_epoch};

/// All that decides about starts in one range, made ready to be walked.
pub(super) struct Sweep<'a> {
    facts: &'a Facts,
    party: u32,
    starts: Range,
    calendar: Calendar,
    /// The last day offered, counted from the epoch.
    last_day: i64,
    windows: Vec<DayWindow>,
    taken: Blocks,
    busy: Blocks,
    /// Start and free seats of the sessions a party could join, by start.
    sessions: Vec<Slot>,
    quotas: Vec<Quota>,
}

/// How far the walk has come along each list.
#[derive(Clone, Copy, Default)]
struct Progress {
    taken: Seen,
    busy: Seen,
    session: usize,
}

impl<'a> Sweep<'a> {
    /// A sweep over the starts in `starts`; none where the question makes no sense.
    pub fn new(facts: &'a Facts, starts: Range, party: u32) -> Option<Self> {
        let service = &facts.service;
        // The days of a query are the customer's, and a change of offset can make the last one longer.
        let longest = (MAX_QUERY_DAYS + 1) * DAY;
        if !service.is_sound()
            || party == 0
            || starts.is_empty()
            || starts.end.saturating_sub(starts.start) > longest
        {
            return None;
        }
        let calendar = facts.zone.calendar(service.needs(facts.provider_limits, starts).rows);
        let today = days_since_epoch(facts.zone.to_local(facts.now).date);
        Some(Self {
            party,
            starts,
            last_day: today + i64::from(service.horizon_days),
            windows: day_windows(facts, starts),
            taken: Blocks::new(facts.taken.iter().map(|taken| taken.blocked()), service, starts),
            busy: Blocks::new(facts.busy.iter().copied(), service, starts),
            sessions: sessions(facts, starts),
            quotas: Quota::all(facts, &calendar, starts),
            calendar,
            facts,
        })
    }

    /// Calls `visit` with each candidate and the verdict on it. Starts ascend within a day window; where day
    /// windows overlap, their candidates come one window after the other.
    pub fn run(&self, mut visit: impl FnMut(i64, Result<Slot, Refusal>)) {
        let (step, duration) = (self.facts.service.step(), self.facts.service.duration);
        let mut reached = Progress::default();
        for window in &self.windows {
            let from = window.range.start.max(self.starts.start);
            let until = window.range.end.min(self.starts.end).min(window.open_until - duration + 1);
            if from >= until {
                continue;
            }
            // The next window may begin before this one ends: it resumes from here.
            self.pass(&mut reached, from);
            let mut progress = reached;
            let missed = (from - window.range.start + step - 1) / step;
            let mut start = window.range.start + missed * step;
            while start < until {
                visit(start, self.judge(&mut progress, start));
                start += step;
            }
        }
    }

    /// Whether `start` is neither past nor too soon nor too far ahead.
    pub fn admit_time(&self, start: i64) -> Result<(), Refusal> {
        let (now, earliest) = (self.facts.now, self.facts.earliest());
        if start < now {
            Err(Refusal::Past)
        } else if start < earliest {
            Err(Refusal::TooSoon { earliest })
        } else if self.calendar.day(start) > self.last_day {
            Err(Refusal::BeyondHorizon { last_day: date_of(self.last_day) })
        } else {
            Ok(())
        }
    }

    /// Whether the provider works through all of a booking that starts at `start`.
    pub fn works(&self, start: i64) -> bool {
        let end = self.facts.service.end(start);
        self.windows.iter().any(|window| window.range.contains(start) && end <= window.open_until)
    }

    fn judge(&self, progress: &mut Progress, start: i64) -> Result<Slot, Refusal> {
        self.admit_time(start)?;
        let session = self.session(progress, start);
        if session.is_none() && self.taken.rule_out(&mut progress.taken, start) {
            return Err(Refusal::Taken);
        }
        if self.busy.rule_out(&mut progress.busy, start) {
            return Err(Refusal::Busy);
        }
        let seats_left = session.map_or(self.facts.service.capacity, |session| session.seats_left);
        if self.party > seats_left {
            return Err(Refusal::Full { seats_left });
        }
        if session.is_none() && !self.quotas.is_empty() {
            let day = self.calendar.day(start);
            self.quotas.iter().try_for_each(|quota| quota.admit(day))?;
        }
        Ok(Slot { start, seats_left })
    }

    /// The session of this service that stands at `start`.
    fn session(&self, progress: &mut Progress, start: i64) -> Option<&Slot> {
        while self.sessions.get(progress.session).is_some_and(|session| session.start < start) {
            progress.session += 1;
        }
        self.sessions.get(progress.session).filter(|session| session.start == start)
    }

    /// Moves on to `start` without judging it.
    fn pass(&self, progress: &mut Progress, start: i64) {
        self.session(progress, start);
        self.taken.rule_out(&mut progress.taken, start);
        self.busy.rule_out(&mut progress.busy, start);
    }
}

/// The sessions among the appointments: of this service and its length, with room for more than one. A session
/// has the seats it was made with, or fewer where the service has fewer now.
fn sessions(facts: &Facts, starts: Range) -> Vec<Slot> {
    let service = &facts.service;
    let mut sessions: Vec<Slot> = facts
        .taken
        .iter()
        .filter(|taken| taken.same_service && taken.end == service.end(taken.start))
        .filter(|taken| starts.contains(taken.start))
        .map(|taken| (taken, taken.capacity.min(service.capacity)))
        .filter(|&(_, seats)| seats > 1)
        .map(|(taken, seats)| Slot {
            start: taken.start,
            seats_left: seats.saturating_sub(taken.seats_taken),
        })
        .collect();
    sessions.sort_by_key(|session| (session.start, session.seats_left));
    sessions
}
