//! The time is gone: let go, given up, or called off.

use super::open::what;
use crate::components::{Heading, Icon};
use crate::format::money;
use crate::messages::{t, till};
use contract::bookings::{Booking, CancelledBy};
use leptos::prelude::*;

/// Why, what becomes of money, and the way to another time.
pub fn draw(booking: &Booking) -> AnyView {
    let words = till();
    let paid = (booking.money.paid_minor > 0)
        .then(|| (words.late_paid)(&money(booking.money.paid_minor, &booking.currency)));
    let (title, text, more) = match booking.cancelled_by {
        Some(CancelledBy::Expired) => {
            let money = paid.unwrap_or_else(|| words.late_money.to_owned());
            (words.lapsed_title, words.lapsed_text.to_owned(), Some(money))
        }
        Some(CancelledBy::Client) if paid.is_none() => {
            (words.given_up_title, words.given_up_text.to_owned(), None)
        }
        who => {
            let own = who == Some(CancelledBy::Client);
            let by = who.map(|who| (t().manage.cancelled_by)(who, own).to_owned());
            (words.ended_title, by.unwrap_or_default(), paid)
        }
    };
    let again = format!("/p/{}/{}", booking.provider.slug, booking.service.id);
    view! {
        <div class="card over">
            <div class="done-mark off" aria-hidden="true">{Icon::Cross.draw()}</div>
            <Heading text=title />
            <div class="gone">{what(booking)}</div>
            <p class="lead">{text}</p>
            {more.map(|more| view! { <p class="notice">{more}</p> })}
            <div class="actions">
                <a class="button primary" href=again>{words.another_time}</a>
                <a class="button" href=format!("/p/{}", booking.provider.slug)>{(t().booking.back_to)(&booking.provider.name)}</a>
            </div>
        </div>
    }
    .into_any()
}
