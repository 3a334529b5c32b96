//! What a cancellation would bring back, before anybody cancels.

use crate::api::BookingKey;
use crate::components::skeleton_lines;
use crate::format::{moment, money};
use crate::messages::till;
use crate::remote::Remote;
use contract::bookings::Booking;
use contract::payments::CancellationQuote;
use leptos::prelude::*;

/// Asks and tells.
pub fn draw((key, booking): (BookingKey, Booking)) -> AnyView {
    let id = booking.id;
    let quote = Remote::new(move || key.clone().cancellation_quote(id));
    let told = quote.view(
        || skeleton_lines(1),
        move |quote| view! { <p class="notice quote">{sentence(&quote, &booking)}</p> }.into_any(),
    );
    view! { <div role="status">{told}</div> }.into_any()
}

/// What comes back now, what it was before and what it will be.
fn sentence(quote: &CancellationQuote, booking: &Booking) -> String {
    let zone = &booking.client_time_zone;
    let words = till();
    let amount = |minor: i64| money(minor, &quote.currency);
    if quote.kept_minor == 0 {
        return words.quote_none.to_owned();
    }
    let all = amount(quote.kept_minor);
    let mut sentences = vec![match quote.refund_minor {
        0 => (words.quote_nothing)(&all),
        back if back == quote.kept_minor => (words.quote_all)(&all),
        back => (words.quote_part)(&amount(back), &all),
    }];
    let stage = usize::try_from(quote.stage).unwrap_or_default();
    let before = stage.checked_sub(1).and_then(|before| quote.stages.get(before));
    // Before it was booked, nobody could have cancelled.
    let before = before.and_then(|before| Some((before, before.until?)));
    if let Some((before, until)) = before.filter(|(_, until)| *until > booking.created_at) {
        sentences.push((words.quote_before)(&moment(until, zone), &amount(before.refund_minor)));
    }
    let until = quote.stages.get(stage).and_then(|now| now.until);
    if let Some((then, until)) = quote.stages.get(stage + 1).zip(until) {
        let then = Some(then.refund_minor).filter(|minor| *minor > 0).map(amount);
        sentences.push((words.quote_after)(&moment(until, zone), then.as_deref()));
    }
    sentences.join(" ")
}
