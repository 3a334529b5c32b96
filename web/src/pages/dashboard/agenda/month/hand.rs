//! Moving a booking to another day of the month, at the same time of day: dragged, or by keyboard.

use crate::browser;
use crate::calendar::{Span, day_of, wall_date};
use crate::components::{Drag, item_dom_id};
use crate::format::{instant, when};
use crate::messages::t;
use crate::pages::dashboard::agenda::Board;
use crate::pages::dashboard::agenda::store::span_of;
use leptos::ev;
use leptos::prelude::*;
use time::{Date, Duration};
use uuid::Uuid;

/// Takes a booking, if it can have another time.
pub fn take(board: Board, id: Uuid, by_keys: bool) {
    let found = untrack(|| board.store.known(id));
    if let Some(booking) = found.filter(|it| it.actions.iter().any(|action| action == "reschedule")) {
        board.drag.set(Some(Drag::take(id, span_of(&booking), by_keys)));
    }
}

/// Takes it by keyboard, and says how it goes on.
pub fn take_by_keys(board: Board, id: Uuid, said: RwSignal<String>) {
    take(board, id, true);
    let held = board.drag.with_untracked(|drag| drag.as_ref().map(|drag| drag.to));
    let who = untrack(|| board.store.known(id)).map(|booking| booking.client.name);
    if let Some((time, who)) = held.zip(who) {
        said.set((t().agenda.moving_day)(&who, &words(board, time)));
    }
}

/// Holds it above a day.
pub fn hold(board: Board, date: Date) {
    let Some(drag) = board.drag.get_untracked() else { return };
    let to = board.place.zone.with_value(|zone| {
        let days = (date - wall_date(zone, drag.from.from)).whole_days();
        drag.from.moved_to(day_of(zone, drag.from.from, days))
    });
    if to != drag.to {
        board.drag.update(|drag| drag.iter_mut().for_each(|drag| drag.to = to));
    }
}

/// Puts it down.
pub fn put(board: Board) {
    let Some(drag) = board.drag.get_untracked() else { return };
    board.drag.set(None);
    if let Some(it) = drag.dropped() {
        // Refused, it goes back to where the person may look no more.
        board.store.retime(it.id, it.from, it.to, move || board.place.reveal(it.from.from));
    }
}

/// Leaves it as it was.
pub fn leave(board: Board) {
    board.drag.set(None);
}

/// Keys for what is in the hand count wherever the focus is.
pub fn listen(board: Board, said: RwSignal<String>) {
    let keys = window_event_listener(ev::keydown, move |event| {
        let Some(Some(drag)) = board.drag.try_get_untracked() else { return };
        if !drag.by_keys {
            return;
        }
        let days = match event.key().as_str() {
            "ArrowLeft" => -1,
            "ArrowRight" => 1,
            "ArrowUp" => -7,
            "ArrowDown" => 7,
            "Enter" => {
                event.prevent_default();
                // Only the page learns whether it may stay there, and says so.
                let stays = drag.dropped().is_none();
                said.set(if stays { t().agenda.left.to_owned() } else { String::new() });
                put(board);
                return browser::focus_soon(item_dom_id(drag.id));
            }
            "Escape" => {
                event.prevent_default();
                leave(board);
                board.place.reveal(drag.from.from);
                said.set(t().agenda.left.to_owned());
                return browser::focus_soon(item_dom_id(drag.id));
            }
            // Whoever goes on without deciding leaves it as it was.
            "Tab" => return leave(board),
            _ => return,
        };
        event.prevent_default();
        let date = board.place.zone.with_value(|zone| wall_date(zone, drag.to.from)) + Duration::days(days);
        hold(board, date);
        if let Some(time) = board.drag.with_untracked(|drag| drag.as_ref().map(|drag| drag.to)) {
            said.set(words(board, time));
            board.place.reveal(time.from);
        }
    });
    on_cleanup(move || {
        keys.remove();
        // Whoever goes elsewhere leaves it as it was.
        board.drag.try_set(None);
    });
}

/// `Tue 3 March, 10:00–11:00`.
fn words(board: Board, time: Span) -> String {
    when(instant(time.from), instant(time.until), &board.place.zone_name())
}
