//! What is in the way: blocked stretches of the provider's time, as the starts they rule out.

use super::ServiceRules;
use crate::range::Range;

/// Stretches of starts that would run into something, by their start.
pub(super) struct Blocks(Vec<Range>);

/// How far a walk along [`Blocks`] has come.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    next: usize,
    /// Where the blocks seen so far end.
    until: i64,
}

impl Default for Seen {
    fn default() -> Self {
        Self { next: 0, until: i64::MIN }
    }
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

    /// Whether `start` is ruled out, and until when that stays so. Starts must be asked in order, each walk with its
    /// own `seen`.
    pub fn at(&self, seen: &mut Seen, start: i64) -> (bool, i64) {
        while let Some(block) = self.0.get(seen.next)
            && block.start <= start
        {
            seen.until = seen.until.max(block.end);
            seen.next += 1;
        }
        if start < seen.until {
            (true, seen.until)
        } else {
            (false, self.0.get(seen.next).map_or(i64::MAX, |block| block.start))
        }
    }
}
