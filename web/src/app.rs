//! The frame: contexts, and the page at the present address.

use crate::api::ApiError;
use crate::browser;
use crate::components::{Dialogs, FocusTurn, NotFound, Shell, Toasts, failed_page, skeleton_rows};
use crate::first;
use crate::messages::{self, t};
use crate::parts::{PARTS, Pages};
use crate::router::{Place, Router};
use crate::session::Session;
use crate::tabs;
use crate::turns;
use crate::unsaved;
use leptos::ev;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement};

/// Puts the app into the page.
pub fn start() {
    // What users get has no words for panics (`web/compile`).
    if cfg!(debug_assertions) {
        console_error_panic_hook::set_once();
    }
    // Leptos' own executor starts only with the app.
    wasm_bindgen_futures::spawn_local(async {
        if messages::load().await.is_ok() {
            // With its links before ours, nobody could tell that the link to skip ahead comes first.
            browser::remove("unloaded");
            turns::start();
            turns::next().await;
            first::mount(app);
        } else {
            browser::remove("first");
            browser::reveal("unloaded");
        }
    });
}

fn app() -> AnyView {
    let router = Router::start(PARTS);
    provide_context(router);
    provide_context(Session::start());
    unsaved::ask_before_unloading();
    let toasts = Toasts::new();
    provide_context(toasts);
    provide_context(Dialogs::new());
    let session = Session::here();
    tabs::follow(move |_| leptos::task::spawn_local(session.reload()));
    let turn = FocusTurn::new();
    provide_context(turn);
    // Whoever arrives at another page hears its heading.
    let path = router.path();
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            turn.next();
            toasts.turn_page();
        }
        now
    });
    let stage = Stage::start(router);
    view! { <Shell waits=stage.waits>{move || stage.draw()}</Shell> }.into_any()
}

/// How long a part may take before the page says that it waits: what is quick should not flash.
const QUICK: Duration = Duration::from_millis(150);

/// What is on show.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    /// The first part is on its way.
    Nothing,
    /// No page stands at this address.
    Unknown,
    /// A page whose part is here.
    Page(Place),
    /// The part could not be fetched.
    Failed,
}

/// Where pages appear. The present page stays until the part of the next one has arrived.
#[derive(Clone, Copy)]
struct Stage {
    router: Router,
    parts: StoredValue<Vec<Option<Pages>>>,
    shown: RwSignal<Shown>,
    /// Whether the next page lets people wait.
    waits: RwSignal<bool>,
}

impl Stage {
    fn start(router: Router) -> Self {
        let parts = StoredValue::new(vec![None; PARTS.len()]);
        let (shown, waits) = (RwSignal::new(Shown::Nothing), RwSignal::new(false));
        let stage = Self { router, parts, shown, waits };
        Effect::new(move |_| stage.go(router.place()));
        // Whoever points at a link is likely to follow it.
        for event in ["pointerover", "focusin", "touchstart"] {
            window_event_listener_untyped(event, move |event| stage.expect(&event));
        }
        stage
    }

    fn go(self, place: Option<Place>) {
        self.waits.set(false);
        let Some(place) = place else { return self.show(Shown::Unknown) };
        if self.parts.with_value(|parts| parts[place.part].is_some()) {
            return self.show(Shown::Page(place));
        }
        let is_wanted = move || untrack(|| self.router.place()) == Some(place);
        // The first page has its own sign.
        let late = move || {
            if is_wanted() && self.shown.get_untracked() != Shown::Nothing {
                self.waits.set(true);
            }
        };
        let late = set_timeout_with_handle(late, QUICK).ok();
        leptos::task::spawn_local(async move {
            let arrived = self.fetch(place.part).await;
            turns::next().await;
            late.inspect(TimeoutHandle::clear);
            if is_wanted() {
                self.waits.set(false);
                self.show(if arrived { Shown::Page(place) } else { Shown::Failed });
            }
        });
    }

    async fn fetch(self, part: usize) -> bool {
        let Ok(pages) = (PARTS[part].fetch)().await else { return false };
        self.parts.update_value(|parts| parts[part] = Some(pages));
        true
    }

    fn show(self, shown: Shown) {
        let before = self.shown.get_untracked();
        if before != shown {
            // Until the page names itself. The first one is named by the server.
            if before != Shown::Nothing {
                browser::set_title(&(t().common.title)(t().common.loading));
            }
            self.shown.set(shown);
        }
    }

    /// Fetches the part behind a link ahead of the click.
    fn expect(self, event: &ev::Event) {
        let link = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = link.and_then(|element| element.closest("a[href]").ok().flatten());
        let path =
            link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()).map(|link| link.pathname());
        let Some(place) = path.and_then(|path| self.router.find(&path)) else { return };
        if self.parts.with_value(|parts| parts[place.part].is_none()) {
            leptos::task::spawn_local(async move {
                // A failure shows when the link is followed.
                let _ = self.fetch(place.part).await;
            });
        }
    }

    fn draw(self) -> AnyView {
        match self.shown.get() {
            // What the server wrote is there to see.
            Shown::Nothing if first::is_apart() => ().into_any(),
            Shown::Nothing => {
                // The agenda is wider than other pages, its frame from the start.
                let path = self.router.path().get_untracked();
                let below = path.strip_prefix("/dashboard/").unwrap_or_default();
                let wide = !below.is_empty() && below != "new" && !below.contains('/');
                view! { <div class:wide=wide><div class="page">{skeleton_rows(4)}</div></div> }.into_any()
            }
            Shown::Unknown => view! { <NotFound /> }.into_any(),
            Shown::Page(place) => {
                let page = self.parts.with_value(|parts| parts[place.part].map(|pages| pages[place.page]));
                page.map_or_else(|| ().into_any(), |page| page())
            }
            Shown::Failed => {
                let again = Callback::new(move |()| self.go(untrack(|| self.router.place())));
                let error = ApiError::lost();
                view! { <div class="page">{failed_page(error, Some(again))}</div> }.into_any()
            }
        }
    }
}
