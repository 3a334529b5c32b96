//! What comes back when a booking ends: the one function that quotes it and that refunds it.

use super::policy::Policy;
use super::share::{WHOLE, share};
use crate::booking::{Action, Party};
use crate::money::Currency;

/// What was agreed and paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paid {
    /// The policy as it stood when the booking was made.
    pub policy: Policy,
    /// How much comes back where the client does not come, 0 to 100.
    pub no_show_percent: u8,
    /// To which instant the policy's clock runs; see [`Policy::after_move`].
    pub anchor: i64,
    /// What was paid and has not gone back, in minor units.
    pub kept_minor: i64,
    /// What it was paid in.
    pub currency: Currency,
}

/// What comes back for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The last second at which it holds; the last stage has none.
    pub until: Option<i64>,
    /// How much of what is kept, 0 to 100.
    pub percent: u8,
    /// The same as an amount, in minor units.
    pub refund_minor: i64,
}

/// Whether something the client did not do ends the booking, so that everything comes back.
const fn is_the_clients(action: Action) -> bool {
    matches!(action, Action::Cancel(Party::Client))
}

impl Paid {
    /// What comes back when `action` happens at `now`, in minor units. Nothing does where it does not end the booking.
    pub fn refund(&self, action: Action, now: i64) -> i64 {
        match action {
            Action::MarkNoShow => self.part(self.no_show_percent),
            _ if action.cancels().is_none() => 0,
            _ if is_the_clients(action) => self.part(self.policy.percent(self.anchor, now)),
            _ => self.part(100),
        }
    }

    /// What a cancellation by the client brings back over time: stages in order, of which [`Paid::stage_at`] is one.
    /// Neighbours differ; there is always one.
    pub fn stages(&self) -> Vec<Stage> {
        let mut stages: Vec<Stage> = Vec::new();
        let steps =
            self.policy.steps().iter().map(|step| (Some(step.last_second(self.anchor)), step.refund_percent));
        for (until, percent) in steps.chain([(None, 0)]) {
            match stages.last_mut() {
                Some(last) if last.percent == percent => last.until = until,
                _ => stages.push(Stage { until, percent, refund_minor: self.part(percent) }),
            }
        }
        stages
    }

    /// The stage that holds at `now`.
    pub fn stage_at(&self, now: i64) -> Stage {
        let holds = |stage: &Stage| stage.until.is_none_or(|until| now <= until);
        self.stages().into_iter().find(holds).unwrap_or(Stage { until: None, percent: 0, refund_minor: 0 })
    }

    fn part(&self, percent: u8) -> i64 {
        share(self.kept_minor, u32::from(percent) * (WHOLE / 100), self.currency)
    }
}
