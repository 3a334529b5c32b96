//! Changes that would be lost by leaving the page. Forms say so (see [`crate::form::Form::guard`]); whoever is about to
//! leave asks.

use leptos::ev;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

/// Something that can be changed and not saved.
#[derive(Clone)]
struct Watched {
    changed: Rc<dyn Fn() -> bool>,
    forget: Rc<dyn Fn()>,
}

thread_local! {
    static WATCHED: RefCell<Vec<Watched>> = const { RefCell::new(Vec::new()) };
}

/// Watches for changes as long as the present page is there. Whoever leaves all the same has decided against them:
/// `forget` clears what is kept of them.
pub fn watch(changed: impl Fn() -> bool + 'static, forget: impl Fn() + 'static) {
    let changed: Rc<dyn Fn() -> bool> = Rc::new(changed);
    let mine = StoredValue::new_local(changed.clone());
    WATCHED.with_borrow_mut(|watched| watched.push(Watched { changed, forget: Rc::new(forget) }));
    on_cleanup(move || {
        if let Some(mine) = mine.try_get_value() {
            WATCHED.with_borrow_mut(|watched| watched.retain(|other| !Rc::ptr_eq(&other.changed, &mine)));
        }
    });
}

/// The person leaves without saving.
pub fn let_go() {
    for watched in WATCHED.with_borrow(Clone::clone) {
        (watched.forget)();
    }
}

/// Whether something on the page is not saved.
pub fn any() -> bool {
    let watched = WATCHED.with_borrow(Clone::clone);
    untrack(|| watched.iter().any(|watched| (watched.changed)()))
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
