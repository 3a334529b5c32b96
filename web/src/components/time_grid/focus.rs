//! The focus goes with an item: one that gets another day, goes back, or comes into view again is drawn anew there.

use super::Grid;
use crate::browser;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Follows which item has the focus, and gives it back where the page took it.
pub fn keep(grid: Grid) {
    // Whoever goes or presses elsewhere is done with it.
    let note = move |event: &web_sys::Event| {
        let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let item = element.and_then(|element| element.closest(".tg-item").ok().flatten());
        grid.focused.try_set_value(item.map(|item| item.id()).unwrap_or_default());
    };
    let entered = window_event_listener(ev::focusin, move |event| note(&event));
    let pressed = window_event_listener(ev::pointerdown, move |event| note(&event));
    on_cleanup(move || {
        entered.remove();
        pressed.remove();
    });
    Effect::new(move |_| {
        grid.placed.track();
        let item = grid.focused.get_value();
        if !item.is_empty() {
            browser::focus_if_lost(format!("#{item}"));
        }
    });
}
