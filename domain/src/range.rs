//! Stretches of time on the UTC line.

/// A half-open interval `[start, end)` of Unix seconds. One whose end is not after its start is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Range {
    /// The first instant inside.
    pub start: i64,
    /// The first instant after it.
    pub end: i64,
}

impl Range {
    /// The interval `[start, end)`.
    pub const fn new(start: i64, end: i64) -> Self {
        Self { start, end }
    }

    /// Whether no instant lies inside.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `instant` lies inside.
    pub const fn contains(self, instant: i64) -> bool {
        self.start <= instant && instant < self.end
    }

    /// Whether some instant lies in both. Ranges that only touch do not overlap, and an empty one never does.
    pub const fn overlaps(self, other: Self) -> bool {
        !self.is_empty() && !other.is_empty() && self.start < other.end && other.start < self.end
    }
}

#[cfg(test)]
mod tests {
    use super::Range;

    #[test]
    fn half_open() {
        let nine_to_ten = Range::new(9, 10);
        assert!(nine_to_ten.contains(9) && !nine_to_ten.contains(10));
        assert!(!nine_to_ten.overlaps(Range::new(10, 11)), "touching is not overlapping");
        assert!(nine_to_ten.overlaps(Range::new(0, 99)));
        assert!(!Range::new(0, 99).overlaps(Range::new(50, 50)), "an empty range overlaps nothing");
        assert!(Range::new(5, 3).is_empty());
    }
}
