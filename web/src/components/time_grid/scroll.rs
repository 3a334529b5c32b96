//! What is in view: the working day at first, and more of it when something is dragged to an edge.

use super::drag;
use super::{Grid, Ground};
use crate::calendar::Span;
use leptos::prelude::*;

/// How near to an edge scrolling begins.
const EDGE: f64 = 56.0;

/// Shortly before and after work, now is still what people look for.
const AROUND: i64 = 3600;

/// Shows now in the upper third where today is in view and worked at, or else the first working hour, once the grid is there.
pub fn begin(grid: Grid) {
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) {
            return true;
        }
        let Some(element) = grid.scroll.get() else { return false };
        let at = grid.now.get_untracked().unix_timestamp();
        let (now, first) = grid.axis.with_untracked(|axis| {
            let worked = grid.shades.with(|shades| {
                let open = shades.iter().filter(|shade| shade.ground == Ground::Open);
                let around = |time: Span| time.from - AROUND <= at && at <= time.until + AROUND;
                open.map(|shade| shade.time).any(around)
            });
            let now = axis.column_of(at).and_then(|index| axis.columns[index].place(at));
            let now = now.filter(|_| worked);
            let places = grid.shades.with(|shades| {
                let open = shades.iter().filter(|shade| shade.ground == Ground::Open);
                open.filter_map(|shade| {
                    let column = &axis.columns[axis.column_of(shade.time.from)?];
                    column.place(shade.time.from).filter(|place| *place > 0)
                })
                .min()
            });
            (now.is_some(), now.or(places).unwrap_or(8 * 3600) as f64 / axis.height as f64)
        });
        request_animation_frame(move || {
            if let Some(body) = grid.body.try_get_untracked().flatten() {
                let height = body.get_bounding_client_rect().height();
                let above = if now { f64::from(element.client_height()) / 5.0 } else { 24.0 };
                element.set_scroll_top((first * height - above).max(0.0) as i32);
            }
        });
        true
    });
}

/// Scrolls while something is held near an edge.
pub fn at_edges(grid: Grid) {
    request_animation_frame(move || {
        let held = grid.drag.try_with_untracked(|drag| drag.as_ref().is_some_and(|drag| !drag.by_keys));
        let press = grid.press.try_get_value().flatten();
        let (Some(true), Some(press)) = (held, press) else { return };
        if let Some(element) = grid.scroll.get_untracked() {
            let rect = element.get_bounding_client_rect();
            // Where the grid is taller than the screen, the screen's edge is what the hand meets.
            let screen = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(f64::MAX);
            let (top, bottom) = (rect.top().max(0.0), rect.bottom().min(screen));
            let (above, below) = (press.at.1 - top - HEAD, bottom - press.at.1);
            let by = if above < EDGE {
                -speed(above)
            } else if below < EDGE {
                speed(below)
            } else {
                0
            };
            if by != 0 {
                element.set_scroll_top(element.scroll_top() + by);
                drag::follow(grid);
            }
        }
        at_edges(grid);
    });
}

/// The names of the days cover this much of the top.
const HEAD: f64 = 48.0;

fn speed(distance: f64) -> i32 {
    ((EDGE - distance.max(0.0)) / EDGE * 14.0) as i32 + 1
}
