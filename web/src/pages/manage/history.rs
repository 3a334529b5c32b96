use crate::api::BookingKey;
use crate::format::{moment, parse_instant};
use crate::messages::t;
use crate::remote::{Load, Remote};
use contract::bookings::BookingEvent;
use leptos::html;
use leptos::prelude::*;
use uuid::Uuid;

/// What happened to a booking, oldest first. It unfolds; closed it asks nothing of the server.
#[component]
pub fn History(
    id: Uuid,
    key: BookingKey,
    zone: String,
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
    view! {
        <details class="history" node_ref=element on:toggle=move |_| open.set(true)>
            <summary>{t().manage.history}</summary>
            {move || open.get().then(|| view! { <Events id=id key=key.clone() zone=zone.clone() version=version /> })}
        </details>
    }
    .into_any()
}

#[component]
fn Events(id: Uuid, key: BookingKey, zone: String, version: Signal<i32>) -> impl IntoView {
    let events = Remote::new(move || key.clone().events(id));
    Effect::new(move |before: Option<i32>| {
        let now = version.get();
        if before.is_some_and(|before| before != now) {
            events.refresh();
        }
        now
    });
    move || match events.get() {
        Load::Loading => view! { <p class="muted">{t().common.loading}</p> }.into_any(),
        Load::Failed(error) => {
            crate::components::failure(error, Some(Callback::new(move |()| events.retry())))
        }
        Load::Ready(events) => {
            view! { <ol>{events.items.iter().map(|event| line(event, &zone)).collect_view()}</ol> }.into_any()
        }
    }
}

fn line(event: &BookingEvent, zone: &str) -> AnyView {
    let text = &t().manage;
    let instant = |name: &str| event.detail.get(name).and_then(|at| at.as_str()).and_then(parse_instant);
    let detail = match (instant("from"), instant("to")) {
        (Some(from), Some(to)) => Some((text.event_moved)(&moment(from, zone), &moment(to, zone))),
        _ => event
            .detail
            .get("reason")
            .and_then(|reason| reason.as_str())
            .filter(|reason| !reason.is_empty())
            .map(text.reason_was),
    };
    view! {
        <li>
            <span>{(text.event)(&event.kind, &event.actor)}{detail.map(|detail| format!(" {detail}"))}</span>
            <time class="muted">{moment(event.at, zone)}</time>
        </li>
    }
    .into_any()
}
