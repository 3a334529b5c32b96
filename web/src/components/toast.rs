mod room;

use super::icon::Icon;
use crate::browser;
use crate::messages::t;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// How long a note is read.
const STAYS: Duration = Duration::from_secs(7);
/// Deciding takes longer than reading, and so does taking in what was not expected.
const LONG: Duration = Duration::from_secs(10);

/// What a note offers to do, such as taking back what it tells of.
type Deed = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    offer: Option<(String, Deed)>,
    /// Something did not work.
    refusal: bool,
    /// What it tells of.
    about: Option<Uuid>,
}

/// Short notes that something worked, or did not, said once and gone.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    count: StoredValue<u32>,
    /// Up to which they were not said just now.
    old: StoredValue<u32>,
    /// While somebody points at the notes or has the focus in them, none goes.
    held: RwSignal<bool>,
    /// What the next ones tell of.
    about: Option<Uuid>,
}

impl Toasts {
    /// None yet.
    pub fn new() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            count: StoredValue::new(0),
            old: StoredValue::new(0),
            held: RwSignal::new(false),
            about: None,
        }
    }

    /// The ones of this app.
    pub fn here() -> Self {
        expect_context()
    }

    /// The same for news of one thing, such as a booking: the latest take the place of those before.
    pub fn about(self, thing: Uuid) -> Self {
        Self { about: Some(thing), ..self }
    }

    /// The person goes to another page: what was said about the last one goes too, unless something can be done about it, or
    /// it was said on leaving.
    pub fn turn_page(self) {
        let old = self.old.get_value();
        self.keep(&|toast| toast.id > old || toast.offer.is_some());
    }

    /// Says something.
    pub fn say(self, text: impl Into<String>) {
        self.add(text.into(), None, false);
    }

    /// Says that something did not work, or is not as it was thought to be.
    pub fn warn(self, text: impl Into<String>) {
        self.add(text.into(), None, true);
    }

    /// Says something and offers one thing to do about it, as "Undo". The note outlives the page that made it, so
    /// the deed must not count on the page's signals: use `try_set` and the like.
    pub fn offer(
        self,
        text: impl Into<String>,
        label: impl Into<String>,
        deed: impl Fn() + Send + Sync + 'static,
    ) {
        self.add(text.into(), Some((label.into(), Arc::new(deed))), false);
    }

    fn add(self, text: String, offer: Option<(String, Deed)>, refusal: bool) {
        let stays = if offer.is_some() || refusal { LONG } else { STAYS };
        let id = self.count.get_value() + 1;
        self.count.set_value(id);
        // The same again takes the place of the first, whose offer is out of date, and so does what followed.
        self.keep(&|toast| toast.text != text && (toast.about.is_none() || toast.about != self.about));
        self.list.update(|list| list.push(Toast { id, text, offer, refusal, about: self.about }));
        set_timeout(move || self.old.set_value(id), Duration::ZERO);
        room::keep_free();
        set_timeout(move || self.expire(id, stays), stays);
    }

    fn keep(self, stays: &dyn Fn(&Toast) -> bool) {
        self.list.update(|list| list.retain(|toast| stays(toast)));
        // A button that goes away under the pointer tells nobody that the pointer has left.
        if self.list.with_untracked(Vec::is_empty) {
            self.held.set(false);
        }
    }

    fn expire(self, id: u32, stays: Duration) {
        if self.held.get_untracked() {
            set_timeout(move || self.expire(id, stays), stays);
        } else {
            self.drop(id);
        }
    }

    fn drop(self, id: u32) {
        self.keep(&|toast| toast.id != id);
    }
}

/// Where the notes appear.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = Toasts::here();
    let hold = move |held: bool| toasts.held.set(held);
    view! {
        <div class="toasts"
            on:pointerenter=move |_| hold(true) on:pointerleave=move |_| hold(false)
            on:focusin=move |_| hold(true) on:focusout=move |_| hold(false)>
            {list(toasts, "status", false)}
            {list(toasts, "alert", true)}
        </div>
    }
    .into_any()
}

/// What did not work interrupts; the rest waits until a screen reader has finished its sentence.
fn list(toasts: Toasts, role: &'static str, refusals: bool) -> AnyView {
    let mine =
        move || toasts.list.get().into_iter().filter(|toast| toast.refusal == refusals).collect::<Vec<_>>();
    view! {
        <div role=role><For each=mine key=|toast| toast.id let(toast)>{draw(toasts, toast)}</For></div>
    }
    .into_any()
}

/// Somebody is done with a note that goes away under them.
fn leave() {
    browser::focus_if_lost("main h1".to_owned());
}

fn draw(toasts: Toasts, toast: Toast) -> AnyView {
    let Toast { id, text, offer, refusal, .. } = toast;
    let icon = if refusal { Icon::Alert } else { Icon::Check };
    let offer = offer.map(|(label, deed)| {
        let press = move |_| {
            toasts.drop(id);
            leave();
            deed();
        };
        view! { <button type="button" class="button quiet deed" on:click=press>{label}</button> }
    });
    let close = move |_| {
        toasts.drop(id);
        leave();
    };
    view! {
        <div class="toast" class:refusal=refusal>
            {icon.draw()}
            <span>{text}</span>
            {offer}
            <button type="button" class="button quiet icon-only" aria-label=t().common.dismiss on:click=close>
                {Icon::Cross.draw()}
            </button>
        </div>
    }
    .into_any()
}
