//! When a service can start: the one engine behind the listing of slots and the decision to book one.
//!
//! [`slots`] lists exactly the instants for which [`check`] says yes, because both walk the same sweep over the
//! same [`Facts`]. All of it is integer arithmetic on seconds; no input makes it panic or run on without end.

mod blocks;
mod facts;
mod fit;
mod hours;
mod quota;
mod refusal;
mod sessions;
mod sweep;
mod working_time;

pub use facts::{Facts, Limits, Needs, ServiceRules, Taken};
pub use fit::{Relocation, fits, relocate};
pub use refusal::{Owner, Period, Refusal};
pub use working_time::WorkingTime;

use crate::range::Range;
use crate::zone::DAY;
use sweep::Sweep;

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
pub fn slots(facts: &Facts, range: Range, party: u32) -> Vec<Slot> {
    // What is past or too soon need not be walked.
    let range = Range::new(range.start.max(facts.earliest()), range.end);
    let Some(sweep) = Sweep::new(facts, range, party) else { return Vec::new() };
    let mut slots: Vec<Slot> = Vec::new();
    sweep.run(|start, verdict| {
        if let Ok(seats_left) = verdict {
            slots.push(Slot { start, seats_left });
        }
    });
    // Only where day windows overlap: two grids interleave there, and may share an instant.
    if !slots.is_sorted_by(|slot, next| slot.start < next.start) {
        slots.sort_unstable_by_key(|slot| slot.start);
        slots.dedup();
    }
    slots
}

/// Whether the service can start at `start` for a party of `party`.
///
/// # Errors
/// Why it cannot: the first reason in the order of [`Refusal`]'s variants.
pub fn check(facts: &Facts, start: i64, party: u32) -> Result<Slot, Refusal> {
    let only = Range::new(start, start.saturating_add(1));
    let sweep = Sweep::new(facts, only, party).ok_or(Refusal::Nonsense)?;
    sweep.admit_time(start)?;
    let mut answer = Err(if sweep.works(start) { Refusal::OffGrid } else { Refusal::OutsideHours });
    sweep.run(|start, verdict| answer = verdict.map(|seats_left| Slot { start, seats_left }));
    match answer {
        Err(Refusal::Taken) if !meets_appointment(facts, start) => Err(Refusal::Buffer),
        answer => answer,
    }
}

/// The earliest slot that starts at `from` or later, up to the service's horizon.
pub fn next_free(facts: &Facts, from: i64, party: u32) -> Option<Slot> {
    if !facts.service.is_sound() {
        return None;
    }
    let bookable = facts.service.bookable(facts.now);
    let mut start = from.max(bookable.start);
    while start < bookable.end {
        let end = start.saturating_add(STRIDE).min(bookable.end);
        if let Some(&slot) = slots(facts, Range::new(start, end), party).first() {
            return Some(slot);
        }
        start = end;
    }
    None
}

/// How much [`next_free`] looks at in one go.
const STRIDE: i64 = 31 * DAY;

/// Whether a booking would run into an appointment itself, and not just into the buffers around it.
fn meets_appointment(facts: &Facts, start: i64) -> bool {
    let wanted = Range::new(start, facts.service.end(start));
    facts.taken.iter().any(|taken| taken.range().overlaps(wanted))
}
