//! On other pages: that bookings wait to be paid.

use super::held::{Key, waiting};
use crate::format::{now, time};
use crate::holds;
use crate::messages::{t, till};
use crate::pages::client_zone;
use crate::session::Session;
use crate::tabs;
use contract::bookings::Booking;
use leptos::prelude::*;
use std::time::Duration;
use uuid::Uuid;

/// Which bookings, and where to tell that one waits no longer.
pub type Notice = (Vec<Uuid>, RwSignal<()>);

/// Asks for the bookings, so that nothing is said that is over.
pub fn draw((ids, over): Notice) -> AnyView {
    let session = Session::here();
    let held = RwSignal::new(Vec::<Booking>::new());
    // Another tab may have paid for one.
    let news = RwSignal::new(());
    tabs::follow(move |_| news.set(()));
    Effect::new(move |_| {
        news.track();
        let keys: Vec<Key> = ids.iter().filter_map(|id| Key::of(*id, session.api())).collect();
        leptos::task::spawn_local(async move {
            let asked = keys.len();
            let found = waiting(session, keys).await;
            for booking in &found {
                end_in_time(booking, session, held, over);
            }
            if found.len() < asked {
                over.try_set(());
            }
            held.try_set(found);
        });
    });
    (move || {
        let held = held.get();
        let first = held.first()?;
        let until = first.expires_at.map(|until| time(until, &client_zone(first))).unwrap_or_default();
        let pay = (format!("/pay/{}", first.id), t().pay.pay_now);
        let (words, (href, way)) = match u32::try_from(held.len()) {
            Ok(several @ 2..) => {
                let theirs = session.unpaid();
                let is_members = held.iter().all(|booking| theirs.contains(&booking.id));
                let list = ("/bookings".to_owned(), t().common.my_bookings);
                ((till().several_held)(several, &until), if is_members { list } else { pay })
            }
            _ => {
                let what = format!("{} {}", first.service.name, (t().booking.with)(&first.provider.name));
                ((till().held)(&what, &until), pay)
            }
        };
        Some(view! { <p>{words} " " <a href=href>{way}</a></p> })
    })
    .into_any()
}

/// Says when its hold has ended, unless that was put off meanwhile.
fn end_in_time(booking: &Booking, session: Session, held: RwSignal<Vec<Booking>>, over: RwSignal<()>) {
    let (id, Some(until)) = (booking.id, booking.expires_at) else { return };
    let ended = move || {
        let has_ended = |held: &Vec<Booking>| {
            let booking = held.iter().find(|booking| booking.id == id);
            booking.and_then(|booking| booking.expires_at).is_none_or(|until| until <= now())
        };
        if held.try_with_untracked(has_ended) == Some(true) {
            holds::settle(id);
            session.waits_no_longer(id);
            over.try_set(());
        }
    };
    set_timeout(ended, Duration::try_from(until - now()).unwrap_or_default());
}
