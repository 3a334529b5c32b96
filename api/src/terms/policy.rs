//! Cancellation policies.

use crate::http::Faults;
use contract::payments::{CancellationPolicy, PolicyKind, PolicyStep};
use domain::payment::policy::{LadderRefused, Policy, Step};

/// The policy for the rules. The steps of a named one are its own.
pub fn as_rules(policy: &CancellationPolicy) -> Policy {
    let step =
        |step: &PolicyStep| Step { hours_before: step.hours_before, refund_percent: step.refund_percent };
    match policy.kind {
        PolicyKind::Flexible => Policy::Flexible,
        PolicyKind::Moderate => Policy::Moderate,
        PolicyKind::Strict => Policy::Strict,
        PolicyKind::Custom => Policy::Custom { steps: policy.steps.iter().map(step).collect() },
    }
}

/// The policy on the wire, with its steps.
pub fn as_wire(policy: &Policy, no_show_refund_percent: u8) -> CancellationPolicy {
    let kind = match policy {
        Policy::Flexible => PolicyKind::Flexible,
        Policy::Moderate => PolicyKind::Moderate,
        Policy::Strict => PolicyKind::Strict,
        Policy::Custom { .. } => PolicyKind::Custom,
    };
    let step =
        |step: &Step| PolicyStep { hours_before: step.hours_before, refund_percent: step.refund_percent };
    CancellationPolicy { kind, steps: policy.steps().iter().map(step).collect(), no_show_refund_percent }
}

/// A percentage as it is stored; the schema holds it to 0 to 100.
pub fn percent(stored: i16) -> u8 {
    u8::try_from(stored).unwrap_or_default()
}

/// Checks a policy that somebody wishes for and brings it into its one form.
pub fn check_policy(policy: &mut CancellationPolicy, pointer: &str, faults: &mut Faults) {
    let rules = as_rules(policy);
    let own = as_wire(&rules, policy.no_show_refund_percent);
    if policy.kind != PolicyKind::Custom && !policy.steps.is_empty() && policy.steps != own.steps {
        let words = "A policy with a name has steps of its own. Leave them out, or make it a custom one.";
        return faults.add(&format!("{pointer}/steps"), "named", words);
    }
    let fault = match rules.check() {
        Ok(()) => {
            *policy = own;
            return;
        }
        Err(LadderRefused::Length) => (String::new(), "length", "A policy has 1 to 6 steps."),
        Err(LadderRefused::Percent(index)) => {
            (format!("/{index}/refund_percent"), "range", "At most 100 percent come back.")
        }
        Err(LadderRefused::TooFar(index)) => {
            (format!("/{index}/hours_before"), "range", "A step lies at most a year before the start.")
        }
        Err(LadderRefused::Order(index)) => (
            format!("/{index}/hours_before"),
            "order",
            "Each step is nearer to the start than the one before.",
        ),
        Err(LadderRefused::Rises(index)) => {
            (format!("/{index}/refund_percent"), "order", "A later cancellation never brings more back.")
        }
    };
    faults.add(&format!("{pointer}/steps{}", fault.0), fault.1, fault.2);
}
