//! Where the notes stand: at the bottom of the window, and above a primary button, or what a dialog offers, that would be below them.

use leptos::prelude::*;
use std::cell::Cell;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// How far from the edge they stand where nothing is in the way, in pixels.
const EDGE: i32 = 16;
/// What is left free between them and a button.
const GAP: i32 = 8;
/// How often it is looked where the buttons are: pages scroll, and others take their place.
const AGAIN: Duration = Duration::from_millis(200);

thread_local! {
    static LOOKS: Cell<bool> = const { Cell::new(false) };
}

/// Keeps the notes off primary buttons as long as there are any.
pub fn keep_free() {
    if !LOOKS.replace(true) {
        request_animation_frame(follow);
    }
}

fn follow() {
    let page = document();
    let notes = page.get_elements_by_class_name("toast");
    let region = page.query_selector(".toasts").ok().flatten().filter(|_| notes.length() > 0);
    let Some(region) = region.and_then(|region| region.dyn_into::<HtmlElement>().ok()) else {
        LOOKS.set(false);
        return;
    };
    let (mut left, mut right) = (f64::MAX, f64::MIN);
    for note in (0..notes.length()).filter_map(|at| notes.item(at)) {
        let around = note.get_bounding_client_rect();
        (left, right) = (left.min(around.left()), right.max(around.right()));
    }
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default() as i32;
    let tall = region.get_bounding_client_rect().height() as i32 + 1;
    let buttons = page.query_selector_all(".primary, dialog[open] .actions > *").ok();
    let buttons = buttons.iter().flat_map(|all| (0..all.length()).filter_map(|at| all.item(at)));
    let mut beside = Vec::new();
    for button in buttons.filter_map(|button| button.dyn_into::<Element>().ok()) {
        let around = button.get_bounding_client_rect();
        if around.height() > 0.0 && around.left() < right && around.right() > left {
            beside.push((around.top() as i32, around.bottom() as i32 + 1));
        }
    }
    let free = free_above(height, tall, &beside);
    // A browser that refuses shows them at the edge.
    let _ = region.style().set_property("bottom", &format!("{free}px"));
    set_timeout(follow, AGAIN);
}

/// How far above the lower edge of the window there is room for something so tall, off all of these, from top to bottom.
fn free_above(height: i32, tall: i32, taken: &[(i32, i32)]) -> i32 {
    let mut free = EDGE;
    while let Some((top, _)) =
        taken.iter().find(|(top, bottom)| *bottom > height - free - tall && *top < height - free)
    {
        free = height - top + GAP;
        if free + tall > height {
            // Nowhere: then as ever.
            return EDGE;
        }
    }
    free
}

#[cfg(test)]
mod tests {
    use super::{EDGE, free_above};

    #[test]
    fn notes_stand_above_what_is_in_their_way() {
        assert_eq!(free_above(900, 50, &[]), EDGE);
        assert_eq!(free_above(900, 50, &[(100, 144)]), EDGE, "far up");
        assert_eq!(free_above(900, 50, &[(850, 890)]), 58);
        assert_eq!(free_above(900, 50, &[(850, 890), (800, 840)]), 108, "one above the other");
        assert_eq!(free_above(900, 50, &[(880, 940)]), 28, "half below the fold");
        assert_eq!(free_above(900, 50, &[(910, 950)]), EDGE, "below the fold");
        assert_eq!(free_above(60, 50, &[(10, 50)]), EDGE, "no room at all");
    }
}
