use super::in_order;

/// A stretch of time, `[from, until)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Inclusive.
    pub from: i64,
    /// Exclusive.
    pub until: i64,
}

impl Span {
    /// From one instant to another.
    pub fn new(from: i64, until: i64) -> Self {
        Self { from, until }
    }

    /// How long it is, in seconds.
    pub fn len(self) -> i64 {
        self.until - self.from
    }

    /// Whether nothing lies in it.
    pub fn is_empty(self) -> bool {
        self.until <= self.from
    }

    /// What lies in both.
    pub fn and(self, other: Span) -> Option<Span> {
        let both = Span::new(self.from.max(other.from), self.until.min(other.until));
        (!both.is_empty()).then_some(both)
    }

    /// Whether all of the other lies in it.
    pub fn covers(self, other: Span) -> bool {
        self.from <= other.from && other.until <= self.until
    }

    /// The same stretch, later or earlier.
    pub fn moved_to(self, from: i64) -> Span {
        Span::new(from, from + self.len())
    }
}

/// Sorted and joined where they overlap or touch.
pub fn join(spans: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in in_order(spans.into_iter().filter(|span| !span.is_empty()), |span| *span) {
        match joined.last_mut() {
            Some(last) if span.from <= last.until => last.until = last.until.max(span.until),
            _ => joined.push(span),
        }
    }
    joined
}

/// The multiple of `step` from `origin` on that lies nearest.
pub fn step_from(origin: i64, step: i64, wanted: i64) -> i64 {
    let step = step.max(1);
    origin + (wanted - origin + step / 2).div_euclid(step) * step
}
