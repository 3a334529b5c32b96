//! One booking: what it is, what can be done to it, what happened to it.

use super::actions::{Actions, Side};
use super::by::wrong_link;
use super::history::History;
use super::mover;
use crate::api::BookingKey;
use crate::browser;
use crate::components::{
    CalendarLinks, Dialogs, FocusTurn, Heading, SaveToCalendar, StatusBadge, failure, skeleton_lines,
};
use crate::format::{clocks, day_heading, moment, now, time, time_range, wall};
use crate::holds;
use crate::messages::t;
use crate::pages::provider::price_of;
use crate::pages::{client_zone, pay, viewer_zone};
use crate::remote::Remote;
use crate::router::Router;
use crate::session::Session;
use contract::bookings::{Awaits, Booking, BookingStatus, CancelledBy};
use contract::payments::PaymentMode;
use contract::problem::Code;
use contract::services::Location;
use leptos::prelude::*;
use uuid::Uuid;

/// A booking opened by link or session.
#[component]
pub fn BookingView(id: Uuid, key: BookingKey) -> impl IntoView {
    let by_link = matches!(key, BookingKey::Link(_));
    let token = if let BookingKey::Link(token) = &key { token.clone() } else { String::new() };
    let remote = {
        let key = key.clone();
        // With its sums: what is below them would move when they came.
        let whole = move || {
            let asked = key.clone().booking(id);
            async move {
                let booking = asked.await?;
                if has_sums(&booking) {
                    pay::sums_at_hand().await;
                }
                Ok(booking)
            }
        };
        Remote::new(whole).agree()
    };
    // What waits to be paid is found again from every page, by whichever way somebody came to it.
    Effect::new(move |_| {
        let booking = remote.value().filter(|booking| booking.awaits == Some(Awaits::Payment));
        if let Some(booking) = booking.filter(|_| by_link) {
            holds::keep(&booking, &token);
        }
    });
    let body = remote.frame_or(
        || view! { <div class="card">{skeleton_lines(7)}</div> }.into_any(),
        move || view! { <Ready key=key.clone() remote=remote /> }.into_any(),
        move |error| match by_link && barred(error.code()) {
            true => wrong_link(),
            false => failure(error, Some(Callback::new(move |()| remote.retry()))),
        },
    );
    view! { <div class="page narrow">{body}</div> }.into_any()
}

fn barred(code: Option<Code>) -> bool {
    matches!(code, Some(Code::NotFound | Code::Unauthenticated | Code::Forbidden | Code::TokenInvalid))
}

/// Which side of the booking this person is on.
fn side_of(booking: &Booking) -> Side {
    let acts_for = |user: contract::accounts::User| {
        user.providers.iter().any(|page| page.provider_id == booking.provider.id)
    };
    if untrack(|| Session::here().user()).is_some_and(acts_for) { Side::Provider } else { Side::Client }
}

/// What changes is drawn anew; the history and the search for another time stay as they stand.
#[component]
fn Ready(key: BookingKey, remote: Remote<Booking>) -> impl IntoView {
    let Some(first) = remote.try_value() else { return ().into_any() };
    let side = side_of(&first);
    let zone = match side {
        Side::Client => client_zone(&first),
        Side::Provider => first.provider.time_zone.clone(),
    };
    let moving = RwSignal::new(false);
    let on_change = Callback::new(move |booking: Booking| {
        moving.set(false);
        remote.set(booking);
        // Where the person was is gone, be it a dialog or the search for another time.
        browser::focus_if_lost("main h1".to_owned());
    });
    // What can be moved no more is not searched a time for.
    Effect::new(move |_| {
        let fixed = |booking: Booking| !booking.actions.iter().any(|action| action == "reschedule");
        if remote.value().is_some_and(fixed) {
            moving.set(false);
        }
    });
    if first.actions.iter().any(|action| action == "reschedule") {
        mover::prepare();
    }
    pay::follow_money(remote);
    let mover = {
        let (key, zone) = (key.clone(), zone.clone());
        move || {
            let booking = moving.get().then(|| remote.try_value()).flatten()?;
            let stop = Callback::new(move |()| moving.set(false));
            Some(mover::mover((booking, key.clone(), side, zone.clone(), on_change, stop)))
        }
    };
    let over = move || remote.value().is_some_and(|booking| booking.status == BookingStatus::Cancelled);
    let version = Memo::new(move |_| remote.value().map(|booking| booking.version).unwrap_or_default());
    // A question that is being answered is about the booking as it was when it was asked.
    let dialogs = Dialogs::here();
    let shown = Memo::new(move |before: Option<&Option<Booking>>| match before {
        Some(Some(before)) if dialogs.any() => Some(before.clone()),
        _ => remote.value(),
    });
    let turn = FocusTurn::here();
    let facts = {
        let key = key.clone();
        move || {
            // Whoever is in what goes is led to what comes in its place.
            if document().query_selector(".booking-facts :focus").ok().flatten().is_some() {
                turn.next();
            }
            let booking = shown.get()?;
            Some(
                view! { <Facts booking=booking key=key.clone() remote=remote side=side on_change=on_change moving=moving /> },
            )
        }
    };
    view! {
        <article class="card booking-card" class:over=over>
            <div class="booking-facts">{facts}</div>
            <History id=first.id key=key side=side zone=zone currency=first.currency.clone() version=version />
        </article>
        {mover}
    }
    .into_any()
}

#[component]
fn Facts(
    booking: Booking,
    key: BookingKey,
    remote: Remote<Booking>,
    side: Side,
    on_change: Callback<Booking>,
    moving: RwSignal<bool>,
) -> impl IntoView {
    let text = &t().manage;
    let (mine, theirs) = match side {
        Side::Client => (client_zone(&booking), booking.provider.time_zone.clone()),
        Side::Provider => (booking.provider.time_zone.clone(), booking.client_time_zone.clone()),
    };
    let (start, end) = (booking.start_at, booking.end_at);
    let other_clock = clocks(start, end, &mine, &untrack(viewer_zone), &theirs)
        .map(|theirs| view! { <p class="muted clocks">{theirs}</p> });
    let unpaid = booking.awaits == Some(Awaits::Payment);
    let way = (unpaid && side == Side::Client).then(|| {
        let token = match &key {
            BookingKey::Link(token) => format!("#{token}"),
            BookingKey::Session(_) => String::new(),
        };
        let href = format!("/pay/{}{token}", booking.id);
        view! { <a class="button primary" href=href>{t().pay.pay_now}</a> }
    });
    let again = (side == Side::Client && booking.actions.is_empty()).then(|| {
        let href = format!("/p/{}/{}", booking.provider.slug, booking.service.id);
        view! { <div class="actions"><a class="button" href=href>{text.book_again}</a></div> }
    });
    // What is only asked for is in no calendar yet.
    let settled = booking.status == BookingStatus::Confirmed && end > now();
    let calendar = (side == Side::Client && settled).then(|| {
        let link = Router::here().here_with_hash();
        view! {
            <div class="calendar-row">
                <SaveToCalendar booking=booking.clone() link=link />
                <CalendarLinks booking=booking.clone() />
            </div>
        }
    });
    view! {
        <StatusBadge status=booking.status unpaid=unpaid />
        <Heading text=booking.service.name.clone() />
        <p class="done-when"><span>{day_heading(wall(start, &mine).date())}</span><b>{time_range(start, end, &mine)}</b></p>
        {other_clock}
        {state_note(&booking, side, &mine)}
        {way}
        {facts(&booking, side)}
        {has_sums(&booking).then(|| pay::sums(booking.clone(), key.clone(), side))}
        {pay::rest_note(&booking, &key, side)}
        <Actions booking=booking.clone() key=key side=side on_move=Callback::new(move |()| moving.set(true)) on_end=Callback::new(move |()| moving.set(false))
            on_change=on_change on_stale=Callback::new(move |()| remote.refresh()) />
        {calendar}
        {again}
    }
    .into_any()
}

/// Whether there is more to say about money than the price.
pub fn has_sums(booking: &Booking) -> bool {
    let sums = &booking.money;
    let prepaid = sums.mode != PaymentMode::OnSite && booking.awaits != Some(Awaits::Payment);
    prepaid
        || sums.paid_minor > 0
        || sums.discount_minor > 0
        || sums.vat_minor.is_some()
        || sums.settled_at.is_some()
        || sums.rest_online_minor > Some(0)
}

/// Why it is as it is, where that is not plain.
pub fn state_note(booking: &Booking, side: Side, zone: &str) -> AnyView {
    let text = &t().manage;
    let awaits = booking.expires_at.filter(|_| booking.status == BookingStatus::Pending);
    let unpaid = booking.awaits == Some(Awaits::Payment);
    let awaits = awaits.map(|until| {
        // A hold ends within the hour.
        let words = if unpaid {
            (t().pay.unpaid_until)(&time(until, zone))
        } else {
            (text.answer_until)(&moment(until, zone))
        };
        view! { <p class="notice">{words}</p> }
    });
    let ended = booking.cancelled_by.map(|who| {
        let own = match who {
            CancelledBy::Client => side == Side::Client,
            CancelledBy::Provider | CancelledBy::Declined => side == Side::Provider,
            CancelledBy::Expired => false,
        };
        let prepaid = booking.money.mode != PaymentMode::OnSite;
        let why = match who {
            CancelledBy::Expired if booking.money.lost_minor.is_some() => t().pay.lost,
            // What had been reserved was paid in time.
            CancelledBy::Expired if prepaid && booking.money.released_minor.is_none() => t().pay.lapsed,
            who => (text.cancelled_by)(who, own),
        };
        let reason = (!booking.cancel_reason.is_empty()).then(|| (text.reason_was)(&booking.cancel_reason));
        view! { <p class="notice">{why} " " {reason}</p> }
    });
    view! { {awaits}{ended} }.into_any()
}

/// What is agreed: with whom, where, for how much.
pub fn facts(booking: &Booking, side: Side) -> AnyView {
    let text = &t().manage;
    let fact = |name: &'static str, value: AnyView| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let place = match booking.service.location {
        Location::Provider => booking.provider.address.clone(),
        Location::Customer => booking.address.clone(),
        Location::Phone | Location::Online => (t().common.location)(booking.service.location).to_owned(),
    };
    let detail = booking.service.location_detail.clone();
    let detail = if detail.starts_with("https://") {
        view! { <br/><a href=detail.clone() rel="external noopener">{detail.clone()}</a> }.into_any()
    } else if detail.is_empty() {
        ().into_any()
    } else {
        view! { <br/>{detail} }.into_any()
    };
    let person = match side {
        Side::Client => {
            let href = format!("/p/{}", booking.provider.slug);
            fact(text.with, view! { <a href=href>{booking.provider.name.clone()}</a> }.into_any())
        }
        Side::Provider => fact(text.client, booking.client.name.clone().into_any()),
    };
    let contact = (side == Side::Provider).then(|| {
        let mail = booking
            .client
            .email
            .clone()
            .map(|mail| view! { <a href=format!("mailto:{mail}")>{mail.clone()}</a> });
        let phone = booking
            .client
            .phone
            .clone()
            .map(|phone| view! { " " <a href=format!("tel:{phone}")>{phone.clone()}</a> });
        (mail.is_some() || phone.is_some()).then(|| fact(text.contact, view! { {mail}{phone} }.into_any()))
    });
    view! {
        <dl class="facts-table">
            {person}
            {contact}
            {(!place.is_empty()).then(|| fact(text.place, view! { {place}{detail} }.into_any()))}
            {(booking.party_size > 1).then(|| fact(text.party, booking.party_size.into_any()))}
            {fact(text.price, price_of(booking.price_minor, &booking.currency).into_any())}
            {(!booking.notes.is_empty()).then(|| fact(text.notes, booking.notes.clone().into_any()))}
        </dl>
    }
    .into_any()
}
