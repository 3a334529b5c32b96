//! What the server wrote of the page before the program was there, and how the app takes its place.
//!
//! The app draws itself apart, in several tasks, and comes in once the page has its heading: until then nothing would be won
//! by it. So what is there to read stays, and nothing moves.

use crate::browser;
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

const FIRST: &str = "first";

thread_local! {
    /// Where the app draws itself while it is not in the page yet.
    static APART: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// Starts the app, apart where the server wrote something to read meanwhile.
pub fn mount(app: impl FnOnce() -> AnyView + 'static) {
    // Where it is in another language than the reader's, it is not shown, and nothing is won by waiting.
    let silent = document().document_element().is_some_and(|page| page.has_attribute("data-silent"));
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

/// The page has something to show: the app comes in.
pub fn give_way() {
    let Some(apart) = APART.take() else { return };
    let first = document().get_element_by_id(FIRST);
    let Some((first, page)) = first.and_then(|first| Some((first.clone(), first.parent_node()?))) else {
        return;
    };
    while let Some(child) = apart.first_child() {
        // Both nodes are in hand, so it cannot fail.
        let _ = page.insert_before(&child, Some(&first));
    }
    first.remove();
}
