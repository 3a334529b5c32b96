//! Services put in order: dragged by the grip, or moved by buttons and keys. What is seen is saved a moment later, and can
//! be taken back.

use crate::api::AuthorizedApi;
use crate::components::{Icon, Toasts};
use crate::form::Form;
use crate::messages::order_words;
use crate::remote::Remote;
use contract::problem::Code;
use contract::services::{Service, Services};
use leptos::prelude::*;
use leptos::{ev, html};
use std::time::Duration;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Several moves in a row are saved as one.
const SETTLES: Duration = Duration::from_millis(600);

/// The order of the offered services on the screen, and what the server knows of it.
#[derive(Clone, Copy)]
pub struct Order {
    api: AuthorizedApi,
    provider: Uuid,
    ids: RwSignal<Vec<Uuid>>,
    /// As the server has it, and its version.
    saved: StoredValue<(Vec<Uuid>, i32)>,
    list: NodeRef<html::Ul>,
    dragged: RwSignal<Option<Uuid>>,
    /// Said to screen readers.
    said: RwSignal<String>,
    form: Form,
    toasts: Toasts,
    /// The latest move; an earlier one's timer does nothing.
    turn: StoredValue<u32>,
    remote: Remote<Services>,
}

impl Order {
    /// The order as it is.
    pub fn new(
        api: AuthorizedApi,
        provider: Uuid,
        services: &[Service],
        version: i32,
        remote: Remote<Services>,
    ) -> Self {
        let ids: Vec<Uuid> = services.iter().map(|service| service.id).collect();
        let order = Self {
            api,
            provider,
            ids: RwSignal::new(ids.clone()),
            saved: StoredValue::new((ids, version)),
            list: NodeRef::new(),
            dragged: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            form: Form::new(),
            toasts: Toasts::here(),
            turn: StoredValue::new(0),
            remote,
        };
        order.follow_pointer();
        order
    }

    /// The services, first to last.
    pub fn ids(self) -> Vec<Uuid> {
        self.ids.get()
    }

    /// Where the rows stand.
    pub fn list(self) -> NodeRef<html::Ul> {
        self.list
    }

    /// What a screen reader is told of the last move.
    pub fn said(self) -> String {
        self.said.get()
    }

    /// Whether a row is being dragged.
    pub fn dragging(self) -> bool {
        self.dragged.get().is_some()
    }

    /// Says what failed.
    pub fn form(self) -> Form {
        self.form
    }

    /// The row follows the pointer until it is let go, wherever that happens.
    fn follow_pointer(self) {
        let moved = window_event_listener(ev::pointermove, move |event| {
            if let Some(id) = self.dragged.get_untracked() {
                self.drag_to(id, f64::from(event.client_y()));
            }
        });
        let drop = move || {
            if self.dragged.get_untracked().is_some() {
                self.dragged.set(None);
                self.settle();
            }
        };
        let up = window_event_listener(ev::pointerup, move |_| drop());
        let cancel = window_event_listener(ev::pointercancel, move |_| drop());
        on_cleanup(move || {
            moved.remove();
            up.remove();
            cancel.remove();
            self.save_and_go();
        });
    }

    fn place_of(self, id: Uuid) -> Option<usize> {
        self.ids.with_untracked(|ids| ids.iter().position(|other| *other == id))
    }

    /// The row takes the place of those whose middle the pointer has passed.
    fn drag_to(self, id: Uuid, y: f64) {
        let (Some(from), Some(list)) = (self.place_of(id), self.list.get_untracked()) else { return };
        let rows = list.children();
        let passed = |place: &usize| {
            let Some(row) = u32::try_from(*place).ok().and_then(|place| rows.item(place)) else {
                return false;
            };
            let around = row.get_bounding_client_rect();
            around.top() + around.height() / 2.0 < y
        };
        let count = self.ids.with_untracked(Vec::len);
        let to = (0..count).filter(|place| *place != from).filter(passed).count();
        if to != from {
            self.put(from, to);
        }
    }

    fn put(self, from: usize, to: usize) {
        self.ids.update(|ids| {
            let id = ids.remove(from);
            ids.insert(to.min(ids.len()), id);
        });
        self.form.clear();
        // A row that moves in the page loses the focus. It has it again before the next key is heard.
        let focused = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
        leptos::task::spawn_local(async move {
            leptos::task::tick().await;
            if let Some(element) = focused {
                let _ = element.focus();
            }
        });
    }

    /// Moves a service by one place.
    fn step(self, id: Uuid, name: &str, down: bool) {
        let Some(from) = self.place_of(id) else { return };
        let count = self.ids.with_untracked(Vec::len);
        let to = if down { (from + 1).min(count - 1) } else { from.saturating_sub(1) };
        if to != from {
            self.put(from, to);
            self.settle();
        }
        self.said.set((order_words().now_at)(name, to + 1, count));
    }

    /// Saves what is seen, once nothing more is moved.
    fn settle(self) {
        let mine = self.turn.get_value() + 1;
        self.turn.set_value(mine);
        set_timeout(
            move || {
                if self.turn.try_get_value() == Some(mine) {
                    self.save();
                }
            },
            SETTLES,
        );
    }

    fn save(self) {
        let (before, version) = self.saved.get_value();
        let ids = self.ids.get_untracked();
        if ids == before {
            return;
        }
        if self.form.busy().get_untracked() {
            self.settle();
            return;
        }
        let Order { api, provider, .. } = self;
        let call = api.order_services(provider, version, ids.clone());
        let done = move |list: Services| {
            let version = list.version;
            self.saved.try_set_value((ids, version));
            let taken_back = move || self.take_back(version, before.clone());
            self.toasts.offer(order_words().saved, order_words().undo, taken_back);
        };
        self.form.send_or(call, done, move |error| {
            if error.code() == Some(Code::VersionMismatch) || error.code() == Some(Code::InvalidFields) {
                // Somebody else has ordered, added or archived: what is there now is shown.
                self.toasts.warn(order_words().changed_elsewhere);
                self.remote.retry();
                return;
            }
            self.saved.try_with_value(|(ids, _)| self.ids.try_set(ids.clone()));
            self.form.fail(error);
        });
    }

    /// The page is being left before what was moved last has been saved.
    fn save_and_go(self) {
        let (Some((before, version)), Some(ids)) = (self.saved.try_get_value(), self.ids.try_get_untracked())
        else {
            return;
        };
        let Order { api, provider, toasts, .. } = self;
        if ids != before {
            leptos::task::spawn_local(async move {
                match api.order_services(provider, version, ids).await {
                    Ok(_) => toasts.say(order_words().saved),
                    Err(error) => toasts.warn(error.sentence()),
                }
            });
        }
    }

    /// The page may be gone by now.
    fn take_back(self, version: i32, before: Vec<Uuid>) {
        let Order { api, provider, .. } = self;
        leptos::task::spawn_local(async move {
            match api.order_services(provider, version, before).await {
                Ok(_) => self.toasts.say(order_words().taken_back),
                Err(error) => self.toasts.warn(error.sentence()),
            }
            self.remote.retry();
        });
    }
}

/// The means to move one row.
#[derive(Clone)]
pub struct Mover {
    pub order: Order,
    pub id: Uuid,
    pub name: String,
}

impl Mover {
    /// Whether this row is being dragged.
    pub fn is_dragged(&self) -> bool {
        self.order.dragged.get() == Some(self.id)
    }

    /// Up and down by keys: with Alt anywhere in the row, without on its grip.
    pub fn key(&self, event: &web_sys::KeyboardEvent, moves: bool) {
        let down = match event.key().as_str() {
            "ArrowUp" => false,
            "ArrowDown" => true,
            _ => return,
        };
        if moves {
            event.prevent_default();
            event.stop_propagation();
            self.order.step(self.id, &self.name, down);
        }
    }

    /// Where the row is taken to be dragged.
    pub fn grip(&self) -> AnyView {
        let Mover { order, id, name } = self.clone();
        let mover = self.clone();
        let take = move |event: web_sys::PointerEvent| {
            if event.button() == 0 {
                event.prevent_default();
                order.dragged.set(Some(id));
            }
        };
        view! {
            <button type="button" class="button quiet icon-only grip" aria-label=(order_words().grip)(&name)
                on:pointerdown=take on:keydown=move |event| mover.key(&event, true)>
                {Icon::Grip.draw()}
            </button>
        }
        .into_any()
    }

    /// The same without dragging.
    pub fn buttons(&self) -> AnyView {
        let button = |down: bool, icon: Icon, label: String| {
            let Mover { order, id, name } = self.clone();
            let at_end = move || {
                let count = order.ids.with(Vec::len);
                order.ids.with(|ids| ids.iter().position(|other| *other == id))
                    == Some(if down { count - 1 } else { 0 })
            };
            view! {
                <button type="button" class="button quiet icon-only step" aria-label=label
                    aria-disabled=move || at_end().then_some("true")
                    on:click=move |_| order.step(id, &name, down)>
                    {icon.draw()}
                </button>
            }
        };
        let text = order_words();
        view! {
            {button(false, Icon::Up, (text.up)(&self.name))}
            {button(true, Icon::Down, (text.down)(&self.name))}
        }
        .into_any()
    }
}
