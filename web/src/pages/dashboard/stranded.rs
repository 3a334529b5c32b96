//! Bookings that a change left outside the hours: kept, and for the provider to look at.

use crate::format::{iso, wall, when};
use crate::later::{later, show};
use crate::messages::t;
use crate::nav::address;
use contract::bookings::Booking;
use leptos::prelude::*;
use uuid::Uuid;

/// They, each with the way to it in the agenda; nothing where there are none.
pub fn stranded(provider: Uuid, zone: &str, bookings: &[Booking]) -> Option<AnyView> {
    let text = &t().hours;
    let row = |booking: &Booking| {
        let (date, id) = (iso(wall(booking.start_at, zone).date()), booking.id.to_string());
        let href = address(&format!("/dashboard/{provider}"), &[("date", &date), ("booking", &id)]);
        let words = format!("{}, {}", booking.client.name, booking.service.name);
        view! { <li><a href=href>{when(booking.start_at, booking.end_at, zone)}</a> " " {words}</li> }
    };
    (!bookings.is_empty()).then(|| {
        view! {
            <div class="notice stranded">
                <p><b>{(text.stranded)(bookings.len())}</b></p>
                <p>{(text.stranded_text)(bookings.len())}</p>
                <ul>{bookings.iter().map(row).collect_view()}</ul>
            </div>
        }
        .into_any()
    })
}

/// Those among them that a change left there itself: the others lay outside before.
pub fn newly(mut bookings: Vec<Booking>, ids: &[Uuid]) -> Vec<Booking> {
    bookings.retain(|booking| ids.contains(&booking.id));
    bookings
}

later!(later: stranded_part((Uuid, String, Vec<Booking>)) = |(provider, zone, left)| {
    stranded(provider, &zone, &left).into_any()
});

/// The same where it is rarely shown, and so comes when there are any.
pub fn left_outside(provider: Uuid, zone: &str, left: Vec<Booking>) -> Option<AnyView> {
    let shown = || show(stranded_part, (provider, zone.to_owned(), left.clone()), || ().into_any());
    (!left.is_empty()).then(shown)
}
