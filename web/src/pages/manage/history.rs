use super::actions::Side;
use crate::api::BookingKey;
use crate::format::{moment, money, parse_instant, time_range};
use crate::messages::{t, till};
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
    view! {
        <details class="history" node_ref=element on:toggle=move |_| open.set(true)>
            <summary>{t().manage.history}</summary>
            {move || open.get().then(|| view! { <Events id=id key=key.clone() side=side zone=zone.clone() currency=currency.clone() version=version /> })}
        </details>
    }
    .into_any()
}

#[component]
fn Events(
    id: Uuid,
    key: BookingKey,
    side: Side,
    zone: String,
    currency: String,
    version: Signal<i32>,
) -> impl IntoView {
    let events = Remote::new(move || key.clone().events(id));
    Effect::new(move |before: Option<i32>| {
        let now = version.get();
        if before.is_some_and(|before| before != now) {
            events.refresh();
        }
        now
    });
    move || {
        match events.get() {
        Load::Loading => view! { <p class="muted">{t().common.loading}</p> }.into_any(),
        Load::Failed(error) => {
            crate::components::failure(error, Some(Callback::new(move |()| events.retry())))
        }
        Load::Ready(events) => {
            view! { <ol>{events.items.iter().map(|event| line(event, side, &zone, &currency)).collect_view()}</ol> }
                .into_any()
        }
    }
    }
}

fn line(event: &BookingEvent, side: Side, zone: &str, currency: &str) -> AnyView {
    let text = &t().manage;
    let instant = |name: &str| event.detail.get(name).and_then(|at| at.as_str()).and_then(parse_instant);
    let word = |name: &str| event.detail.get(name).and_then(|word| word.as_str());
    let service = word("from_service").zip(word("to_service"));
    let mut kind = event.kind.as_str();
    let detail = match (instant("from"), instant("to")) {
        (Some(from), Some(to)) => {
            let ends = instant("from_end").zip(instant("to_end")).filter(|_| from == to && service.is_none());
            let moved = match ends {
                Some((before, after)) => {
                    kind = "resized";
                    (text.event_moved)(&time_range(from, before, zone), &time_range(to, after, zone))
                }
                None => (text.event_moved)(&moment(from, zone), &moment(to, zone)),
            };
            Some(match service {
                None => moved,
                Some((before, now)) => {
                    kind = "changed";
                    let changed = (text.event_moved)(before, now);
                    if from == to { changed } else { format!("{changed}, {moved}") }
                }
            })
        }
        // The bank has a word for it, said once.
        _ if kind == "disputed" => {
            let opened = word("reason").filter(|_| !matches!(word("state"), Some("won" | "lost")));
            opened.and_then(till().dispute_reason).map(|why| format!("({why})"))
        }
        _ => word("reason").filter(|reason| !reason.is_empty()).map(text.reason_was),
    };
    if event.detail.get("lost_minor").is_some() {
        kind = "lost";
    } else if kind == "disputed" {
        kind = match word("state") {
            Some("won") => "dispute_won",
            Some("lost") => "dispute_lost",
            _ => kind,
        };
    }
    // Of a payment or a refund.
    let amount = event.detail.get("amount_minor").and_then(|minor| minor.as_i64());
    let amount = amount.map(|minor| format!(": {}", money(minor, currency)));
    view! {
        <li>
            <span>{(text.event)(kind, who(&event.actor, side))}{amount}{detail.map(|detail| format!(" {detail}"))}</span>
            <time class="muted">{moment(event.at, zone)}</time>
        </li>
    }
    .into_any()
}

/// Whoever did it, for who reads it. A provider's people read of the provider: there may be several of them.
fn who(actor: &str, side: Side) -> &str {
    match (actor, side) {
        ("client" | "guest", Side::Client) => "you",
        ("client" | "guest", Side::Provider) => "client",
        _ => actor,
    }
}
