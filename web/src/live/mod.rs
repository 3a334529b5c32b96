//! Live updates: pages that are open hear of changes.
//!
//! A stream is read with `fetch`, because an access token may travel in a header only. Where no stream can be had,
//! listeners are called every few seconds instead, and ask the server themselves. A hidden tab listens to nothing
//! and catches up when it is shown again; so does one whose session has ended, once somebody has logged in again.
//! Dialogs stop nothing: what is drawn anew below one must not be what it hangs on.

mod bell;
mod events;

use crate::api::{AuthorizedApi, Listening};
use crate::browser::is_hidden;
use crate::patience::spread;
use crate::session::{Session, Standing};
use bell::Bell;
use events::Events;
use leptos::ev;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use uuid::Uuid;
use web_sys::AbortController;

/// How often listeners are called while there is no stream.
const POLL: u32 = 5_000;
/// How long at first until a stream that was lost is opened again; twice as long each time.
const FIRST_PAUSE: u32 = 500;
/// How long at most.
const LONGEST_PAUSE: u32 = 60_000;

/// Calls `heard` soon after a booking, service, hours or the profile of a provider changed, while the component that
/// asks is there. For the provider's members. What the component asks for once it has begun to listen is not told of again,
/// unless it changed after that.
pub fn provider(api: AuthorizedApi, id: Uuid, heard: Callback<()>) {
    follow(Listening::Provider(api, id), heard);
}

/// Calls `heard` soon after the free times of a service may have changed, while the component that asks is there.
pub fn slots(api: Option<AuthorizedApi>, service: Uuid, heard: Callback<()>) {
    follow(Listening::Slots(api, service), heard);
}

fn follow(whom: Listening, heard: Callback<()>) {
    let session = Session::here();
    let line = Rc::new(Line {
        last_id: RefCell::new(whom.begin()),
        whom,
        session,
        heard,
        over: Cell::new(false),
        bell: Bell::default(),
        reading: RefCell::new(None),
    });
    let kept = StoredValue::new_local(line.clone());
    let disturb = move |line: &Line| {
        line.hang_up();
        line.bell.ring();
    };
    Effect::new(move |before: Option<bool>| {
        let lapsed = matches!(session.standing(), Standing::Lapsed(_));
        if before.is_some_and(|before| before != lapsed) {
            kept.try_with_value(|line| disturb(line));
        }
        lapsed
    });
    let shown = window_event_listener(ev::Custom::<web_sys::Event>::new("visibilitychange"), move |_| {
        kept.try_with_value(|line| disturb(line));
    });
    let online = window_event_listener(ev::online, move |_| {
        kept.try_with_value(|line| disturb(line));
    });
    on_cleanup(move || {
        shown.remove();
        online.remove();
        kept.try_with_value(|line| {
            line.over.set(true);
            disturb(line);
        });
    });
    leptos::task::spawn_local(async move { line.run().await });
}

/// Somebody's wish to hear of changes.
struct Line {
    whom: Listening,
    /// Up to where everything is known.
    last_id: RefCell<Option<String>>,
    session: Session,
    heard: Callback<()>,
    over: Cell<bool>,
    /// Wakes it early: it is over, the tab was hidden or shown, the network is back, the session ended or began.
    bell: Bell,
    reading: RefCell<Option<AbortController>>,
}

impl Line {
    async fn run(&self) {
        let mut last_id = self.last_id.take();
        let mut pause = FIRST_PAUSE;
        while !self.over.get() {
            if self.rests() {
                self.bell.wait().await;
                continue;
            }
            let began = self.read(&mut last_id).await;
            if self.over.get() || self.rests() {
                continue;
            }
            // A stream that went well may end any time: its server stops, or its token has.
            pause = if began { FIRST_PAUSE } else { (pause * 2).min(LONGEST_PAUSE) };
            self.do_without(spread(pause)).await;
        }
    }

    /// Reads one stream to its end, and tells whether it began.
    async fn read(&self, last_id: &mut Option<String>) -> bool {
        let Ok(controller) = AbortController::new() else { return false };
        self.reading.replace(Some(controller.clone()));
        let Ok(response) = self.whom.open(last_id.as_deref(), &controller.signal()).await else {
            return false;
        };
        let Some(mut events) = Events::of(&response) else { return false };
        let mut began = false;
        while let Some(news) = events.next(last_id).await {
            began = true;
            if news && !self.over.get() {
                self.heard.run(());
            }
        }
        // A stream that fell silent is still open.
        controller.abort();
        began
    }

    /// Whether nobody looks, or nobody may.
    fn rests(&self) -> bool {
        is_hidden() || self.session.is_lapsed()
    }

    fn hang_up(&self) {
        if let Some(controller) = self.reading.take() {
            controller.abort();
        }
    }

    /// Calls the listener now and then until it is time to try the stream again.
    async fn do_without(&self, mut pause: u32) {
        while pause > 0 {
            let part = pause.min(POLL);
            if self.bell.wait_for(part).await {
                return;
            }
            pause -= part;
            if !self.over.get() && !self.rests() {
                self.heard.run(());
            }
        }
    }
}
