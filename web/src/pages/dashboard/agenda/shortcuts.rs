//! Keys for the whole agenda, and the list of them. They can be turned off, for those whose speech types letters.

use super::Board;
use super::place::View;
use crate::browser;
use crate::components::Dialog;
use crate::messages::t;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Where the wish for no keys is kept.
const OFF: &str = "appointed.agenda.keys-off";

/// Hears keys that are meant for nothing else.
pub fn listen(board: Board) {
    let keys = window_event_listener(ev::keydown, move |event| {
        let held = event.ctrl_key() || event.meta_key() || event.alt_key();
        let busy = board.drag.try_with_untracked(Option::is_some).unwrap_or(true);
        if held
            || busy
            || event.default_prevented()
            || is_spoken_for(&event)
            || browser::recall(OFF).is_some()
        {
            return;
        }
        let place = board.place;
        match event.key().as_str() {
            "?" => board.help.set(true),
            "t" | "T" => place.show_date(place.today.get_untracked()),
            "d" | "D" => place.show_view(View::Day),
            "w" | "W" => place.show_view(View::Week),
            "m" | "M" => place.show_view(View::Month),
            "l" | "L" => place.show_view(View::List),
            "n" | "N" => place.leave("/book"),
            "ArrowLeft" if place.view.get_untracked() != View::List => place.step(-1),
            "ArrowRight" if place.view.get_untracked() != View::List => place.step(1),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || keys.remove());
}

/// Whether somebody is typing, choosing, or in a dialog.
fn is_spoken_for(event: &web_sys::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| {
        target
            .closest("input, select, textarea, dialog, [role=menu], [contenteditable]")
            .ok()
            .flatten()
            .is_some()
    }) || document().query_selector("dialog[open]").ok().flatten().is_some()
}

/// The dialog with the list.
pub fn help(board: Board) -> AnyView {
    view! { <Dialog id="agenda-keys" title=t().agenda.keys_title open=board.help>{super::later::keys()}</Dialog> }
        .into_any()
}

/// The list, and whether the keys are heeded.
pub fn list((): ()) -> AnyView {
    let text = &t().agenda;
    let on = RwSignal::new(browser::recall(OFF).is_none());
    let set = move |event: web_sys::Event| {
        let checked = event_target_checked(&event);
        if checked {
            browser::forget(OFF)
        } else {
            browser::remember(OFF, "1")
        }
        on.set(checked);
    };
    let list = |keys: &'static [(&'static str, &'static str)]| {
        let line = |(keys, what): &(&'static str, &'static str)| view! { <div><dt><kbd>{*keys}</kbd></dt><dd>{*what}</dd></div> };
        view! { <dl class="keys">{keys.iter().map(line).collect_view()}</dl> }
    };
    view! {
        {list(text.keys_list)}
        <h3>{text.keys_booking}</h3>
        {list(text.keys_booking_list)}
        <div class="check">
            <input id="keys-on" type="checkbox" prop:checked=on on:change=set />
            <label for="keys-on">{text.keys_on}</label>
        </div>
    }
    .into_any()
}
