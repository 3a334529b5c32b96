//! On other pages: that a booking of this tab waits to be paid.

use crate::api::BookingKey;
use crate::format::{now, time};
use crate::holds;
use crate::messages::{t, till};
use crate::session::Session;
use crate::tabs;
use contract::bookings::{Awaits, Booking};
use leptos::prelude::*;
use std::time::Duration;
use uuid::Uuid;

/// Which booking, and where to tell that it waits no longer.
pub type Notice = (Uuid, RwSignal<()>);

/// Asks for the booking, so that nothing is said that is over.
pub fn draw((id, over): Notice) -> AnyView {
    let session = Session::here();
    let booking = RwSignal::new(None::<Booking>);
    let end = move |gone: bool| {
        if gone {
            holds::forget(id)
        } else {
            holds::settle(id)
        }
        over.try_set(());
    };
    // Another tab may have paid for it.
    let news = RwSignal::new(());
    tabs::follow(move || news.set(()));
    Effect::new(move |_| {
        news.track();
        let key = match (holds::token(id), session.api()) {
            (Some(token), _) => BookingKey::Link(token),
            (None, Some(api)) => BookingKey::Session(api),
            (None, None) => return,
        };
        leptos::task::spawn_local(async move {
            match key.booking(id).await {
                Ok(found) if found.awaits == Some(Awaits::Payment) => {
                    let left = found.expires_at.map(|until| until - now());
                    let left = left.and_then(|left| Duration::try_from(left).ok()).unwrap_or_default();
                    set_timeout(
                        move || {
                            over.try_set(());
                        },
                        left,
                    );
                    booking.try_set(Some(found));
                }
                Ok(_) => end(false),
                Err(error) if error.is_gone() => end(true),
                // Nobody asked for it: it is said another time.
                Err(_) => {}
            }
        });
    });
    (move || {
        booking.get().map(|booking| {
            let what = format!("{} {}", booking.service.name, (t().booking.with)(&booking.provider.name));
            let until = booking.expires_at.map(|until| time(until, &booking.client_time_zone));
            let words = (till().held)(&what, &until.unwrap_or_default());
            view! { <p>{words} " " <a href=format!("/pay/{id}")>{t().pay.pay_now}</a></p> }
        })
    })
    .into_any()
}
