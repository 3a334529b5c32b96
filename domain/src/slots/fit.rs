//! Whether time that the provider names itself can be had: a booking made longer or shorter, a whole day moved.
//!
//! The provider may leave the grid, the notice and the limits, which are promises about what clients can pick. Its
//! hours, its time off and what is taken hold.

use super::{Facts, Refusal, ServiceRules, Taken, WorkingTime};
use crate::range::Range;
use crate::zone::days_since_epoch;

/// An appointment that is to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relocation {
    /// The rules of its service; only the buffers matter.
    pub service: ServiceRules,
    /// Where it stands.
    pub from: Range,
    /// Where it is to stand.
    pub to: Range,
}

impl Relocation {
    /// The stretch that it blocks where it is to stand, buffers included.
    pub fn blocked(&self) -> Range {
        blocked(&self.service, self.to)
    }
}

/// Whether the provider can have `wanted` for the service of the facts. `held` is what the booking holds already: that
/// part needs no working hours, so a booking outside them can still be made shorter.
///
/// # Errors
/// Why it cannot: the first reason in the order of [`Refusal`]'s variants.
pub fn fits(facts: &Facts, wanted: Range, held: Option<Range>) -> Result<(), Refusal> {
    let works = WorkingTime::new(&Facts { busy: Vec::new(), ..facts.clone() }, wanted);
    let taken = facts.taken.iter().map(|taken| (taken.range(), taken.blocked()));
    judge(facts, &works, &facts.service, wanted, held, taken)
}

/// Which of the appointments cannot move together, and why. What stays stands in the way of the others, so the answer is
/// the one in which all that move fit beside all that stay. Where two of them would meet, the earlier in the list goes.
pub fn relocate(facts: &Facts, moves: &[Relocation]) -> Vec<Option<Refusal>> {
    let mut refused = vec![None; moves.len()];
    let Some(all) = span(moves) else { return refused };
    let works = WorkingTime::new(&Facts { busy: Vec::new(), ..facts.clone() }, all);
    // Those that move are known by their start: a provider has one appointment per start.
    let stored = |start: i64| facts.taken.iter().find(|taken| taken.start == start);
    let is_moving = |taken: &&Taken| moves.iter().any(|moving| moving.from.start == taken.start);
    let fixed: Vec<(Range, Range)> = facts
        .taken
        .iter()
        .filter(|taken| !is_moving(taken))
        .map(|taken| (taken.range(), taken.blocked()))
        .collect();
    loop {
        let mut is_settled = true;
        for index in (0..moves.len()).rev() {
            if refused[index].is_some() {
                continue;
            }
            let others =
                moves.iter().enumerate().filter(|(other, _)| *other != index).map(|(other, moving)| {
                    if refused[other].is_none() {
                        return (moving.to, blocked(&moving.service, moving.to));
                    }
                    // It stays where it is, with the buffers that it was made with.
                    let stays = stored(moving.from.start).map(|taken| (taken.range(), taken.blocked()));
                    stays.unwrap_or_else(|| (moving.from, blocked(&moving.service, moving.from)))
                });
            let Relocation { service, from, to } = &moves[index];
            let taken = fixed.iter().copied().chain(others);
            if let Err(refusal) = judge(facts, &works, service, *to, Some(*from), taken) {
                refused[index] = Some(refusal);
                is_settled = false;
            }
        }
        if is_settled {
            return refused;
        }
    }
}

fn judge(
    facts: &Facts,
    works: &WorkingTime,
    service: &ServiceRules,
    wanted: Range,
    held: Option<Range>,
    taken: impl Iterator<Item = (Range, Range)>,
) -> Result<(), Refusal> {
    let length = wanted.end.saturating_sub(wanted.start);
    if !(1..=ServiceRules::LONGEST).contains(&length) {
        return Err(Refusal::Nonsense);
    }
    if wanted.start < facts.now {
        return Err(Refusal::Past);
    }
    let today = facts.zone.to_local(facts.now).date;
    let last_day = today.saturating_add(time::Duration::days(i64::from(service.horizon_days)));
    if days_since_epoch(facts.zone.to_local(wanted.start).date) > days_since_epoch(last_day) {
        return Err(Refusal::BeyondHorizon { last_day });
    }
    let held = held.unwrap_or(Range::new(wanted.start, wanted.start));
    let is_new = |part: &Range| !part.is_empty();
    let before = Range::new(wanted.start, wanted.end.min(held.start));
    let after = Range::new(wanted.start.max(held.end), wanted.end);
    let added = if held.is_empty() || !held.overlaps(wanted) { [wanted, wanted] } else { [before, after] };
    if !added.into_iter().filter(is_new).all(|part| works.covers(part)) {
        return Err(Refusal::OutsideHours);
    }
    let own = blocked(service, wanted);
    let mut is_close = false;
    for (range, blocked) in taken {
        if range.overlaps(wanted) {
            return Err(Refusal::Taken);
        }
        is_close |= blocked.overlaps(own);
    }
    if is_close {
        return Err(Refusal::Buffer);
    }
    let is_away = |busy: &Range| busy.overlaps(own);
    if added.iter().any(is_new) && facts.busy.iter().any(is_away) {
        return Err(Refusal::Busy);
    }
    Ok(())
}

fn blocked(service: &ServiceRules, range: Range) -> Range {
    Range::new(
        range.start.saturating_sub(service.buffer_before),
        range.end.saturating_add(service.buffer_after),
    )
}

fn span(moves: &[Relocation]) -> Option<Range> {
    let start = moves.iter().map(|moving| moving.to.start).min()?;
    let end = moves.iter().map(|moving| moving.to.end).max()?;
    Some(Range::new(start, end.max(start.saturating_add(1))))
}
