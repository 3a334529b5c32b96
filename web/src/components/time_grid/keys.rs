//! The grid by keyboard. On an item: Enter shows it, the arrows go to its neighbours, M takes it. In the hand: the
//! arrows move it by a step or a day, with Shift they change its length, Enter drops it, Escape leaves it as it was.

use super::block::dom_id;
use super::drag;
use super::{Drag, Grid, Hold};
use crate::browser;
use crate::calendar::{Span, day_of};
use crate::format::{day_heading, instant, wall};
use leptos::ev;
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::KeyboardEvent;

/// A key on an item.
pub fn on_item(grid: Grid, id: Uuid, event: &KeyboardEvent) {
    let held = event.ctrl_key() || event.meta_key() || event.alt_key();
    if held || grid.drag.with_untracked(Option::is_some) {
        return;
    }
    match event.key().as_str() {
        "m" | "M" => {
            event.prevent_default();
            event.stop_propagation();
            take(grid, id);
        }
        "ArrowUp" | "ArrowLeft" => neighbour(grid, id, false, event),
        "ArrowDown" | "ArrowRight" => neighbour(grid, id, true, event),
        _ => {}
    }
}

/// Takes an item into the hand.
pub fn take(grid: Grid, id: Uuid) {
    let Some(item) = grid.item(id).filter(|item| item.movable) else { return };
    grid.drag.set(Some(Drag {
        id,
        hold: Hold::Move,
        from: item.time,
        to: item.time,
        grab: 0,
        by_keys: true,
        step: item.step,
    }));
    say(grid, (grid.words.moving)(&item.title, &words(grid, item.time)));
}

/// The next item in time, or the one before.
fn neighbour(grid: Grid, id: Uuid, on: bool, event: &KeyboardEvent) {
    let Some(own) = grid.item(id).map(|item| (item.time.from, id)) else { return };
    let next = grid.placed.with_untracked(|columns| {
        let others = columns.iter().flatten().filter(|it| it.first);
        let others = others.filter_map(|it| grid.item(it.id)).map(|item| (item.time.from, item.id));
        if on { others.filter(|it| *it > own).min() } else { others.filter(|it| *it < own).max() }
    });
    if let Some((_, next)) = next {
        event.prevent_default();
        event.stop_propagation();
        browser::focus_soon(dom_id(next));
    }
}

/// Keys for what is in the hand count wherever the focus is.
pub fn listen(grid: Grid) {
    let keys = window_event_listener(ev::keydown, move |event| {
        let Some(Some(drag)) = grid.drag.try_get_untracked() else { return };
        if event.key() == "Escape" {
            event.prevent_default();
            drag::cancel(grid);
            say(grid, grid.words.left.to_owned());
            if drag.by_keys {
                reveal(grid, drag.from);
            }
            browser::focus_soon(dom_id(drag.id));
        } else if drag.by_keys {
            on_held(grid, drag, &event);
        }
    });
    on_cleanup(move || {
        keys.remove();
        // Whoever goes elsewhere leaves it as it was.
        grid.drag.try_set(None);
    });
}

fn on_held(grid: Grid, drag: Drag, event: &KeyboardEvent) {
    let shift = event.shift_key();
    let day = |by: i64| {
        let start = grid.zone.with_value(|zone| day_of(zone, drag.to.from, by));
        drag.to.moved_to(start)
    };
    let to = match event.key().as_str() {
        "ArrowUp" if shift => resized(&drag, -1),
        "ArrowDown" if shift => resized(&drag, 1),
        "ArrowUp" => drag.to.moved_to(drag.to.from - drag.step),
        "ArrowDown" => drag.to.moved_to(drag.to.from + drag.step),
        "ArrowLeft" => day(-1),
        "ArrowRight" => day(1),
        "Enter" => {
            event.prevent_default();
            grid.drag.set(None);
            // Only the page learns whether it may stay there, and says so.
            match drag.dropped() {
                Some(dropped) => {
                    say(grid, String::new());
                    grid.on_drop.run(dropped);
                }
                None => say(grid, grid.words.left.to_owned()),
            }
            browser::focus_soon(dom_id(drag.id));
            return;
        }
        "Tab" => {
            // Whoever goes on without deciding leaves it as it was.
            drag::cancel(grid);
            return;
        }
        _ => return,
    };
    event.prevent_default();
    say(grid, words(grid, to));
    grid.drag.set(Some(Drag { to, ..drag }));
    reveal(grid, to);
    show_ghost();
}

/// Has the page show the day on which it begins.
fn reveal(grid: Grid, time: Span) {
    let date = grid.date(time.from);
    if grid.axis.with_untracked(|axis| axis.columns.iter().all(|column| column.date != date)) {
        grid.on_reveal.run(date);
    }
}

fn resized(drag: &Drag, steps: i64) -> Span {
    let least = drag.step.min(drag.from.len());
    Span::new(drag.to.from, drag.to.from + (drag.to.len() + steps * drag.step).max(least))
}

/// `Tuesday 3 March, 10:00–11:00`.
fn words(grid: Grid, time: Span) -> String {
    let date = grid.zone.with_value(|zone| wall(instant(time.from), &zone.0).date());
    format!("{}, {}", day_heading(date), grid.times(time))
}

fn say(grid: Grid, text: String) {
    grid.said.set(text);
}

/// Brings what is in the hand into view.
fn show_ghost() {
    request_animation_frame(|| {
        if let Some(ghost) = document().query_selector(".tg-ghost").ok().flatten() {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
            ghost.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}
