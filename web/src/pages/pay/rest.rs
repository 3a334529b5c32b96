//! Paying what is left of a booking that stands.

use super::open::what;
use super::page::Till;
use crate::api::BookingKey;
use crate::components::{Button, FormMessage, Heading, Icon, Kind};
use crate::format::money;
use crate::messages::till;
use crate::remote::Remote;
use contract::bookings::Booking;
use leptos::prelude::*;

/// What of the rest can be paid now.
pub fn online(booking: &Booking) -> Option<i64> {
    booking.money.rest_online_minor.filter(|minor| *minor > 0)
}

/// Whether nothing is left to pay, and nothing came that was not owed.
pub fn is_paid(booking: &Booking) -> bool {
    booking.price_minor <= booking.money.due_minor && booking.money.refunded_minor == 0
}

/// What stands after the `#` in a guest's addresses.
fn hash(key: &BookingKey) -> String {
    match key {
        BookingKey::Link(token) => format!("#{token}"),
        BookingKey::Session(_) => String::new(),
    }
}

/// The way to the payment page, beside what is left to pay.
pub fn way(booking: &Booking, key: &BookingKey) -> Option<AnyView> {
    let amount = money(online(booking)?, &booking.currency);
    let href = format!("/pay/{}?rest=1&go=1{}", booking.id, hash(key));
    let way = view! {
        <div class="rest-way">
            <a class="button" href=href>{(till().online.pay)(&amount)}</a>
            <p class="hint">{till().online.policy}</p>
        </div>
    };
    Some(way.into_any())
}

/// For the provider: that the client can pay it online. Lists of bookings leave out whether that is so.
pub fn theirs((booking, key): (Booking, BookingKey)) -> AnyView {
    let id = booking.id;
    let whole = Remote::new(move || {
        let (booking, key) = (booking.clone(), key.clone());
        async move {
            let known = booking.money.rest_online_minor.is_some();
            if known { Ok(booking) } else { key.booking(id).await }
        }
    });
    let can = move || whole.value().as_ref().and_then(online).is_some();
    (move || can().then(|| view! { <p class="hint">{till().online.theirs}</p> })).into_any()
}

/// Back from the payment page without having paid, or it could not be opened.
pub fn draw(booking: &Booking, page: Till, key: &BookingKey) -> AnyView {
    let words = &till().online;
    let amount = money(online(booking).unwrap_or_default(), &booking.currency);
    view! {
        <div class="card">
            <div class="done-mark waiting" aria-hidden="true">{Icon::Clock.draw()}</div>
            <Heading text=words.open_title />
            {what(booking)}
            <p class="lead">{words.open_text}</p>
            <FormMessage form=page.form />
            <div class="actions">
                <Button kind=Kind::Primary busy=page.form.busy() on_press=Callback::new(move |()| page.pay())>{(words.pay)(&amount)}</Button>
                <a class="button" href=place(booking, key)>{words.back}</a>
            </div>
        </div>
    }
    .into_any()
}

/// It is paid, and so is all of the booking.
pub fn paid(booking: &Booking, key: &BookingKey) -> AnyView {
    let words = &till().online;
    let amount = money(booking.money.paid_minor, &booking.currency);
    view! {
        <div class="card">
            <div class="done-mark" aria-hidden="true">{Icon::Check.draw()}</div>
            <Heading text=words.paid_title />
            {what(booking)}
            <p class="lead">{(words.paid)(&amount)}</p>
            <div class="actions">
                <a class="button primary" href=place(booking, key)>{words.back}</a>
            </div>
        </div>
    }
    .into_any()
}

/// The booking's own page.
pub fn place(booking: &Booking, key: &BookingKey) -> String {
    let page = if matches!(key, BookingKey::Link(_)) { "manage" } else { "bookings" };
    format!("/{page}/{}{}", booking.id, hash(key))
}
