//! What happened to a booking.

use super::actions::Side;
use crate::api::BookingKey;
use crate::format::{moment, money, parse_instant, time_range};
use crate::messages::{event_words, t, till};
use crate::remote::{Load, Remote};
use contract::bookings::BookingEvent;
use leptos::prelude::*;
use uuid::Uuid;

/// Whose history is read, and by whom.
#[derive(Clone)]
pub struct Asked {
    /// The booking.
    pub id: Uuid,
    /// What opens it.
    pub key: BookingKey,
    /// Who reads it.
    pub side: Side,
    /// By whose clock.
    pub zone: String,
    /// Of its amounts.
    pub currency: String,
    /// Of the booking: with another one, more has happened.
    pub version: Signal<i32>,
}

/// All of it, oldest first.
pub fn draw(asked: Asked) -> AnyView {
    let Asked { id, key, side, zone, currency, version } = asked;
    let events = Remote::new(move || key.clone().events(id));
    Effect::new(move |before: Option<i32>| {
        let now = version.get();
        if before.is_some_and(|before| before != now) {
            events.refresh();
        }
        now
    });
    (move || match events.get() {
        Load::Loading => view! { <p class="muted">{t().common.loading}</p> }.into_any(),
        Load::Failed(error) => {
            crate::components::failure(error, Some(Callback::new(move |()| events.retry())))
        }
        Load::Ready(events) => {
            view! { <ol>{events.items.iter().map(|event| line(event, side, &zone, &currency)).collect_view()}</ol> }
                .into_any()
        }
    })
    .into_any()
}

fn line(event: &BookingEvent, side: Side, zone: &str, currency: &str) -> AnyView {
    let text = event_words();
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
                    (text.moved)(&time_range(from, before, zone), &time_range(to, after, zone))
                }
                None => (text.moved)(&moment(from, zone), &moment(to, zone)),
            };
            Some(match service {
                None => moved,
                Some((before, now)) => {
                    kind = "changed";
                    let changed = (text.moved)(before, now);
                    if from == to { changed } else { format!("{changed}, {moved}") }
                }
            })
        }
        // The bank has a word for it, said once.
        _ if kind == "disputed" => {
            let opened = word("reason").filter(|_| !matches!(word("state"), Some("won" | "lost")));
            opened.and_then(till().dispute_reason).map(|why| format!("({why})"))
        }
        _ => word("reason").filter(|reason| !reason.is_empty()).map(t().manage.reason_was),
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
