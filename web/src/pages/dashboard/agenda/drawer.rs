//! One booking beside the agenda: who, what, when, and everything that can be done to it.

use super::Board;
use super::look::badge;
use super::refund::Refund;
use super::retime::Retime;
use crate::api::BookingKey;
use crate::components::{Button, Dialogs, Drawer, Kind, failure, item_dom_id, skeleton_lines};
use crate::format::{clocks, day_heading, time_range, wall};
use crate::messages::t;
use crate::pages::manage::{self, Actions, History, Side, facts, has_sums, state_note};
use crate::pages::{pay, viewer_zone};
use crate::remote::{Load, Remote};
use contract::bookings::{Booking, BookingStatus};
use contract::payments::BookingMoney;
use leptos::prelude::*;
use uuid::Uuid;

/// Shown while the address names a booking.
pub fn draw(board: Board) -> AnyView {
    let place = board.place;
    // Closed, by its own button or by "back", the focus goes to where the booking stands.
    Effect::new(move |before: Option<Option<Uuid>>| {
        let now = place.booking.get();
        if let Some(closed) = before.flatten().filter(|_| now.is_none()) {
            place.closed();
            crate::browser::focus_soon(item_dom_id(closed));
        }
        now
    });
    (move || place.booking.get().map(|id| super::later::drawer(board, id))).into_any()
}

/// What of the drawer is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Moving {
    No,
    Typing,
    Picking,
}

/// The booking.
pub fn draw_booking((board, id): (Board, Uuid)) -> AnyView {
    let Board { place, store, .. } = board;
    let key = BookingKey::Session(board.own.with_value(|own| own.api));
    let gone_key = key.clone();
    let fetched = {
        let key = key.clone();
        Remote::new(move || {
            let key = key.clone();
            // What is known already is shown at once.
            let known = untrack(|| store.known(id));
            async move {
                match known {
                    Some(booking) => Ok(booking),
                    None => key.booking(id).await,
                }
            }
        })
    };
    Effect::new(move |_| {
        if let Some(booking) = fetched.value().filter(|_| untrack(|| store.known(id)).is_none()) {
            store.put(booking);
        }
    });
    // A question that is being answered is about the booking as it was when it was asked.
    let dialogs = Dialogs::here();
    let booking = Memo::new(move |before: Option<&Option<Booking>>| {
        let before = before.cloned().flatten();
        if before.is_some() && dialogs.any() {
            return before;
        }
        store.known(id).or(before).or_else(|| fetched.value())
    });
    // Called off by somebody else, it is in no list any more: its own page of the server knows how it ended.
    Effect::new(move |was_known: Option<bool>| {
        let known = store.known(id).is_some();
        if was_known == Some(true) && !known {
            let key = gone_key.clone();
            leptos::task::spawn_local(async move {
                if let Ok(booking) = key.booking(id).await {
                    store.put(booking);
                }
            });
        }
        known
    });
    // Lists leave out what became of refunds, and of what was reserved; of a refund that failed, no sum tells.
    let ask = {
        let key = key.clone();
        move || {
            let key = key.clone();
            leptos::task::spawn_local(async move {
                if let Ok(booking) = key.booking(id).await {
                    store.put(booking);
                }
            });
        }
    };
    let ask_again = ask.clone();
    let money = Memo::new(move |_| {
        let told = |it: &Booking| {
            let ended = it.status == BookingStatus::Cancelled && it.money.due_minor > 0;
            (ended || it.money.paid_minor > 0).then(|| it.money.clone())
        };
        booking.with(|it| it.as_ref().and_then(told))
    });
    Effect::new(move |_| {
        if money.with(|money| money.as_ref().is_some_and(|money| money.refunds.is_none())) {
            ask();
        }
    });
    // How far refunds are becomes another without a new version of the booking.
    Effect::new(move |before: Option<()>| {
        board.answered.track();
        let known = |money: &BookingMoney| money.refunds.as_ref().is_some_and(|refunds| !refunds.is_empty());
        if before.is_some() && money.with_untracked(|money| money.as_ref().is_some_and(known)) {
            ask_again();
        }
    });
    let title =
        move || booking.get().map_or_else(|| t().agenda.drawer_loading.to_owned(), |it| it.client.name);
    let close = Callback::new(move |()| {
        if place.booking.get_untracked() == Some(id) {
            place.show_booking(None);
        }
    });
    let moving = RwSignal::new(Moving::No);
    let body = move || match (booking.get(), fetched.get()) {
        (Some(booking), _) => ready(board, booking, key.clone(), moving),
        (None, Load::Failed(error)) => failure(error, Some(Callback::new(move |()| fetched.retry()))),
        (None, _) => skeleton_lines(6),
    };
    view! { <Drawer id="booking" title=Signal::derive(title) on_close=close>{body}</Drawer> }.into_any()
}

fn ready(board: Board, booking: Booking, key: BookingKey, moving: RwSignal<Moving>) -> AnyView {
    let text = &t().agenda;
    let store = board.store;
    let (mine, theirs) = (booking.provider.time_zone.clone(), booking.client_time_zone.clone());
    let (start, end) = (booking.start_at, booking.end_at);
    let other = clocks(start, end, &mine, &untrack(viewer_zone), &theirs)
        .map(|theirs| view! { <p class="muted clocks">{theirs}</p> });
    // What was pressed is gone then: on at the name.
    let to_name = || crate::browser::focus_if_lost("#booking".to_owned());
    let on_change = Callback::new(move |booking: Booking| {
        to_name();
        moving.set(Moving::No);
        store.put(booking);
        board.answered.set(());
    });
    let again = {
        let key = key.clone();
        let id = booking.id;
        Callback::new(move |()| {
            let key = key.clone();
            leptos::task::spawn_local(async move {
                if let Ok(booking) = key.booking(id).await {
                    store.put(booking);
                }
            });
        })
    };
    let stop = Callback::new(move |()| {
        to_name();
        moving.set(Moving::No);
    });
    // Who comes by a link to the booking is here before the services are.
    let pick = move || match board.facts.value().is_some_and(|known| known.offers_several()) {
        true => text.pick_free_or_service,
        false => text.pick_free,
    };
    let mover = {
        let (booking, key, mine) = (booking.clone(), key.clone(), mine.clone());
        move || {
            match moving.get() {
            Moving::No => ().into_any(),
            Moving::Typing => view! {
                <Retime board=board booking=booking.clone() on_stop=stop />
                <Button kind=Kind::Quiet on_press=Callback::new(move |()| moving.set(Moving::Picking))>{pick}</Button>
            }
            .into_any(),
            Moving::Picking => {
                manage::mover((booking.clone(), key.clone(), Side::Provider, mine.clone(), on_change, stop))
            }
        }
        }
    };
    view! {
        <div class="drawer-what">
            {badge(&booking)}
            <p class="drawer-service">{booking.service.name.clone()}</p>
            <p class="done-when"><span>{day_heading(wall(start, &mine).date())}</span><b>{time_range(start, end, &mine)}</b></p>
            {other}
        </div>
        {state_note(&booking, Side::Provider, &mine)}
        <Actions booking=booking.clone() key=key.clone() side=Side::Provider on_move=Callback::new(move |()| moving.set(Moving::Typing)) on_end=Callback::new(move |()| moving.set(Moving::No))
            on_change=on_change on_stale=again />
        <Refund board=board booking=booking.clone() on_change=on_change on_stale=again />
        {mover}
        {facts(&booking, Side::Provider)}
        {has_sums(&booking).then(|| pay::sums(booking.clone(), key.clone(), Side::Provider))}
        {pay::rest_note(&booking, &key, Side::Provider)}
        <History id=booking.id key=key side=Side::Provider zone=mine currency=booking.currency.clone() />
        <p><a href=format!("/bookings/{}", booking.id)>{text.open_page}</a></p>
    }
    .into_any()
}
