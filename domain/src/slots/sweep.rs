//! The sweep: walks every candidate on the grid once, in the order of time, and judges it.

use super::blocks::{Blocks, Seen};
use super::hours::{DayWindow, day_windows};
use super::quota::Quota;
use super::sessions::Sessions;
use super::{Facts, MAX_QUERY_DAYS, Refusal, ServiceRules};
use crate::range::Range;
use crate::zone::{Calendar, DAY, date_of, days_since_epoch};

/// All that decides about starts in one range, made ready to be walked.
pub(super) struct Sweep<'a> {
    facts: &'a Facts,
    party: u32,
    starts: Range,
    calendar: Calendar<'a>,
    /// The last day offered, counted from the epoch.
    last_day: i64,
    windows: Vec<DayWindow>,
    taken: Blocks,
    busy: Blocks,
    sessions: Sessions,
    quotas: Vec<Quota>,
}

/// How far the walk has come along each list.
#[derive(Clone, Copy, Default)]
struct Progress {
    taken: Seen,
    busy: Seen,
    session: usize,
}

/// What decides about a candidate.
#[derive(Clone, Copy)]
struct State {
    /// Its local day, counted from the epoch.
    day: i64,
    /// Free seats of the session that stands there, if one does.
    session: Option<u32>,
    /// Whether an appointment is in the way.
    taken: bool,
    /// Whether a busy range is.
    busy: bool,
}

impl<'a> Sweep<'a> {
    /// A sweep over the starts in `starts`; none where the question makes no sense.
    pub fn new(facts: &'a Facts, starts: Range, party: u32) -> Option<Self> {
        let service = &facts.service;
        // The days of a query are the customer's, and a change of offset can make one of them longer.
        let too_long = starts.end.saturating_sub(starts.start) > (MAX_QUERY_DAYS + 1) * DAY;
        if !service.is_sound() || party == 0 || starts.is_empty() || too_long {
            return None;
        }
        let calendar = facts.zone.calendar(around(service, starts));
        let today = days_since_epoch(facts.zone.to_local(facts.now).date);
        Some(Self {
            party,
            starts,
            last_day: today + i64::from(service.horizon_days),
            windows: day_windows(facts, &calendar, Range::new(starts.start, service.end(starts.end))),
            taken: Blocks::new(facts.taken.iter().map(|taken| taken.blocked()), service, starts),
            busy: Blocks::new(facts.busy.iter().copied(), service, starts),
            sessions: Sessions::new(facts, starts),
            quotas: Quota::all(facts, &calendar, starts),
            calendar,
            facts,
        })
    }

    /// Calls `visit` with each candidate and its seats left, or why it is refused. Starts ascend within a day
    /// window; where day windows overlap, their candidates come one window after the other.
    pub fn run(&self, mut visit: impl FnMut(i64, Result<u32, Refusal>)) {
        let (step, duration) = (self.facts.service.step(), self.facts.service.duration);
        let mut reached = Progress::default();
        for window in &self.windows {
            let from = window.range.start.max(self.starts.start);
            let until = window.range.end.min(self.starts.end).min(window.open_until - duration + 1);
            if from >= until {
                continue;
            }
            // The next window may begin before this one ends: it resumes from here.
            self.state(&mut reached, from);
            let mut progress = reached;
            let missed = (from - window.range.start + step - 1) / step;
            let mut start = window.range.start + missed * step;
            while start < until {
                let (state, lasts) = self.state(&mut progress, start);
                let verdict = self.judge(start, state);
                let lasts = lasts.min(until);
                while start < lasts {
                    visit(start, verdict);
                    start += step;
                }
            }
        }
    }

    /// Whether `start` is neither past nor too soon nor too far ahead.
    pub fn admit_time(&self, start: i64) -> Result<(), Refusal> {
        self.admit(start, self.calendar.day(start))
    }

    fn admit(&self, start: i64, day: i64) -> Result<(), Refusal> {
        let (now, earliest) = (self.facts.now, self.facts.earliest());
        if start < now {
            Err(Refusal::Past)
        } else if start < earliest {
            Err(Refusal::TooSoon { earliest })
        } else if day > self.last_day {
            Err(Refusal::BeyondHorizon { last_day: date_of(self.last_day) })
        } else {
            Ok(())
        }
    }

    /// What holds at `start`, and until when nothing of it changes.
    fn state(&self, progress: &mut Progress, start: i64) -> (State, i64) {
        let (day, midnight) = self.calendar.day_until(start);
        let (session, session_until) = self.sessions.at(&mut progress.session, start);
        let (taken, taken_until) = self.taken.at(&mut progress.taken, start);
        let (busy, busy_until) = self.busy.at(&mut progress.busy, start);
        // Until the notice is kept, every instant is judged by itself.
        let notice_until = if start < self.facts.earliest() { start + 1 } else { i64::MAX };
        let lasts = midnight.min(session_until).min(taken_until).min(busy_until).min(notice_until);
        (State { day, session, taken, busy }, lasts)
    }

    /// Whether the provider works through all of a booking that starts at `start`.
    pub fn works(&self, start: i64) -> bool {
        let end = self.facts.service.end(start);
        self.windows.iter().any(|window| window.range.contains(start) && end <= window.open_until)
    }

    fn judge(&self, start: i64, state: State) -> Result<u32, Refusal> {
        self.admit(start, state.day)?;
        if state.session.is_none() && state.taken {
            return Err(Refusal::Taken);
        }
        if state.busy {
            return Err(Refusal::Busy);
        }
        let seats_left = state.session.unwrap_or(self.facts.service.capacity);
        if self.party > seats_left {
            return Err(Refusal::Full { seats_left });
        }
        if state.session.is_none() {
            self.quotas.iter().try_for_each(|quota| quota.admit(state.day))?;
        }
        Ok(seats_left)
    }
}

/// The stretch in which days are asked for: a week around the starts for the limits, and the windows' days.
fn around(service: &ServiceRules, starts: Range) -> Range {
    let margin = 10 * DAY;
    Range::new(starts.start.saturating_sub(margin), service.end(starts.end).saturating_add(margin))
}
