//! Limits on how many appointments start in a day or week of the provider's calendar.

use super::{Facts, Owner, Period, Refusal};
use crate::range::Range;
use crate::zone::Calendar;

/// One limit, with what counts against it in every period the query touches.
pub(super) struct Quota {
    of: Owner,
    per: Period,
    limit: u32,
    /// The period that the first count is of.
    first: i64,
    counts: Vec<u32>,
}

impl Quota {
    /// Every limit that holds for starts in `starts`.
    pub fn all(facts: &Facts, calendar: &Calendar, starts: Range) -> Vec<Self> {
        let limits = [(Owner::Service, facts.service.limits), (Owner::Provider, facts.provider_limits)];
        limits
            .into_iter()
            .flat_map(|(of, limits)| {
                let limits = [(Period::Day, limits.per_day), (Period::Week, limits.per_week)];
                limits.into_iter().filter_map(move |(per, limit)| Some((of, per, limit?)))
            })
            .map(|(of, per, limit)| {
                // Where a clock is set back across midnight the date steps back too: a day to spare.
                let first = index(per, calendar.day(starts.start) - 1);
                let last = index(per, calendar.day(starts.end) + 1);
                let mut counts = vec![0; (last - first + 1) as usize];
                for taken in facts.taken.iter().filter(|taken| of == Owner::Provider || taken.same_service) {
                    let period = index(per, calendar.day(taken.start));
                    if let Some(count) =
                        usize::try_from(period - first).ok().and_then(|at| counts.get_mut(at))
                    {
                        *count += 1;
                    }
                }
                Self { of, per, limit, first, counts }
            })
            .collect()
    }

    /// Whether another appointment may start on `day`, counted from the epoch.
    pub fn admit(&self, day: i64) -> Result<(), Refusal> {
        let count =
            usize::try_from(index(self.per, day) - self.first).ok().and_then(|at| self.counts.get(at));
        match count {
            Some(&count) if count < self.limit => Ok(()),
            _ => Err(Refusal::LimitReached { per: self.per, of: self.of }),
        }
    }
}

/// The number of the period in which a day lies. The epoch was a Thursday, three days after its Monday.
fn index(per: Period, day: i64) -> i64 {
    match per {
        Period::Day => day,
        Period::Week => (day + 3).div_euclid(7),
    }
}
