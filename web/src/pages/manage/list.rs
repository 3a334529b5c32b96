//! One's own bookings.

use crate::api::{AuthorizedApi, several};
use crate::components::{
    Empty, FormMessage, Heading, ShowMore, StatusBadge, Tabs, clock_note, skeleton_rows,
};
use crate::form::Form;
use crate::format::{Named, browser_zone, plain, time, time_range, wall};
use crate::messages::{lookup, t};
use crate::nav::{Go, address};
use crate::pages::account::members_only;
use crate::pages::{query, viewer_zone};
use crate::remote::Remote;
use contract::bookings::{Awaits, Booking, BookingQuery, Order, Period};
use contract::page::Page;
use leptos::prelude::*;

/// `/bookings`
#[component]
pub fn MyBookings() -> impl IntoView {
    let text = lookup();
    let show = query("show");
    let go = Go::here();
    let tabs = || {
        let tab = |code: &str, name: &str| Named { code: code.to_owned(), name: name.to_owned() };
        vec![tab("", text.coming), tab("past", text.past), tab("cancelled", text.cancelled_tab)]
    };
    let choose = Callback::new(move |show: String| go.turn(&address("/bookings", &[("show", &show)])));
    view! {
        <div class="page">
            <Heading text=text.list_title />
            <Tabs id="show" label=text.which tabs=tabs() chosen=show on_choose=choose>
                {members_only(move |api| {
                    let show = show.get();
                    view! { <List api=api show=show /> }.into_any()
                })}
            </Tabs>
        </div>
    }
    .into_any()
}

fn wanted(show: &str) -> BookingQuery {
    let (when, status, order) = match show {
        "past" => (Some(Period::Past), Some("confirmed,completed,no_show"), Order::Desc),
        "cancelled" => (None, Some("cancelled"), Order::Desc),
        _ => (Some(Period::Coming), None, Order::Asc),
    };
    BookingQuery { status: status.map(str::to_owned), when, order: Some(order), ..BookingQuery::default() }
}

#[component]
fn List(api: AuthorizedApi, show: String) -> impl IntoView {
    let query = StoredValue::new(wanted(&show));
    // How many pages are on the screen: as many are asked for again.
    let pages = StoredValue::new(1_u32);
    let first =
        move || (pages.get_value() == 1).then(|| api.my_bookings(query.get_value()).known()).flatten();
    let list = Remote::warm(first, move || {
        let query = query.get_value();
        several(pages.get_value(), move |cursor| api.my_bookings(BookingQuery { cursor, ..query.clone() }))
    })
    .agree();
    let empty = Memo::new(move |_| list.value().is_none_or(|page| page.items.is_empty()));
    list.frame(
        || skeleton_rows(4),
        move || match empty.get() {
            true => nothing(&show),
            false => view! { <Rows api=api list=list query=query pages=pages /> }.into_any(),
        },
    )
}

#[component]
fn Rows(
    api: AuthorizedApi,
    list: Remote<Page<Booking>>,
    query: StoredValue<BookingQuery>,
    pages: StoredValue<u32>,
) -> impl IntoView {
    let form = Form::new();
    let items = move || list.value().map(|page| page.items).unwrap_or_default();
    let has_more = move || list.value().is_some_and(|page| page.next_cursor.is_some());
    let more = Callback::new(move |()| {
        let cursor = list.try_value().and_then(|page| page.next_cursor);
        form.send(api.my_bookings(BookingQuery { cursor, ..query.get_value() }).into_future(), move |page| {
            let Some(mut shown) = list.try_value() else { return };
            shown.items.extend(page.items);
            pages.update_value(|pages| *pages += 1);
            list.amend(Page { next_cursor: page.next_cursor, ..shown });
        });
    });
    view! {
        {move || clock_note(&untrack(viewer_zone), &browser_zone(), &items().iter().map(|booking| booking.start_at).collect::<Vec<_>>())}
        <ul class="booking-rows">
            <For each=items key=|booking| (booking.id, booking.version) let(booking)>{row(&booking)}</For>
        </ul>
        <FormMessage form=form />
        <ShowMore rows=".booking-rows > li" shown=Signal::derive(move || items().len()) more=Signal::derive(has_more)
            busy=form.busy() on_press=more />
    }
    .into_any()
}

fn row(booking: &Booking) -> AnyView {
    let zone = &untrack(viewer_zone);
    let day = wall(booking.start_at, zone).date();
    let unpaid = booking.awaits == Some(Awaits::Payment);
    let until = booking.expires_at.map(|until| time(until, zone));
    view! {
        <li class="booking-row" class:over=booking.status == contract::bookings::BookingStatus::Cancelled>
            <p class="row-when"><b>{plain(day)}</b><span>{time_range(booking.start_at, booking.end_at, zone)}</span></p>
            <p class="row-what"><a href=format!("/bookings/{}", booking.id)>{booking.service.name.clone()}</a><span>{booking.provider.name.clone()}</span></p>
            {unpaid.then(|| view! {
                <p class="row-pay"><span>{until.map(|until| (t().pay.unpaid_until)(&until))}</span><a class="button" href=format!("/pay/{}", booking.id)>{t().pay.pay_now}</a></p>
            })}
            <StatusBadge status=booking.status unpaid=unpaid />
        </li>
    }
    .into_any()
}

fn nothing(show: &str) -> AnyView {
    let text = lookup();
    let (title, words) = match show {
        "" => (text.coming_empty_title, text.coming_empty_text),
        "cancelled" => (text.past_empty_title, text.cancelled_empty_text),
        _ => (text.past_empty_title, text.past_empty_text),
    };
    view! { <Empty title=title text=words><a class="button primary" href="/">{text.find_provider}</a></Empty> }.into_any()
}
