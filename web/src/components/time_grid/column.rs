//! One day: its ground, what happens in it, now, and the ghost of what is being moved.

use super::block;
use super::{Grid, Ground, percent};
use crate::calendar::{Column, Span};
use crate::format::{day_heading, instant};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A press on empty ground means a time of this roundness.
const ROUND: i64 = 1800;

/// Draws the column with this number.
pub fn draw(grid: Grid, index: usize) -> AnyView {
    let column = Memo::new(move |_| grid.axis.with(|axis| axis.columns.get(index).cloned()));
    let height = move || grid.axis.with(|axis| axis.height);
    let name = move || column.with(|column| column.as_ref().map(|column| day_heading(column.date)));
    let press = move |event: web_sys::MouseEvent| {
        let on_ground = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|target| target.closest(".tg-block").ok().flatten().is_none());
        let free = on_ground && !grid.dropped.get_value() && grid.drag.with_untracked(Option::is_none);
        let at = super::drag::instant_at(grid, event.client_x().into(), event.client_y().into());
        if let Some(at) = at.filter(|_| free) {
            let origin = untrack(|| column.with(|column| column.as_ref().map_or(0, |it| it.span.from)));
            grid.on_empty.run(origin + (at - origin).div_euclid(ROUND) * ROUND);
        }
        grid.dropped.set_value(false);
    };
    let ground = move || {
        let Some(column) = column.get() else { return ().into_any() };
        let height = height();
        let mut shades: Vec<AnyView> = Vec::new();
        grid.shades.with(|all| {
            for shade in all {
                let class = if shade.ground == Ground::Open { "tg-open" } else { "tg-away" };
                let label = (shade.ground == Ground::Away).then(|| shade.label.clone());
                for (number, piece) in column.pieces(shade.time).into_iter().enumerate() {
                    let words = label.clone().filter(|_| number == 0);
                    shades.push(stretch(class, piece, height, words));
                }
            }
        });
        for void in column.voids(height) {
            // The others only make room for an hour that one day has twice.
            let skipped = column.span.len() < 86_400;
            shades.push(stretch("tg-void", void, height, skipped.then(|| grid.words.skipped.to_owned())));
        }
        shades.collect_view().into_any()
    };
    let keys = move || {
        let placed = grid.placed.with(|placed| placed.get(index).cloned().unwrap_or_default());
        placed.into_iter().map(|it| (it.id, it.index)).collect::<Vec<_>>()
    };
    let now = move || {
        let at = grid.now.get().unix_timestamp();
        let column = column.get().filter(|column| (column.span.from..column.span.until).contains(&at))?;
        Some(view! { <div class="tg-now" style:top=percent(column.place(at)?, height())></div> })
    };
    let ghost = move || {
        let drag = grid.drag.get()?;
        let column = column.get()?;
        Some(ghost_in(grid, &column, drag.to, height()))
    };
    view! {
        <div class="tg-column" role="group" aria-label=name on:click=press>
            <div aria-hidden="true">{ground}</div>
            <For each=keys key=|key| *key let((id, piece))>{block::draw(grid, index, id, piece)}</For>
            <div aria-hidden="true">{now}{ghost}</div>
        </div>
    }
    .into_any()
}

fn stretch(class: &'static str, at: Span, height: i64, words: Option<String>) -> AnyView {
    view! {
        <div class=class style:top=percent(at.from, height) style:height=percent(at.len(), height)>
            {words.map(|words| view! { <span>{words}</span> })}
        </div>
    }
    .into_any()
}

/// Where it would be, with the time in words.
fn ghost_in(grid: Grid, column: &Column, to: Span, height: i64) -> AnyView {
    let words = grid.times(to);
    let starts = instant(to.from) >= instant(column.span.from);
    let pieces = column.pieces(to).into_iter().enumerate().map(|(index, at)| {
        let words = (index == 0).then(|| words.clone());
        view! {
            <div class="tg-ghost" class:first=starts && index == 0 style:top=percent(at.from, height) style:height=percent(at.len(), height)>{words}</div>
        }
    });
    pieces.collect_view().into_any()
}
