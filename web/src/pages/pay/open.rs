//! A booking that waits to be paid: declined, left, or not begun.

use super::page::Till;
use crate::components::{Button, FormMessage, Heading, Icon, Kind};
use crate::format::{clocks, day_heading, money, now, time, time_range, wall};
use crate::messages::{t, till};
use crate::pages::{client_zone, viewer_zone};
use contract::bookings::Booking;
use leptos::prelude::*;
use std::time::Duration;
use time::OffsetDateTime;

/// How often the time that is left is looked at.
const TICK: Duration = Duration::from_secs(5);

/// What was chosen, how long it is kept, and the two ways on.
pub fn draw(booking: &Booking, page: Till) -> AnyView {
    let words = till();
    let version = booking.version;
    let standing = if booking.money.try_declined { words.try_declined } else { words.nothing_yet };
    let amount = money(booking.money.due_minor - booking.money.paid_minor, &booking.currency);
    let left = booking.expires_at.map(|until| left(until, client_zone(booking)));
    view! {
        <div class="card">
            <div class="done-mark waiting" aria-hidden="true">{Icon::Clock.draw()}</div>
            <Heading text=words.open_title />
            {what(booking)}
            <p class="lead">{left}</p>
            <p class="muted">{standing}</p>
            {super::agreed(booking.clone())}
            <FormMessage form=page.form />
            <div class="actions">
                <Button kind=Kind::Primary busy=page.form.busy() on_press=Callback::new(move |()| page.pay())>{(words.pay)(&amount)}</Button>
                <Button kind=Kind::Quiet busy=page.form.busy() on_press=Callback::new(move |()| page.give_up(version))>{words.give_up}</Button>
            </div>
        </div>
    }
    .into_any()
}

/// When, by whose clock, and what with whom.
pub(super) fn what(booking: &Booking) -> AnyView {
    let zone = &client_zone(booking);
    let (start, end) = (booking.start_at, booking.end_at);
    let theirs = clocks(start, end, zone, &untrack(viewer_zone), &booking.provider.time_zone)
        .map(|theirs| view! { <p class="muted clocks">{theirs}</p> });
    let provider = (t().booking.with)(&booking.provider.name);
    view! {
        <p class="done-when"><span>{day_heading(wall(start, zone).date())}</span><b>{time_range(start, end, zone)}</b></p>
        {theirs}
        <p class="done-what">{booking.service.name.clone()} " " {provider}</p>
    }
    .into_any()
}

/// For how long it is kept, in words.
fn left(until: OffsetDateTime, zone: String) -> impl Fn() -> String {
    let words = till();
    let minutes = move || u32::try_from((until - now()).whole_minutes()).unwrap_or_default();
    let shown = RwSignal::new(minutes());
    let tick = move || {
        if shown.try_get_untracked() != Some(minutes()) {
            shown.try_set(minutes());
        }
    };
    if let Ok(ticks) = set_interval_with_handle(tick, TICK) {
        on_cleanup(move || ticks.clear());
    }
    move || (words.open_text)(&(words.minutes)(shown.get()), &time(until, &zone))
}
