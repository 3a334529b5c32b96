//! Tabs of one browser agree: what one of them writes, the others ask for again.
//!
//! Pages that hear of changes from the server ([`crate::live`]) need none of this.

use crate::api::forget_answers;
use crate::browser;
use crate::components::Dialogs;
use crate::session::{Session, Standing};
use leptos::ev;
use leptos::prelude::*;
use uuid::Uuid;

/// Becomes another with each write; the browser tells all tabs but the one that wrote.
const WROTE: &str = "appointed.wrote";

/// Something was written here.
pub fn tell() {
    browser::remember(WROTE, &Uuid::new_v4().to_string());
}

/// Calls `look` when this tab is shown again and, while it is shown, when another one wrote something: as long as the component
/// that asks is there. While a dialog is open nothing is drawn anew below it, and whose session has ended cannot look.
pub fn follow(look: impl Fn() + 'static) {
    let (session, dialogs) = (Session::here(), Dialogs::here());
    let news = RwSignal::new(false);
    Effect::new(move |_| {
        let lapsed = matches!(session.standing(), Standing::Lapsed(_));
        if news.get() && !dialogs.any() && !lapsed {
            news.set(false);
            untrack(&look);
        }
    });
    let heed = move || {
        // A hidden tab looks when it is shown again.
        if !browser::is_hidden() {
            news.try_set(true);
        }
    };
    let shown = window_event_listener(ev::Custom::<web_sys::Event>::new("visibilitychange"), move |_| heed());
    let written = browser::on_change(WROTE, move |_| {
        forget_answers();
        heed();
    });
    on_cleanup(move || {
        shown.remove();
        written.remove();
    });
}
