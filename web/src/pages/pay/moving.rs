//! What a cancellation would bring back once a client has moved, before anybody moves.

use super::policy;
use crate::api::BookingKey;
use crate::components::skeleton_lines;
use crate::format::{moment, money};
use crate::messages::till;
use crate::remote::{Load, Remote};
use contract::bookings::Booking;
use contract::payments::CancellationQuote;
use leptos::prelude::*;
use time::OffsetDateTime;

/// A booking, what opens it, the start that is wanted for it, and the zone in which it was chosen.
pub type Moving = (Booking, BookingKey, OffsetDateTime, String);

/// Asks and tells. Where the answer cannot be had, nothing is said: moving costs nothing by itself.
pub fn draw((booking, key, start, zone): Moving) -> AnyView {
    let id = booking.id;
    let quote = Remote::new(move || key.clone().cancellation_quote(id));
    let told = move || match quote.get() {
        Load::Loading => skeleton_lines(2),
        Load::Ready(quote) if quote.kept_minor > 0 => tell(&quote, &booking, start, &zone),
        Load::Ready(_) | Load::Failed(_) => ().into_any(),
    };
    view! { <div role="status">{told}</div> }.into_any()
}

/// The policy follows to the new start, save where less comes back already: then it stays where it is.
fn tell(quote: &CancellationQuote, booking: &Booking, start: OffsetDateTime, zone: &str) -> AnyView {
    let words = till();
    let earlier = usize::try_from(quote.stage).ok().and_then(|stage| quote.stages.get(stage.checked_sub(1)?));
    let Some(earlier) = earlier else {
        let lines = policy::lines(&booking.money.cancellation_policy, Some((start, zone)));
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        return view! { <ul class="policy hint" aria-label=words.policy>{lines}</ul> }.into_any();
    };
    let amount = |minor: i64| money(minor, &quote.currency);
    // Before it was booked, nobody could have cancelled.
    let until = earlier.until.filter(|until| *until > booking.created_at);
    let was = until.map(|until| (words.move_was)(&moment(until, zone), &amount(earlier.refund_minor)));
    let back = Some(quote.refund_minor).filter(|minor| *minor > 0).map(amount);
    let keeps = (words.move_keeps)(back.as_deref(), &amount(quote.kept_minor));
    let sentences: Vec<String> = was.into_iter().chain([keeps]).collect();
    view! { <p class="notice quote">{sentences.join(" ")}</p> }.into_any()
}
