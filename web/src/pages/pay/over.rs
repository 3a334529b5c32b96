//! The time is gone: let go, not answered, given up, or paid too late.

use super::open::what;
use crate::components::{Heading, Icon};
use crate::format::money;
use crate::messages::{t, till};
use contract::bookings::{Booking, CancelledBy};
use contract::payments::RefundCause;
use leptos::prelude::*;

/// Whether it ended on the way to its payment. What was paid and called off later, and what the provider called off, is told
/// on the page of the booking, with what came back.
pub fn is_ours(booking: &Booking) -> bool {
    match booking.cancelled_by {
        Some(CancelledBy::Expired) => booking.money.paid_minor == 0 || late(booking) > 0,
        Some(CancelledBy::Client) => booking.money.paid_minor == 0,
        _ => late(booking) > 0,
    }
}

/// What goes back because it came too late.
fn late(booking: &Booking) -> i64 {
    let refunds = booking.money.refunds.iter().flatten();
    refunds.filter(|refund| refund.cause == RefundCause::Late).map(|refund| refund.amount_minor).sum()
}

/// Why, what becomes of money, and the way to another time.
pub fn draw(booking: &Booking) -> AnyView {
    let words = till();
    let late = Some(late(booking)).filter(|minor| *minor > 0);
    let late = late.map(|minor| (words.late_paid)(&money(minor, &booking.currency)));
    match (booking.cancelled_by, late) {
        (_, Some(late)) => page(booking, words.late_title, words.late_text, Some(late)),
        (Some(CancelledBy::Client), None) => page(booking, words.given_up_title, words.given_up_text, None),
        (_, None) if booking.money.lost_minor.is_some() => {
            page(booking, words.lost_title, words.lost_text, None)
        }
        // What was held for a payment and what was reserved for an answer end alike; only the latter is let go of.
        (_, None) if booking.money.released_minor.is_some() => {
            page(booking, words.unanswered_title, words.unanswered_text, None)
        }
        (_, None) => page(booking, words.lapsed_title, words.lapsed_text, Some(words.late_money.to_owned())),
    }
}

fn page(booking: &Booking, title: &'static str, text: &'static str, more: Option<String>) -> AnyView {
    let again = format!("/p/{}/{}", booking.provider.slug, booking.service.id);
    view! {
        <div class="card over">
            <div class="done-mark off" aria-hidden="true">{Icon::Cross.draw()}</div>
            <Heading text=title />
            <div class="gone">{what(booking)}</div>
            <p class="lead">{text}</p>
            {more.map(|more| view! { <p class="notice">{more}</p> })}
            <div class="actions">
                <a class="button primary" href=again>{till().another_time}</a>
                <a class="button" href=format!("/p/{}", booking.provider.slug)>{(t().booking.back_to)(&booking.provider.name)}</a>
            </div>
        </div>
    }
    .into_any()
}
