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

/// That there is something to look at.
#[derive(Clone, Copy)]
pub struct News {
    pending: RwSignal<bool>,
    session: Session,
    dialogs: Dialogs,
}

impl News {
    /// Whether it has to wait, reactively: while a dialog is open nothing is drawn anew below it, and whose session has ended
    /// cannot look.
    fn waits(self) -> bool {
        let lapsed = matches!(self.session.standing(), Standing::Lapsed(_));
        self.dialogs.any_or_drawer() || lapsed
    }

    /// Whether an answer has come at a time when it has to wait. It is looked again then, once that is over.
    pub fn is_put_off(self) -> bool {
        let waits = untrack(|| self.waits());
        if waits {
            self.pending.try_set(true);
        }
        waits
    }
}

/// Calls `look` when this tab is shown again and, while it is shown, when another one wrote something: as long as the component
/// that asks is there, and where that need not wait.
pub fn follow(look: impl Fn(News) + 'static) {
    let pending = RwSignal::new(false);
    let news = News { pending, session: Session::here(), dialogs: Dialogs::here() };
    Effect::new(move |_| {
        if pending.get() && !news.waits() {
            pending.set(false);
            untrack(|| look(news));
        }
    });
    let heed = move || {
        // A hidden tab looks when it is shown again.
        if !browser::is_hidden() {
            pending.try_set(true);
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
