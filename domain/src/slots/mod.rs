//! When a service can start: the one engine behind the listing of slots and the decision to book one.
//!
//! [`slots`] lists exactly the instants for which [`check`] says yes, because both walk the same sweep over the
//! same [`Facts`]. All of it is integer arithmetic on seconds; no input makes it panic or run on without end.

mod facts;
mod refusal;

pub use facts::{Facts, Limits, Needs, ServiceRules, Taken};
pub use refusal::{Owner, Period, Refusal};

use crate::range::Range;

/// The longest query, in days of the customer.
pub const MAX_QUERY_DAYS: i64 = 62;

/// An instant at which the service may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot {
    /// When it starts.
    pub start: i64,
    /// Free seats, before the party asked for takes its own: the service's capacity, or what a session that
    /// already stands there has left.
    pub seats_left: u32,
}

/// Every slot that starts in `range` and seats a party of `party`, in order.
///
/// Empty for nonsense: rules that [`ServiceRules::is_sound`] rejects, a party of none, a range longer than
/// [`MAX_QUERY_DAYS`].
pub fn slots(_facts: &Facts, _range: Range, _party: u32) -> Vec<Slot> {
    Vec::new()
}

/// Whether the service can start at `start` for a party of `party`.
///
/// # Errors
/// Why it cannot: the first reason in the order of [`Refusal`]'s variants.
pub fn check(_facts: &Facts, _start: i64, _party: u32) -> Result<Slot, Refusal> {
    Err(Refusal::Nonsense)
}

/// The earliest slot that starts at `from` or later, up to the service's horizon.
pub fn next_free(_facts: &Facts, _from: i64, _party: u32) -> Option<Slot> {
    None
}
