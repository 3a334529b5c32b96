//! The bookings of whoever is here that wait to be paid.

use crate::api::{AuthorizedApi, BookingKey};
use crate::components::skeleton_lines;
use crate::format::{time, when};
use crate::holds;
use crate::messages::{lookup, t, till};
use crate::pages::client_zone;
use crate::session::Session;
use contract::bookings::{Awaits, Booking};
use futures::future::join_all;
use leptos::prelude::*;
use uuid::Uuid;

/// A booking and what opens it.
pub struct Key {
    id: Uuid,
    key: BookingKey,
}

impl Key {
    /// By a guest's token where there is one, else by the session.
    pub fn of(id: Uuid, api: Option<AuthorizedApi>) -> Option<Self> {
        let key = holds::token(id).map(BookingKey::Link).or_else(|| api.map(BookingKey::Session))?;
        Some(Self { id, key })
    }
}

/// Those that still wait, as the server knows them, the first to lapse before the others; what is over is forgotten.
pub async fn waiting(session: Session, keys: Vec<Key>) -> Vec<Booking> {
    let asked = keys.into_iter().map(async |Key { id, key }| {
        let answer = key.booking(id).await;
        match &answer {
            Ok(booking) if booking.awaits == Some(Awaits::Payment) => {
                if let Some(until) = booking.expires_at {
                    holds::prolong(id, until);
                }
                return answer.ok();
            }
            Ok(_) => holds::settle(id),
            Err(error) if error.is_gone() => holds::forget(id),
            // Nobody asked for it: it is said another time.
            Err(_) => return None,
        }
        session.waits_no_longer(id);
        None
    });
    let mut held: Vec<Booking> = join_all(asked).await.into_iter().flatten().collect();
    held.sort_by_key(|booking| booking.expires_at);
    held
}

/// Where to pay or give up what waits, for whoever may hold no more.
pub fn draw(_: ()) -> AnyView {
    let session = Session::here();
    let held = RwSignal::new(None::<Vec<Booking>>);
    leptos::task::spawn_local(async move {
        // It may have been made on another device.
        session.reload().await;
        let api = session.api_now();
        let ids = holds::open(untrack(|| session.unpaid()));
        let keys = ids.into_iter().filter_map(|id| Key::of(id, api)).collect();
        held.try_set(Some(waiting(session, keys).await));
    });
    (move || match held.get() {
        None => skeleton_lines(2),
        Some(held) if held.is_empty() => elsewhere(session),
        Some(held) => view! { <ul class="held">{held.iter().map(row).collect_view()}</ul> }.into_any(),
    })
    .into_any()
}

fn row(booking: &Booking) -> AnyView {
    let zone = &client_zone(booking);
    let what = format!("{} {}", booking.service.name, (t().booking.with)(&booking.provider.name));
    let label = format!("{}: {what}", till().pay_or_give_up);
    let until = booking.expires_at.map(|until| (t().pay.unpaid_until)(&time(until, zone)));
    view! {
        <li>
            <span><b>{what}</b><br/>{when(booking.start_at, booking.end_at, zone)}</span>
            <span class="muted">{until}</span>
            <a class="button" href=format!("/pay/{}", booking.id) aria-label=label>{till().pay_or_give_up}</a>
        </li>
    }
    .into_any()
}

/// This browser knows of none: they were made elsewhere, or by others who share the line.
fn elsewhere(session: Session) -> AnyView {
    let is_guest = untrack(|| session.user()).is_none();
    is_guest
        .then(|| {
            let way = lookup().link_wrong_action;
            view! { <p class="hint">{till().held_elsewhere} " " <a href="/manage">{way}</a></p> }
        })
        .into_any()
}
