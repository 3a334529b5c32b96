//! Changes that would be lost by leaving the page. Forms say so (see [`crate::form::Form::guard`]); whoever is about to
//! leave asks.

use leptos::ev;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

type Changed = Rc<dyn Fn() -> bool>;

thread_local! {
    static WATCHED: RefCell<Vec<Changed>> = const { RefCell::new(Vec::new()) };
}

/// Watches for changes as long as the present page is there.
pub fn watch(changed: impl Fn() -> bool + 'static) {
    let changed: Changed = Rc::new(changed);
    WATCHED.with_borrow_mut(|watched| watched.push(changed.clone()));
    let mine = StoredValue::new_local(changed);
    on_cleanup(move || {
        if let Some(mine) = mine.try_get_value() {
            WATCHED.with_borrow_mut(|watched| watched.retain(|other| !Rc::ptr_eq(other, &mine)));
        }
    });
}

/// Whether something on the page is not saved.
pub fn any() -> bool {
    let watched = WATCHED.with_borrow(Clone::clone);
    untrack(|| watched.iter().any(|changed| changed()))
}

/// The browser asks, in its own words, before it leaves the app or loads it anew.
pub fn ask_before_unloading() {
    window_event_listener(ev::beforeunload, |event| {
        if any() {
            event.prevent_default();
            event.set_return_value("unsaved");
        }
    });
}
