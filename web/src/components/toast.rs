mod room;

use super::icon::Icon;
use crate::browser;
use crate::messages::t;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, Node};

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
    /// It was said just now.
    new: bool,
}

/// Short notes that something worked, or did not, said once and gone.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    count: StoredValue<u32>,
    /// While somebody points at the notes or has the focus in them, none goes.
    held: RwSignal<bool>,
    /// What the next ones tell of.
    about: Option<Uuid>,
    /// What had the focus before somebody went to the notes.
    before: StoredValue<Option<HtmlElement>, LocalStorage>,
}

impl Toasts {
    /// None yet.
    pub fn new() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            count: StoredValue::new(0),
            held: RwSignal::new(false),
            about: None,
            before: StoredValue::new_local(None),
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
        self.list.update(|list| list.retain(|toast| toast.new || toast.offer.is_some()));
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
        self.list.update(|list| {
            // The same again takes the place of the first, whose offer is out of date, and so does what followed.
            list.retain(|toast| toast.text != text && (toast.about.is_none() || toast.about != self.about));
            list.push(Toast { id, text, offer, refusal, about: self.about, new: true });
        });
        let grow_old = move || {
            self.list.update_untracked(|list| list.iter_mut().for_each(|toast| toast.new &= toast.id != id));
        };
        set_timeout(grow_old, Duration::ZERO);
        set_timeout(move || self.expire(id, stays), stays);
    }

    fn expire(self, id: u32, stays: Duration) {
        if self.held.get_untracked() {
            set_timeout(move || self.expire(id, stays), stays);
        } else {
            self.drop(id);
        }
    }

    fn drop(self, id: u32) {
        self.list.update(|list| list.retain(|toast| toast.id != id));
        // A button that goes away under the pointer tells nobody that the pointer has left.
        if self.list.with_untracked(Vec::is_empty) {
            self.held.set(false);
        }
    }

    /// Somebody is done with a note that goes away under them: on where they came from, or at the top of the page.
    fn leave(self) {
        request_animation_frame(move || {
            if let Some(before) = self.before.get_value().filter(|element| element.is_connected()) {
                browser::focus(&before);
            }
            browser::focus_if_lost("main h1".to_owned());
        });
    }
}

/// Where the notes appear.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = Toasts::here();
    let hold = move |held: bool| toasts.held.set(held);
    let region = NodeRef::<html::Div>::new();
    let lift = RwSignal::new(room::EDGE);
    Effect::new(move |before: Option<bool>| {
        let some = !toasts.list.with(Vec::is_empty);
        // One that follows the buttons is enough.
        if some && before != Some(true) {
            room::look_for(region, lift);
        }
        some
    });
    let enter = move |event: FocusEvent| {
        hold(true);
        let from = event.related_target().and_then(|from| from.dyn_into::<HtmlElement>().ok());
        let inside = |from: &HtmlElement| {
            let node: &Node = from.as_ref();
            region.get_untracked().is_some_and(|region| region.contains(Some(node)))
        };
        if from.as_ref().is_none_or(|from| !inside(from)) {
            toasts.before.set_value(from);
        }
    };
    view! {
        <div class="toasts" node_ref=region style:bottom=move || format!("{}px", lift.get())
            on:pointerenter=move |_| hold(true) on:pointerleave=move |_| hold(false)
            on:focusin=enter on:focusout=move |_| hold(false)>
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

fn draw(toasts: Toasts, toast: Toast) -> AnyView {
    let Toast { id, text, offer, refusal, .. } = toast;
    let icon = if refusal { Icon::Alert } else { Icon::Check };
    let offer = offer.map(|(label, deed)| {
        let press = move |_| {
            toasts.drop(id);
            toasts.leave();
            deed();
        };
        view! { <button type="button" class="button quiet deed" on:click=press>{label}</button> }
    });
    let close = move |_| {
        toasts.drop(id);
        toasts.leave();
    };
    view! {
        <div class="toast" class:refusal=refusal>
            {icon.draw()}
            <span>{text}</span>
            {offer}
            <button type="button" class="button quiet icon-only" aria-label=t().common.close on:click=close>
                {Icon::Cross.draw()}
            </button>
        </div>
    }
    .into_any()
}
