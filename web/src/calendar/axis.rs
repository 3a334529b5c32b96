//! Columns of days on one axis. A wall time stands at the same height in all of them, so that nine o'clock is one line
//! across the page even in the week in which clocks change:
//!
//! - an hour that one day repeats has a row of its own, which is void on the other days;
//! - an hour that a day skips is void on that day.
//!
//! What crosses a void is drawn in pieces, so that the height of a booking is always the time that passes.

use super::clock::{Clock, day_span, offset};
use super::{Span, in_order, join};
use time::{Date, Time};

const HOUR: i64 = 3600;
const DAY: i64 = 86_400;

/// Time of one day that lies unbroken on the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    span: Span,
    top: i64,
}

/// One day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Which.
    pub date: Date,
    /// From its first instant to the next day's.
    pub span: Span,
    stretches: Vec<Stretch>,
}

/// A line across all columns with a time written at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its place on the axis.
    pub top: i64,
    /// An instant at which the clocks show it.
    pub at: i64,
    /// Whether some day in view shows this time twice, so that it wants its offset beside it.
    pub twice: bool,
}

/// All of it. Places and heights are in seconds of the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// How high the columns are.
    pub height: i64,
    /// The hours.
    pub rows: Vec<Row>,
    /// The days; those that a zone left out are missing.
    pub columns: Vec<Column>,
}

/// A stretch of one offset: when, and from which second of the day's wall clock on. It may be negative.
struct Segment {
    span: Span,
    wall: i64,
}

/// What the clocks show twice: `[from, until)` in seconds of the day's wall clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fold {
    until: i64,
    from: i64,
}

impl Fold {
    fn len(self) -> i64 {
        self.until - self.from
    }
}

impl Axis {
    /// The axis for some days.
    pub fn new(clock: &impl Clock, dates: &[Date]) -> Self {
        let days: Vec<(Date, Span, Vec<Segment>)> = dates
            .iter()
            .map(|date| (*date, day_span(clock, *date)))
            .filter(|(_, span)| !span.is_empty())
            .map(|(date, span)| (date, span, segments(clock, date, span)))
            .collect();
        let mut folds: Vec<Fold> =
            in_order(days.iter().flat_map(|(_, _, segments)| folds_of(segments)), |fold| *fold);
        folds.dedup_by_key(|fold| fold.until);
        let columns: Vec<Column> = days
            .into_iter()
            .map(|(date, span, segments)| Column { date, span, stretches: place(&segments, &folds) })
            .collect();
        let height = base(&folds, DAY);
        let rows = rows(&folds, &columns);
        Self { height, rows, columns }
    }

    /// The column in which an instant lies.
    pub fn column_of(&self, at: i64) -> Option<usize> {
        self.columns.iter().position(|column| (column.span.from..column.span.until).contains(&at))
    }

    /// From the first day's first instant to the last one's end.
    pub fn span(&self) -> Span {
        let from = self.columns.first().map_or(0, |column| column.span.from);
        Span::new(from, self.columns.last().map_or(from, |column| column.span.until))
    }
}

impl Column {
    /// The place of an instant of this day, or of its end.
    pub fn place(&self, at: i64) -> Option<i64> {
        let inside = self.stretches.iter().find(|it| (it.span.from..it.span.until).contains(&at));
        let end = || self.stretches.iter().rev().find(|it| it.span.until == at);
        inside.or_else(end).map(|it| it.top + at - it.span.from)
    }

    /// The instant at a place; where there is none, the next that there is.
    pub fn instant(&self, place: i64) -> i64 {
        let below = self.stretches.iter().filter(|it| place < it.top + it.span.len());
        below.min_by_key(|it| it.top).map_or(self.span.until, |it| it.span.from + (place - it.top).max(0))
    }

    /// What of a time lies in this day: places `[top, bottom)`, in the order of time.
    pub fn pieces(&self, time: Span) -> Vec<Span> {
        let mut pieces: Vec<Span> = Vec::new();
        for stretch in &self.stretches {
            let Some(both) = stretch.span.and(time) else { continue };
            let piece =
                Span::new(both.from, both.until).moved_to(stretch.top + both.from - stretch.span.from);
            match pieces.last_mut() {
                Some(last) if last.until == piece.from => last.until = piece.until,
                _ => pieces.push(piece),
            }
        }
        pieces
    }

    /// Where this day has no time.
    pub fn voids(&self, height: i64) -> Vec<Span> {
        let taken = self.stretches.iter().map(|it| it.span.moved_to(it.top)).collect();
        let mut voids = Vec::new();
        let mut at = 0;
        for taken in join(taken) {
            voids.push(Span::new(at, taken.from));
            at = taken.until;
        }
        voids.push(Span::new(at, height));
        voids.retain(|void| !void.is_empty());
        voids
    }
}

/// Parts the day where its offset changes.
fn segments(clock: &impl Clock, date: Date, day: Span) -> Vec<Segment> {
    let midnight = date.with_time(Time::MIDNIGHT).assume_utc().unix_timestamp();
    let mut segments = Vec::new();
    let mut from = day.from;
    let mut probe = day.from;
    let mut push = |from: i64, until: i64| {
        segments.push(Segment { span: Span::new(from, until), wall: from + offset(clock, from) - midnight });
    };
    while probe < day.until {
        let next = (probe + 6 * HOUR).min(day.until);
        // The last instant of the day, since its end may be the change itself.
        if offset(clock, probe) != offset(clock, next - 1) {
            let change = bisect(clock, probe, next - 1);
            push(from, change);
            from = change;
        }
        probe = next;
        if probe < day.until && offset(clock, probe) != offset(clock, probe - 1) {
            push(from, probe);
            from = probe;
        }
    }
    push(from, day.until);
    segments
}

/// The first instant after `low` with the offset of `high`.
fn bisect(clock: &impl Clock, mut low: i64, mut high: i64) -> i64 {
    let before = offset(clock, low);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if offset(clock, middle) == before { low = middle } else { high = middle }
    }
    high
}

fn folds_of(segments: &[Segment]) -> Vec<Fold> {
    let pairs = segments.iter().zip(segments.iter().skip(1));
    let folds = pairs.map(|(one, next)| Fold { from: next.wall, until: one.wall + one.span.len() });
    folds.filter(|fold| fold.from < fold.until).collect()
}

/// Where a second of the wall clock stands on the axis: moved down by what is repeated before it.
fn base(folds: &[Fold], wall: i64) -> i64 {
    wall + folds.iter().filter(|fold| fold.until <= wall).map(|fold| fold.len()).sum::<i64>()
}

/// Puts a day's time on the axis.
fn place(segments: &[Segment], folds: &[Fold]) -> Vec<Stretch> {
    let own = folds_of(segments);
    let mut stretches = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        let end = segment.wall + segment.span.len();
        // What this segment shows for the second time.
        let again = index.checked_sub(1).and_then(|before| {
            let until = segments[before].wall + segments[before].span.len();
            own.iter().copied().find(|fold| fold.until == until && fold.from == segment.wall)
        });
        let mut cuts: Vec<i64> = folds.iter().map(|fold| fold.until).collect();
        cuts.push(end);
        let mut wall = segment.wall;
        for cut in cuts.into_iter().filter(|cut| *cut > segment.wall && *cut <= end) {
            let top = match again {
                Some(fold) if wall < fold.until => base(folds, fold.until) - fold.len() + wall - fold.from,
                _ => base(folds, wall),
            };
            let from = segment.span.from + wall - segment.wall;
            if cut > wall {
                stretches.push(Stretch { span: Span::new(from, from + cut - wall), top });
            }
            wall = cut;
        }
    }
    stretches
}

fn rows(folds: &[Fold], columns: &[Column]) -> Vec<Row> {
    let twice = |wall: i64| folds.iter().any(|fold| fold.from < wall + HOUR && wall < fold.until);
    let hours = (0..24).map(|hour| hour * HOUR).map(|wall| (base(folds, wall), twice(wall)));
    let again = folds.iter().map(|fold| (base(folds, fold.until) - fold.len(), true));
    let rows = hours.chain(again).filter_map(|(top, twice)| {
        // A day that repeats the hour knows its offsets; the others only know one.
        let at = |column: &Column| {
            let found =
                column.stretches.iter().find(|it| it.span.moved_to(it.top).covers(Span::new(top, top + 1)));
            found.map(|it| it.span.from + top - it.top)
        };
        let folded = columns.iter().filter(|column| column.span.len() > DAY).find_map(at);
        let at = folded.filter(|_| twice).or_else(|| columns.iter().find_map(at))?;
        Some(Row { top, at, twice })
    });
    in_order(rows, |row| row.top)
}
