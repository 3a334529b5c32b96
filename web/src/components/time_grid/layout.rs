use super::Item;
use crate::calendar::{Axis, Span, in_order, lanes};
use uuid::Uuid;

/// What is shorter is drawn, and kept apart from others, as if it took this long.
const LEAST: i64 = 1200;
/// From here on it is a matter of days and stands in the lane above.
pub(super) const WHOLE_DAY: i64 = 86_400;

/// A piece of an item in one column.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    pub id: Uuid,
    /// Which piece of it, counted in this column.
    pub index: usize,
    /// Where on the axis.
    pub at: Span,
    pub lane: usize,
    pub lanes: usize,
    /// Whether the item begins here, as far as it is in view.
    pub first: bool,
    /// Whether it ends here.
    pub last: bool,
    /// What is kept free before and after.
    pub buffers: Vec<Span>,
}

/// All pieces, by column.
pub fn layout(axis: &Axis, items: &[Item]) -> Vec<Vec<Placed>> {
    let view = axis.span();
    let shown = items.iter().filter(|item| item.time.len() < WHOLE_DAY && item.time.and(view).is_some());
    let shown = in_order(shown, |item| (item.time.from, -item.time.len(), item.id));
    let times: Vec<Span> = shown
        .iter()
        .map(|item| Span::new(item.time.from, item.time.until.max(item.time.from + LEAST)))
        .collect();
    let places = lanes(&times);
    let mut begun = vec![false; shown.len()];
    let columns = axis.columns.iter().map(|column| {
        let mut placed = Vec::new();
        for (number, item) in shown.iter().enumerate() {
            let pieces = column.pieces(item.time);
            let count = pieces.len();
            let buffers = || {
                let before = Span::new(item.blocked.from, item.time.from);
                let after = Span::new(item.time.until, item.blocked.until);
                [before, after].into_iter().flat_map(|buffer| column.pieces(buffer)).collect::<Vec<_>>()
            };
            for (index, at) in pieces.into_iter().enumerate() {
                let (lane, lanes) = places[number];
                let first = !begun[number];
                begun[number] = true;
                let last = index + 1 == count && item.time.until <= column.span.until;
                let buffers = if index == 0 { buffers() } else { Vec::new() };
                placed.push(Placed { id: item.id, index, at, lane, lanes, first, last, buffers });
            }
        }
        placed
    });
    columns.collect()
}
