//! What the server wrote of the page before the program was there, and how the app takes its place.
//!
//! The app draws itself apart, in several tasks, and comes in once the page has its heading and all that was put off
//! ([`in_turn`]): until then nothing would be won by it. So what is there to read stays, and nothing moves.

use crate::browser;
use crate::components::tell_server;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

const FIRST: &str = "first";

thread_local! {
    /// Where the app draws itself while it is not in the page yet.
    static APART: RefCell<Option<Element>> = const { RefCell::new(None) };
    /// Whether the page has its heading.
    static HAS_HEADING: Cell<bool> = const { Cell::new(false) };
    /// How much of the page is still to be drawn.
    static PUT_OFF: Cell<u32> = const { Cell::new(0) };
}

/// Starts the app, apart where the server wrote something to read meanwhile.
pub fn mount(app: impl FnOnce() -> AnyView + 'static) {
    // Where it is in another language than the reader's, it is not shown, and nothing is won by waiting.
    let silent = document().document_element().is_some_and(|page| page.has_attribute("data-silent"));
    if silent {
        // The next one is in the right one.
        tell_server();
    }
    let first = document().get_element_by_id(FIRST);
    let waits = !silent && first.is_some_and(|first| first.has_attribute("data-waits"));
    let apart = document().create_element("div").ok().filter(|_| waits);
    match apart.and_then(|apart| apart.dyn_into::<HtmlElement>().ok()) {
        Some(apart) => {
            APART.set(Some(apart.clone().into()));
            leptos::mount::mount_to(apart, app).forget();
        }
        None => {
            browser::remove(FIRST);
            leptos::mount::mount_to_body(app);
        }
    }
}

/// Whether the app is not in the page yet.
pub fn is_apart() -> bool {
    APART.with_borrow(Option::is_some)
}

/// Draws in a turn of its own what nobody sees yet, and at once what stands in the page.
pub fn in_turn(mut draw: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    if !is_apart() {
        return draw();
    }
    let mut put_off = Some(PutOff::new());
    let ready = RwSignal::new(false);
    leptos::task::spawn_local(async move {
        ready.try_set(true);
    });
    (move || {
        ready.get().then(|| {
            let drawn = draw();
            put_off.take();
            drawn
        })
    })
    .into_any()
}

/// Something that is still to be drawn, or nobody wants any more once it is dropped.
struct PutOff;

impl PutOff {
    fn new() -> Self {
        PUT_OFF.set(PUT_OFF.get() + 1);
        Self
    }
}

impl Drop for PutOff {
    fn drop(&mut self) {
        PUT_OFF.set(PUT_OFF.get().saturating_sub(1));
        if PUT_OFF.get() == 0 && is_apart() {
            // What was drawn last is put where it belongs first.
            leptos::task::spawn_local(async { come_in() });
        }
    }
}

/// How long a press may well last. Meanwhile nothing is taken away, or it would lead nowhere.
const PRESS: Duration = Duration::from_millis(50);

fn is_pressed(first: &Element) -> bool {
    first.query_selector(":active").is_ok_and(|pressed| pressed.is_some())
}

/// The page has something to show: the app comes in, as soon as the rest is there as well.
pub fn give_way() {
    HAS_HEADING.set(true);
    come_in();
}

fn come_in() {
    if PUT_OFF.get() > 0 || !HAS_HEADING.get() {
        return;
    }
    let first = document().get_element_by_id(FIRST);
    if first.as_ref().is_some_and(is_pressed) {
        return set_timeout(come_in, PRESS);
    }
    let Some(apart) = APART.take() else { return };
    let Some((first, page)) = first.and_then(|first| Some((first.clone(), first.parent_node()?))) else {
        return;
    };
    while let Some(child) = apart.first_child() {
        // Both nodes are in hand, so it cannot fail.
        let _ = page.insert_before(&child, Some(&first));
    }
    first.remove();
}
