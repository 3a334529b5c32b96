//! The hours beside the columns and the lines across them.

use super::{Grid, percent};
use crate::calendar::Row;
use crate::format::{instant, offset_label, time};
use leptos::prelude::*;

/// The hours, in the grid's zone and in another where one is wanted.
pub fn draw(grid: Grid, other: Signal<Option<String>>) -> AnyView {
    let own = move || hours(grid, &grid.zone.with_value(|zone| zone.0.clone()), true);
    let theirs = move || {
        other.get().map(
            |zone| view! { <div class="tg-hours other" aria-hidden="true">{hours(grid, &zone, false)}</div> },
        )
    };
    view! { {theirs}<div class="tg-hours" aria-hidden="true">{own}</div> }.into_any()
}

fn hours(grid: Grid, zone: &str, own: bool) -> AnyView {
    grid.axis.with(|axis| {
        let label = |row: &Row| {
            let at = instant(row.at);
            let words = time(at, zone);
            // An hour that comes twice says which one it is.
            let offset = (own && row.twice).then(|| view! { <small>{offset_label(zone, at)}</small> });
            view! { <span style:top=percent(row.top, axis.height)>{words}{offset}</span> }
        };
        axis.rows.iter().map(label).collect_view().into_any()
    })
}

/// A line at each hour.
pub fn lines(grid: Grid) -> AnyView {
    let lines = move || {
        grid.axis.with(|axis| {
            let line = |row: &Row| view! { <div style:top=percent(row.top, axis.height)></div> };
            axis.rows.iter().map(line).collect_view()
        })
    };
    view! { <div class="tg-lines" aria-hidden="true">{lines}</div> }.into_any()
}
