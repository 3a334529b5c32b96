//! Cancellation policies: how much of what was paid comes back, by how long before the start the client cancels.

use serde::{Deserialize, Serialize};

use crate::booking::Party;

const HOUR: i64 = 3600;
/// How many steps a ladder of one's own may have.
pub const MOST_STEPS: usize = 6;
/// How far before the start a step may lie, in hours: a year.
pub const MOST_HOURS: u32 = 365 * 24;

/// A cancellation policy. It binds the client alone: where the provider cancels or declines, or a request lapses,
/// everything comes back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Policy {
    /// Everything until 24 hours before, then nothing.
    #[default]
    Flexible,
    /// Everything until 5 days before, half until 24 hours before, then nothing.
    Moderate,
    /// Half until 14 days before, then nothing.
    Strict,
    /// A ladder of one's own.
    Custom {
        /// Farthest from the start first.
        steps: Vec<Step>,
    },
}

/// A step of a ladder: what comes back from so long before the start on, until the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Holds while the start is at least this far away, in elapsed hours.
    pub hours_before: u32,
    /// How much comes back, 0 to 100.
    pub refund_percent: u8,
}

/// Why a ladder is none. The index names the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum LadderRefused {
    /// None at all, or more than [`MOST_STEPS`].
    #[error("a ladder has 1 to {MOST_STEPS} steps")]
    Length,
    /// More than 100 percent.
    #[error("at most 100 percent come back")]
    Percent(usize),
    /// Farther than [`MOST_HOURS`].
    #[error("a step lies at most a year before the start")]
    TooFar(usize),
    /// Not nearer to the start than the step before.
    #[error("each step must be nearer to the start than the one before")]
    Order(usize),
    /// More comes back than a step earlier.
    #[error("a later cancellation never brings more back")]
    Rises(usize),
}

impl Policy {
    /// Whether the policy can be offered.
    ///
    /// # Errors
    /// The first fault of a ladder of one's own.
    pub fn check(&self) -> Result<(), LadderRefused> {
        let Self::Custom { steps } = self else { return Ok(()) };
        if steps.is_empty() || steps.len() > MOST_STEPS {
            return Err(LadderRefused::Length);
        }
        for (index, step) in steps.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|index| steps.get(index));
            if step.refund_percent > 100 {
                return Err(LadderRefused::Percent(index));
            }
            if step.hours_before > MOST_HOURS {
                return Err(LadderRefused::TooFar(index));
            }
            if before.is_some_and(|before| before.hours_before <= step.hours_before) {
                return Err(LadderRefused::Order(index));
            }
            if before.is_some_and(|before| before.refund_percent < step.refund_percent) {
                return Err(LadderRefused::Rises(index));
            }
        }
        Ok(())
    }

    /// The steps, farthest from the start first.
    pub fn steps(&self) -> &[Step] {
        const fn step(hours_before: u32, refund_percent: u8) -> Step {
            Step { hours_before, refund_percent }
        }
        const FLEXIBLE: &[Step] = &[step(24, 100)];
        const MODERATE: &[Step] = &[step(5 * 24, 100), step(24, 50)];
        const STRICT: &[Step] = &[step(14 * 24, 50)];
        match self {
            Self::Flexible => FLEXIBLE,
            Self::Moderate => MODERATE,
            Self::Strict => STRICT,
            Self::Custom { steps } => steps,
        }
    }

    /// What comes back of a booking whose clock runs to `anchor` where its client cancels at `now`, in percent. The
    /// second at which a step ends is inside it; hours are elapsed hours, whatever clocks on walls do.
    pub fn percent(&self, anchor: i64, now: i64) -> u8 {
        let holds = |step: &&Step| now <= step.last_second(anchor);
        self.steps().iter().find(holds).map_or(0, |step| step.refund_percent)
    }

    /// The clock of a booking after `by` moves it from `from` to `to` at `now`. It follows to the new start; but a client
    /// who moves when a penalty is due already cannot put it off by that. A provider who moves it brings no penalty nearer
    /// than the client's own clock has it; and one who moves it back, or to another time still, puts none off by the slip,
    /// unless one has come due while the client believed otherwise.
    pub fn after_move(&self, clock: Clock, by: Party, from: i64, to: i64, now: i64) -> Clock {
        let best = self.steps().first().map_or(0, |step| step.refund_percent);
        if by == Party::Client {
            let is_due = self.percent(clock.anchor, now) < best;
            return Clock { anchor: if is_due { clock.anchor.min(to) } else { to }, own: None };
        }
        let own = clock.own.unwrap_or(OwnClock { anchor: clock.anchor, start: from, left_at: now });
        let is_back = to == own.start;
        let anchor = if is_back { own.anchor } else { own.anchor.max(to) };
        let none_came_due = self.percent(anchor, own.left_at) == self.percent(anchor, now);
        let anchor = if none_came_due { anchor } else { clock.anchor.max(to) };
        Clock { anchor, own: Some(own).filter(|own| !(is_back && anchor == own.anchor)) }
    }
}

/// What the policy's clock of a booking runs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The instant: the start, unless the booking was moved.
    pub anchor: i64,
    /// What the client had, where the provider has moved the booking since.
    pub own: Option<OwnClock>,
}

/// A clock as it was before a provider moved its booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnClock {
    /// To which instant it ran.
    pub anchor: i64,
    /// When the booking started.
    pub start: i64,
    /// When it was moved first.
    pub left_at: i64,
}

impl Step {
    /// The last second at which the step still holds for a clock that runs to `anchor`.
    pub fn last_second(self, anchor: i64) -> i64 {
        anchor.saturating_sub(i64::from(self.hours_before).saturating_mul(HOUR))
    }
}
