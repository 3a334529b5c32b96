//! The last step: what was booked and what happens next.

use super::flow::Steps;
use crate::api::BookingKey;
use crate::components::{CalendarLinks, Heading, Icon, SaveToCalendar, skeleton_lines};
use crate::format::{DOT, clocks, day_heading, moment, money, time_range, wall};
use crate::holds;
use crate::later::{later, show, soon};
use crate::messages::t;
use crate::nav::Go;
use crate::pages::manage::{hash, key_from};
use crate::pages::pay::{charging_of, rest_of};
use crate::pages::provider::price_of;
use crate::pages::{client_zone, id_param, viewer_zone};
use crate::remote::Remote;
use contract::bookings::{Awaits, Booking, BookingStatus};
use contract::services::Location;
use leptos::prelude::*;

later!(booked_later: booked_part(()) = |()| draw());

/// `/booked/{id}#{token}`
#[component]
pub fn BookedPage() -> impl IntoView {
    let body = show(booked_part, (), skeleton);
    // No `div` as the page of the steps is, or that would be kept and be seen to shrink.
    view! { <section class="page narrow booked">{body}</section> }.into_any()
}

/// Has it at hand when somebody is about to book.
pub fn prepare() {
    soon(booked_part());
}

fn skeleton() -> AnyView {
    view! { <div class="card">{skeleton_lines(6)}</div> }.into_any()
}

fn draw() -> AnyView {
    let (id, token, go) = (id_param("booking"), hash(), Go::here());
    key_from(token, move |key: BookingKey| {
        let booking = Remote::new(move || key.clone().booking(id.get())).agree();
        booking.view(skeleton, move |booking| {
            let token = token.get_untracked();
            if booking.awaits == Some(Awaits::Payment) {
                holds::keep(&booking, &token);
                go.replace(&format!("/pay/{}", booking.id));
                return skeleton_lines(6);
            }
            if matches!(booking.status, BookingStatus::Pending | BookingStatus::Confirmed) {
                return ready(booking, &token);
            }
            // Whoever comes back to this page later must not read that it is booked.
            go.replace(&manage_path(&booking, &token));
            skeleton_lines(6)
        })
    })
}

/// Where a booking can be managed: by link for guests, by session otherwise.
fn manage_path(booking: &Booking, token: &str) -> String {
    if token.is_empty() {
        format!("/bookings/{}", booking.id)
    } else {
        format!("/manage/{}#{token}", booking.id)
    }
}

/// The price, and what of it is paid.
fn paid(booking: &Booking) -> String {
    let words = &t().pay;
    let (sums, amount) = (&booking.money, |minor: i64| money(minor, &booking.currency));
    let confirmed = booking.status == BookingStatus::Confirmed;
    if sums.paid_minor > 0 || (confirmed && sums.due_minor > 0) {
        let say = |minor: i64, say: fn(&str) -> String| (minor > 0).then(|| say(&amount(minor)));
        let parts = [
            say(sums.paid_minor, words.paid),
            say(charging_of(booking), words.charging),
            say(rest_of(booking), words.rest),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(DOT)
    } else if sums.due_minor > 0 {
        (words.reserved)(&amount(sums.due_minor), &booking.provider.name)
    } else {
        price_of(booking.price_minor, &booking.currency)
    }
}

fn next_steps(booking: &Booking) -> Vec<String> {
    let words = &t().booking;
    let email = booking.client.email.clone().unwrap_or_default();
    let first = match booking.status {
        BookingStatus::Pending => (words.next_answer)(&booking.provider.name, &email),
        _ => (words.next_mail)(&email),
    };
    let place = match booking.service.location {
        Location::Provider if booking.provider.address.is_empty() => None,
        Location::Provider => Some((words.next_place)(&booking.provider.address)),
        Location::Customer => Some((words.next_customer)(&booking.address)),
        Location::Phone => Some((words.next_phone)(booking.client.phone.as_deref().unwrap_or_default())),
        Location::Online => Some(words.next_online.to_owned()),
    };
    [Some(first), place, Some(words.next_change.to_owned())].into_iter().flatten().collect()
}

fn ready(booking: Booking, token: &str) -> AnyView {
    let words = &t().booking;
    let zone = client_zone(&booking);
    let pending = booking.status == BookingStatus::Pending;
    let (start, end) = (booking.start_at, booking.end_at);
    let title = if pending { words.requested_title } else { words.done_title };
    let lead = match booking.expires_at.filter(|_| pending) {
        Some(until) => Some((words.requested_text)(&booking.provider.name, &moment(until, &zone))),
        None => None,
    };
    let theirs = clocks(start, end, &zone, &untrack(viewer_zone), &booking.provider.time_zone)
        .map(|theirs| view! { <p class="muted clocks">{theirs}</p> });
    let steps = next_steps(&booking).into_iter().map(|step| view! { <li>{step}</li> }).collect_view();
    let price = paid(&booking);
    let manage = manage_path(&booking, token);
    // What is only asked for is in no calendar yet.
    let calendar = (!pending).then(|| {
        view! { <SaveToCalendar booking=booking.clone() link=manage.clone() primary=true /> }
    });
    let links = (!pending).then(|| view! { <CalendarLinks booking=booking.clone() /> });
    let back = format!("/p/{}", booking.provider.slug);
    let provider = booking.provider.name.clone();
    view! {
        <div class="card">
            <Steps at=Signal::derive(|| 3) />
            <div class="done-mark" class:waiting=pending aria-hidden="true">{if pending { Icon::Clock.draw() } else { Icon::Check.draw() }}</div>
            <Heading text=title />
            <p class="done-when"><span>{day_heading(wall(start, &zone).date())}</span><b>{time_range(start, end, &zone)}</b></p>
            {theirs}
            <p class="done-what">{booking.service.name.clone()} " " {(words.with)(&provider)} " · " {price}</p>
            {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
            <div class="actions">
                {calendar}
                <a class="button" class:primary=pending href=manage>{words.manage}</a>
            </div>
            {links}
            <section class="what-next">
                <h2>{words.what_next}</h2>
                <ul>{steps}</ul>
            </section>
            <p><a href=back>{(words.back_to)(&provider)}</a></p>
        </div>
    }
    .into_any()
}
