//! What is in the way: blocked stretches of the provider's time, as the starts they rule out.

use super::ServiceRules;
use crate::range::Range;

/// Stretches of starts that would run into something, by their start.
pub(super) struct Blocks(Vec<Range>);

/// How far a sweep over [`Blocks`] has come. It only moves forward.
#[derive(Clone, Copy, Default)]
pub(super) struct Seen {
    next: usize,
    /// The end of all blocks seen so far; nothing before the first.
    until: Option<i64>,
}

impl Blocks {
    /// The starts in `starts` whose own blocked range would overlap one of `ranges`.
    pub fn new(ranges: impl Iterator<Item = Range>, service: &ServiceRules, starts: Range) -> Self {
        // A start s collides with [from, until) when s + after > from and s − before < until.
        let after = service.duration + service.buffer_after;
        let before = service.buffer_before;
        let mut blocks: Vec<Range> = ranges
            .filter(|range| !range.is_empty())
            .map(|range| {
                let from = range.start.saturating_sub(after).saturating_add(1);
                Range::new(from, range.end.saturating_add(before))
            })
            .filter(|block| block.overlaps(starts))
            .collect();
        blocks.sort();
        Self(blocks)
    }

    /// Whether a service cannot start at `start`. Starts must be asked in order, each sweep with its own `seen`.
    pub fn rule_out(&self, seen: &mut Seen, start: i64) -> bool {
        while let Some(block) = self.0.get(seen.next)
            && block.start <= start
        {
            seen.until = seen.until.max(Some(block.end));
            seen.next += 1;
        }
        seen.until > Some(start)
    }
}
