//! Moving and resizing by pointer: the mouse and the pen at once, a finger after it has rested a moment, so that it can
//! still scroll.

use super::{Drag, Grid, Hold};
use crate::calendar::{Span, step_from};
use leptos::ev;
use leptos::prelude::*;
use std::time::Duration;
use uuid::Uuid;
use web_sys::PointerEvent;

/// A mouse that trembles less than this only clicks.
const TREMBLE: f64 = 4.0;
/// A finger that moves more than this before its time only scrolls.
const SLIP: f64 = 10.0;
/// How long a finger rests.
const REST: Duration = Duration::from_millis(350);

/// A pointer that is down on an item.
#[derive(Clone, Copy)]
pub struct Press {
    id: Uuid,
    hold: Hold,
    pointer: i32,
    touch: bool,
    start: (f64, f64),
    pub(super) at: (f64, f64),
    timer: Option<TimeoutHandle>,
}

/// A pointer went down on an item.
pub fn take(grid: Grid, id: Uuid, hold: Hold, event: &PointerEvent) {
    grid.dropped.set_value(false);
    let movable = grid.item(id).is_some_and(|item| item.movable);
    if !movable || event.button() != 0 || !event.is_primary() || grid.drag.with_untracked(Option::is_some) {
        return;
    }
    let touch = event.pointer_type() == "touch";
    let at = (f64::from(event.client_x()), f64::from(event.client_y()));
    let timer = touch.then(|| set_timeout_with_handle(move || begin(grid), REST).ok()).flatten();
    let pointer = event.pointer_id();
    grid.press.set_value(Some(Press { id, hold, pointer, touch, start: at, at, timer }));
}

/// Whether a finger is on an item; a long press then means taking it, not the browser's menu.
pub fn by_touch(grid: Grid) -> bool {
    grid.press.with_value(|press| press.as_ref().is_some_and(|press| press.touch))
}

/// Follows the pointer wherever it goes.
pub fn listen(grid: Grid) {
    let moved = window_event_listener(ev::pointermove, move |event| on_move(grid, &event));
    let up = window_event_listener(ev::pointerup, move |event| {
        if is_ours(grid, &event) {
            release(grid, true);
        }
    });
    let lost = window_event_listener(ev::pointercancel, move |event| {
        if is_ours(grid, &event) {
            release(grid, false);
        }
    });
    on_cleanup(move || {
        moved.remove();
        up.remove();
        lost.remove();
    });
}

fn is_ours(grid: Grid, event: &PointerEvent) -> bool {
    grid.press
        .try_with_value(|press| press.as_ref().is_some_and(|press| press.pointer == event.pointer_id()))
        .unwrap_or_default()
}

fn on_move(grid: Grid, event: &PointerEvent) {
    if !is_ours(grid, event) {
        return;
    }
    let at = (f64::from(event.client_x()), f64::from(event.client_y()));
    grid.press.update_value(|press| {
        if let Some(press) = press {
            press.at = at;
        }
    });
    let Some(press) = grid.press.get_value() else { return };
    let far = (at.0 - press.start.0).abs().max((at.1 - press.start.1).abs());
    if grid.drag.with_untracked(Option::is_some) {
        follow(grid);
    } else if press.touch && far > SLIP {
        forget(grid);
    } else if !press.touch && far > TREMBLE {
        begin(grid);
        follow(grid);
    }
}

/// The item is in the hand from here on.
fn begin(grid: Grid) {
    let Some(Some(press)) = grid.press.try_get_value() else { return };
    let Some(item) = grid.item(press.id) else { return };
    let at = instant_at(grid, press.start.0, press.start.1).unwrap_or(item.time.from);
    grid.drag.set(Some(Drag {
        id: item.id,
        hold: press.hold,
        from: item.time,
        to: item.time,
        grab: at - item.time.from,
        by_keys: false,
        step: item.step,
    }));
    super::scroll::at_edges(grid);
}

/// The item goes where the pointer is.
pub fn follow(grid: Grid) {
    let Some(press) = grid.press.get_value() else { return };
    let Some(at) = instant_at(grid, press.at.0, press.at.1) else { return };
    let Some(drag) = grid.drag.get_untracked() else { return };
    let origin = grid.axis.with_untracked(|axis| {
        let column = axis.column_of(at).and_then(|index| axis.columns.get(index));
        column.map_or(0, |column| column.span.from)
    });
    let to = match drag.hold {
        Hold::Move => drag.from.moved_to(step_from(origin, drag.step, at - drag.grab)),
        Hold::Resize => {
            let least = drag.from.from + drag.step.min(drag.from.len());
            Span::new(drag.from.from, step_from(origin, drag.step, at).max(least))
        }
    };
    if to != drag.to {
        grid.drag.set(Some(Drag { to, ..drag }));
    }
}

/// The hand opens: the item stays where it is, or goes back.
fn release(grid: Grid, keep: bool) {
    forget(grid);
    let Some(drag) = grid.drag.get_untracked().filter(|drag| !drag.by_keys) else { return };
    grid.drag.set(None);
    // The click that follows belongs to this.
    grid.dropped.set_value(true);
    let forget_it = move || {
        grid.dropped.try_set_value(false);
    };
    set_timeout(forget_it, Duration::from_millis(50));
    if let Some(dropped) = drag.dropped().filter(|_| keep) {
        grid.on_drop.run(dropped);
    }
}

/// Lets go of everything.
pub fn cancel(grid: Grid) {
    // A button that is still down gives a click when it is let go.
    grid.dropped.set_value(grid.press.with_value(Option::is_some));
    forget(grid);
    grid.drag.set(None);
}

fn forget(grid: Grid) {
    if let Some(timer) = grid.press.get_value().and_then(|press| press.timer) {
        timer.clear();
    }
    grid.press.set_value(None);
}

/// The instant under a point of the screen.
pub fn instant_at(grid: Grid, x: f64, y: f64) -> Option<i64> {
    let rect = grid.body.get_untracked()?.get_bounding_client_rect();
    grid.axis.with_untracked(|axis| {
        let count = axis.columns.len();
        let share = ((x - rect.left()) / rect.width()).clamp(0.0, 0.999_999);
        let column = axis.columns.get((share * count as f64) as usize)?;
        let place = ((y - rect.top()) / rect.height() * axis.height as f64) as i64;
        Some(column.instant(place.clamp(0, axis.height - 1)))
    })
}
