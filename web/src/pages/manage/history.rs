//! What happened to a booking, behind a line to unfold.

use super::actions::Side;
use super::events::{self, Asked};
use crate::api::BookingKey;
use crate::later::{later, show};
use crate::messages::t;
use leptos::html;
use leptos::prelude::*;
use uuid::Uuid;

later!(money_later: events_part(Asked) = events::draw);

/// What happened to a booking, oldest first. It unfolds; closed it asks nothing of the server.
#[component]
pub fn History(
    id: Uuid,
    key: BookingKey,
    /// Who reads it.
    side: Side,
    zone: String,
    /// Of its amounts.
    currency: String,
    /// Of the booking: with another one, more has happened.
    #[prop(optional, into)]
    version: Signal<i32>,
) -> impl IntoView {
    let (open, element) = (RwSignal::new(false), NodeRef::<html::Details>::new());
    // Where a booking is drawn anew because something happened to it, its history stays unfolded, and is read anew.
    Effect::new(move |_| {
        if element.get().is_some_and(|details| details.has_attribute("open")) {
            open.set(true);
        }
    });
    let events = move || {
        let asked =
            || Asked { id, key: key.clone(), side, zone: zone.clone(), currency: currency.clone(), version };
        open.get().then(|| {
            show(events_part, asked(), || view! { <p class="muted">{t().common.loading}</p> }.into_any())
        })
    };
    view! {
        <details class="history" node_ref=element on:toggle=move |_| open.set(true)>
            <summary>{t().manage.history}</summary>
            {events}
        </details>
    }
    .into_any()
}
