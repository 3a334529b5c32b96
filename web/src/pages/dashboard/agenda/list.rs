//! The agenda as a list: bookings by day, with what can be done to each.

use crate::api::BookingKey;
use crate::components::{Button, Choice, Empty, FormMessage, StatusBadge, skeleton_rows, status_class};
use crate::form::Form;
use crate::format::{Named, at_wall, day_heading, iso, moment, now, parse_date, time_range, wall};
use crate::live;
use crate::messages::t;
use crate::nav::{Go, address};
use crate::pages::dashboard::day::WholeDay;
use crate::pages::dashboard::frame::Own;
use crate::pages::manage::{Actions, Side};
use crate::pages::query;
use crate::remote::Remote;
use contract::bookings::{Booking, BookingQuery, BookingStatus, Order};
use contract::page::Page;
use leptos::prelude::*;
use time::{Date, Time};

/// The list with its filter.
pub fn draw(own: Own) -> AnyView {
    let (show, from) = (query("show"), query("date"));
    let path = format!("/dashboard/{}", own.provider.id);
    let today = wall(now(), &own.provider.time_zone).date();
    let list = move || {
        let (show, from) = (show.get(), parse_date(&from.get()));
        view! { <List own=own.clone() show=show from=from /> }
    };
    view! {
        <Filter show=show from=from path=path today=today />
        {list}
    }
    .into_any()
}

#[component]
fn Filter(show: Memo<String>, from: Memo<String>, path: String, today: Date) -> impl IntoView {
    let text = &t().dashboard;
    let go = Go::here();
    let tab = |code: &str, name: &str| Named { code: code.to_owned(), name: name.to_owned() };
    let tabs = vec![
        tab("", text.coming),
        tab("requests", text.requests),
        tab("past", text.past),
        tab("cancelled", text.cancelled),
    ];
    let choose = {
        let path = path.clone();
        Callback::new(move |show: String| go.tune(&address(&path, &[("view", "list"), ("show", &show)])))
    };
    let jump = move |event: web_sys::Event| {
        go.tune(&address(&path, &[("view", "list"), ("date", &event_target_value(&event))]))
    };
    let day = move || Some(from.get()).filter(|from| !from.is_empty()).unwrap_or_else(|| iso(today));
    view! {
        <div class="agenda-filter">
            <div class="control from-day" hidden=move || !show.with(String::is_empty)>
                <input type="date" aria-label=text.from_day prop:value=day on:change=jump />
            </div>
            <Choice id="show" label=text.filter bare=true value=show options=tabs on_choose=choose />
        </div>
    }
    .into_any()
}

fn wanted(show: &str, from: Option<Date>, zone: &str) -> BookingQuery {
    let (status, order) = match show {
        "requests" => ("pending", Order::Asc),
        "past" => ("confirmed,completed,no_show", Order::Desc),
        "cancelled" => ("cancelled", Order::Desc),
        _ => ("pending,confirmed,completed,no_show", Order::Asc),
    };
    // The coming days begin with the whole of the first one.
    let first = || at_wall(from.unwrap_or_else(|| wall(now(), zone).date()).with_time(Time::MIDNIGHT), zone);
    BookingQuery {
        status: Some(status.to_owned()),
        from: show.is_empty().then(first),
        to: (show == "past").then(now),
        order: Some(order),
        limit: Some(50),
        ..BookingQuery::default()
    }
}

#[component]
fn List(own: Own, show: String, from: Option<Date>) -> impl IntoView {
    let query = wanted(&show, from, &own.provider.time_zone);
    let (api, id) = (own.api, own.provider.id);
    let first = {
        let query = query.clone();
        Remote::new(move || api.bookings(id, query.clone()))
    };
    let waiting = StoredValue::new(false);
    live::provider(api, id, Callback::new(move |()| look_again(first, waiting)));
    first.view(|| skeleton_rows(5), move |page| {
        if page.items.is_empty() {
            nothing(&show, id)
        } else {
            view! { <Days own=own.clone() first=page query=query.clone() again=Callback::new(move |()| first.retry()) /> }.into_any()
        }
    })
}

/// How often a list that is being worked in looks whether that is over.
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(500);

/// Shows what others did; but not while somebody answers a question or picks a time, which would be gone then.
fn look_again(list: Remote<Page<Booking>>, waiting: StoredValue<bool>) {
    let worked_in = document().query_selector("dialog[open], .mover").ok().flatten().is_some();
    match waiting.try_get_value() {
        _ if !worked_in => {
            waiting.try_set_value(false);
            list.refresh();
        }
        Some(false) => {
            waiting.set_value(true);
            wait(list, waiting);
        }
        _ => {}
    }
}

fn wait(list: Remote<Page<Booking>>, waiting: StoredValue<bool>) {
    let look = move || {
        if waiting.try_get_value() == Some(true) {
            waiting.set_value(false);
            look_again(list, waiting);
        }
    };
    set_timeout(look, PATIENCE);
}

fn nothing(show: &str, id: uuid::Uuid) -> AnyView {
    let text = &t().dashboard;
    match show {
        "" => view! {
            <Empty title=text.agenda_empty_title text=text.agenda_empty_text>
                <a class="button" href=format!("/dashboard/{id}/book")>{text.book_for_client}</a>
            </Empty>
        }
        .into_any(),
        "requests" => {
            view! { <Empty title=text.requests_empty_title text=text.requests_empty_text /> }.into_any()
        }
        _ => view! { <Empty title=text.past_empty_title text=text.past_empty_text /> }.into_any(),
    }
}

/// Bookings grouped by the provider's day.
#[component]
fn Days(own: Own, first: Page<Booking>, query: BookingQuery, again: Callback<()>) -> impl IntoView {
    let text = &t().dashboard;
    let (items, cursor, form) = (RwSignal::new(first.items), RwSignal::new(first.next_cursor), Form::new());
    let (api, id, zone) = (own.api, own.provider.id, own.provider.time_zone.clone());
    let more = Callback::new(move |()| {
        let next = BookingQuery { cursor: cursor.get_untracked(), ..query.clone() };
        form.send(api.bookings(id, next), move |page| {
            items.update(|items| items.extend(page.items));
            cursor.set(page.next_cursor);
        });
    });
    let replace = Callback::new(move |changed: Booking| {
        items.update(|items| {
            if let Some(place) = items.iter_mut().find(|booking| booking.id == changed.id) {
                *place = changed;
            }
        });
    });
    let today = wall(now(), &zone).date();
    let days = move || {
        let mut days: Vec<(Date, Vec<Booking>)> = Vec::new();
        for booking in items.get() {
            let date = wall(booking.start_at, &zone).date();
            match days.last_mut() {
                Some((last, bookings)) if *last == date => bookings.push(booking),
                _ => days.push((date, vec![booking])),
            }
        }
        days.into_iter()
            .map(|(date, bookings)| {
                let count = (text.bookings_on)(bookings.len());
                let rows = bookings
                    .into_iter()
                    .map(|booking| row(booking, &zone, own.clone(), replace, again))
                    .collect_view();
                view! {
                    <section class="agenda-day">
                        <div class="agenda-day-head">
                            <h2>{day_heading(date)} " " <span class="muted">{count}</span></h2>
                            {(date >= today).then(|| view! { <WholeDay own=own.clone() date=date on_change=again /> })}
                        </div>
                        <ul>{rows}</ul>
                    </section>
                }
            })
            .collect_view()
    };
    view! {
        {days}
        <FormMessage form=form />
        {move || cursor.with(Option::is_some).then(|| view! {
            <p class="more"><Button busy=form.busy() on_press=more>{t().common.load_more}</Button></p>
        })}
    }
    .into_any()
}

fn row(booking: Booking, zone: &str, own: Own, replace: Callback<Booking>, again: Callback<()>) -> AnyView {
    let text = &t().dashboard;
    let href = format!("/bookings/{}", booking.id);
    let moving = RwSignal::new(false);
    let mover = {
        let (booking, zone) = (booking.clone(), zone.to_owned());
        move || {
            moving.get().then(|| {
                let stop = Callback::new(move |()| moving.set(false));
                super::later::mover((
                    booking.clone(),
                    BookingKey::Session(own.api),
                    zone.clone(),
                    replace,
                    stop,
                ))
            })
        }
    };
    let waits = booking
        .expires_at
        .filter(|_| booking.status == BookingStatus::Pending)
        .map(|until| view! { <p class="waits">{(text.answer_by)(&moment(until, zone))}</p> });
    let people = (booking.party_size > 1).then(|| format!(" · {}", (t().booking.people)(booking.party_size)));
    let notes = (!booking.notes.is_empty()).then(|| view! { <p class="note">{booking.notes.clone()}</p> });
    view! {
        <li class=format!("agenda-row {}", status_class(booking.status))>
            <p class="row-when">{time_range(booking.start_at, booking.end_at, zone)}</p>
            <div class="row-what">
                <p><a href=href>{booking.client.name.clone()}</a></p>
                <p class="muted">{booking.service.name.clone()}{people}</p>
                {notes}
                {waits}
            </div>
            <StatusBadge status=booking.status />
            <Actions booking=booking.clone() key=BookingKey::Session(own.api) side=Side::Provider on_move=Callback::new(move |()| moving.set(true)) on_change=replace on_stale=again />
            {mover}
        </li>
    }
    .into_any()
}
