//! Services put in order: dragged by the grip, or moved by buttons and keys. What is seen is saved a moment later, and can
//! be taken back.

use crate::api::{ApiError, AuthorizedApi};
use crate::browser;
use crate::components::{Icon, Toasts};
use crate::form::Form;
use crate::messages::order_words;
use crate::remote::Remote;
use contract::problem::Code;
use contract::services::{ServiceStatus, Services};
use leptos::prelude::*;
use leptos::{ev, html};
use std::time::Duration;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Several moves in a row are saved as one.
const SETTLES: Duration = Duration::from_millis(600);
/// How often it is looked whether an order has arrived, in milliseconds.
const LOOK: u32 = 50;

/// The order of the offered services on the screen, and what the server knows of it.
#[derive(Clone, Copy)]
pub struct Order {
    api: AuthorizedApi,
    provider: Uuid,
    ids: RwSignal<Vec<Uuid>>,
    /// As the server has them.
    known: StoredValue<Services>,
    /// The order that is on its way there.
    sending: StoredValue<Option<Vec<Uuid>>>,
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
    pub fn new(api: AuthorizedApi, provider: Uuid, services: Services, remote: Remote<Services>) -> Self {
        let order = Self {
            api,
            provider,
            ids: RwSignal::new(offered(&services)),
            known: StoredValue::new(services),
            sending: StoredValue::new(None),
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

    /// Whether the order on the screen is not yet the server's.
    pub fn is_unsaved(self) -> bool {
        self.dragged.with_untracked(Option::is_some)
            || self.sending.with_value(Option::is_some)
            || self.unsaved().is_some()
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
        // Whoever goes does not wait for the timer.
        let hidden =
            window_event_listener(ev::Custom::<web_sys::Event>::new("pagehide"), move |_| self.save());
        on_cleanup(move || {
            moved.remove();
            up.remove();
            cancel.remove();
            hidden.remove();
            self.save();
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
                if self.turn.try_get_value() != Some(mine) {
                    return;
                }
                if self.sending.with_value(Option::is_some) {
                    self.settle();
                } else {
                    self.save();
                }
            },
            SETTLES,
        );
    }

    /// What is seen and neither saved nor on its way, after what is; nothing once the page is gone.
    fn unsaved(self) -> Option<(Vec<Uuid>, Vec<Uuid>)> {
        let known = self.known.try_with_value(offered)?;
        let (sent, ids) = (self.sending.try_get_value()?, self.ids.try_get_untracked()?);
        let before = sent.unwrap_or(known);
        (before != ids).then_some((before, ids))
    }

    /// Saves at once what is not saved yet.
    fn save(self) {
        if let Some((before, ids)) = self.unsaved() {
            self.sending.set_value(Some(ids.clone()));
            let version = self.known.with_value(|list| list.version);
            leptos::task::spawn_local(self.send(version, before, ids));
        }
    }

    /// The version of a service once what was moved before is saved: another place makes it another version.
    pub async fn settled(self, id: Uuid) -> Option<i32> {
        loop {
            if self.sending.try_get_value()?.is_some() {
                browser::sleep(LOOK).await;
            } else if self.unsaved().is_some() {
                self.save();
            } else {
                let version = |list: &Services| {
                    list.items.iter().find(|service| service.id == id).map(|service| service.version)
                };
                return self.known.try_with_value(version).flatten();
            }
        }
    }

    /// The page may be gone when the answer comes.
    async fn send(self, version: i32, before: Vec<Uuid>, ids: Vec<Uuid>) {
        let Order { api, provider, toasts, remote, .. } = self;
        let answer = api.order_services(provider, version, ids.clone()).await;
        let other =
            |error: &ApiError| matches!(error.code(), Some(Code::VersionMismatch | Code::InvalidFields));
        let (answer, stale) = match answer {
            Err(error) if other(&error) => (reorder(api, provider, &before, &ids).await, true),
            answer => (answer.map(Some), false),
        };
        let gone = self.sending.try_set_value(None).is_some();
        match answer {
            Ok(Some(list)) => {
                if stale {
                    self.ids.try_set(offered(&list));
                }
                self.known.try_set_value(list);
                let taken_back = move || self.take_back(ids.clone(), before.clone());
                toasts.offer(order_words().saved, order_words().undo, taken_back);
            }
            Ok(None) => {
                toasts.warn(order_words().changed_elsewhere);
                self.ids.try_set(before);
            }
            Err(error) if gone => toasts.warn(error.sentence()),
            Err(error) => {
                self.ids.try_set(before);
                self.form.fail(error);
            }
        }
        if stale {
            remote.refresh();
        }
    }

    /// The page may be gone by now, and services be offered or archived since.
    fn take_back(self, now: Vec<Uuid>, before: Vec<Uuid>) {
        let Order { api, provider, toasts, remote, .. } = self;
        leptos::task::spawn_local(async move {
            match reorder(api, provider, &now, &before).await {
                Ok(Some(_)) => toasts.say(order_words().taken_back),
                Ok(None) => toasts.warn(order_words().changed_elsewhere),
                Err(error) => toasts.warn(error.sentence()),
            }
            remote.refresh();
        });
    }
}

/// What is offered, in its order.
fn offered(list: &Services) -> Vec<Uuid> {
    let active = list.items.iter().filter(|service| service.status == ServiceStatus::Active);
    active.map(|service| service.id).collect()
}

/// Puts services in another order, whichever were added or archived meanwhile; not where somebody else has put them in an order
/// of their own.
async fn reorder(
    api: AuthorizedApi,
    provider: Uuid,
    from: &[Uuid],
    to: &[Uuid],
) -> Result<Option<Services>, ApiError> {
    let list = api.services(provider).await?;
    match rebased(&offered(&list), from, to) {
        Some(ids) => api.order_services(provider, list.version, ids).await.map(Some),
        None => Ok(None),
    }
}

/// The order `to` for what is offered now, what is new coming last; nothing where the rest is no longer in the order `from`.
fn rebased(now: &[Uuid], from: &[Uuid], to: &[Uuid]) -> Option<Vec<Uuid>> {
    let still = |ids: &[Uuid], others: &[Uuid]| -> Vec<Uuid> {
        ids.iter().filter(|id| others.contains(id)).copied().collect()
    };
    if still(now, from) != still(from, now) {
        return None;
    }
    let mut ids = still(to, now);
    ids.extend(now.iter().filter(|id| !to.contains(id)));
    Some(ids)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn ids<const N: usize>(numbers: [u128; N]) -> Vec<Uuid> {
        numbers.map(Uuid::from_u128).to_vec()
    }

    #[test]
    fn an_order_holds_for_what_is_offered_now() {
        let (from, to) = (ids([1, 2, 3]), ids([3, 1, 2]));
        assert_eq!(rebased(&ids([1, 2, 3]), &from, &to), Some(ids([3, 1, 2])));
        assert_eq!(rebased(&ids([1, 3]), &from, &to), Some(ids([3, 1])), "one was archived");
        assert_eq!(rebased(&ids([1, 9, 2, 3]), &from, &to), Some(ids([3, 1, 2, 9])), "one is new");
        assert_eq!(rebased(&ids([2, 1, 3]), &from, &to), None, "somebody else has put them in order");
    }
}
