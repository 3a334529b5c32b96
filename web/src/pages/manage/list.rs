//! One's own bookings.

use crate::api::AuthorizedApi;
use crate::components::{Button, Empty, FormMessage, Heading, StatusBadge, Tabs, skeleton_rows};
use crate::form::Form;
use crate::format::{Named, plain, time, time_range, wall};
use crate::messages::t;
use crate::nav::{Go, address};
use crate::pages::account::members_only;
use crate::pages::query;
use crate::remote::Remote;
use contract::bookings::{Awaits, Booking, BookingQuery, Order, Period};
use contract::page::Page;
use leptos::prelude::*;

/// `/bookings`
#[component]
pub fn MyBookings() -> impl IntoView {
    let text = &t().manage;
    let show = query("show");
    let go = Go::here();
    let tabs = || {
        let tab = |code: &str, name: &str| Named { code: code.to_owned(), name: name.to_owned() };
        vec![tab("", text.coming), tab("past", text.past), tab("cancelled", text.cancelled_tab)]
    };
    let choose = Callback::new(move |show: String| go.tune(&address("/bookings", &[("show", &show)])));
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
    let query = wanted(&show);
    let first = {
        let query = query.clone();
        Remote::new(move || api.my_bookings(query.clone()))
    };
    first.view(
        || skeleton_rows(4),
        move |page| {
            if page.items.is_empty() {
                nothing(&show)
            } else {
                view! { <Rows api=api first=page query=query.clone() /> }.into_any()
            }
        },
    )
}

#[component]
fn Rows(api: AuthorizedApi, first: Page<Booking>, query: BookingQuery) -> impl IntoView {
    let (items, cursor, form) = (RwSignal::new(first.items), RwSignal::new(first.next_cursor), Form::new());
    let more = Callback::new(move |()| {
        let next = BookingQuery { cursor: cursor.get_untracked(), ..query.clone() };
        form.send(api.my_bookings(next), move |page| {
            items.update(|items| items.extend(page.items));
            cursor.set(page.next_cursor);
        });
    });
    view! {
        <ul class="booking-rows">
            <For each=move || items.get() key=|booking| booking.id let(booking)>{row(&booking)}</For>
        </ul>
        <FormMessage form=form />
        {move || cursor.with(Option::is_some).then(|| view! {
            <p class="more"><Button busy=form.busy() on_press=more>{t().common.load_more}</Button></p>
        })}
    }
    .into_any()
}

fn row(booking: &Booking) -> AnyView {
    let zone = &booking.client_time_zone;
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
    let text = &t().manage;
    let (title, words) = match show {
        "" => (text.coming_empty_title, text.coming_empty_text),
        "cancelled" => (text.past_empty_title, text.cancelled_empty_text),
        _ => (text.past_empty_title, text.past_empty_text),
    };
    view! { <Empty title=title text=words><a class="button primary" href="/">{text.find_provider}</a></Empty> }.into_any()
}
