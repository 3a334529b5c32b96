//! The agenda as a list: bookings by day, with what can be done to each.

use super::Board;
use super::look::{badge, class_of, is_unpaid};
use crate::api::{BookingKey, several};
use crate::components::{Choice, Dialogs, Empty, FormMessage, Icon, ShowMore, item_dom_id, skeleton_rows};
use crate::form::Form;
use crate::format::{Named, at_wall, day_heading, moment, now, parse_date, time_range, wall};
use crate::live;
use crate::messages::t;
use crate::nav::{Go, address};
use crate::pages::dashboard::day::WholeDay;
use crate::pages::dashboard::frame::Own;
use crate::pages::manage::{Actions, Side};
use crate::pages::query;
use crate::remote::Remote;
use contract::bookings::{Booking, BookingQuery, BookingStatus, Order, Period};
use contract::page::Page;
use leptos::prelude::*;
use time::{Date, Time};
use uuid::Uuid;

/// The list with its filter.
pub fn draw(board: Board) -> AnyView {
    let own = board.own.get_value();
    let (show, from) = (query("show"), query("date"));
    let path = format!("/dashboard/{}", own.provider.id);
    let list = move || {
        let (show, from) = (show.get(), parse_date(&from.get()));
        view! { <List board=board own=own.clone() show=show from=from /> }
    };
    view! {
        <Filter show=show path=path />
        {list}
    }
    .into_any()
}

#[component]
fn Filter(show: Memo<String>, path: String) -> impl IntoView {
    let text = &t().dashboard;
    let go = Go::here();
    let tab = |code: &str, name: &str| Named { code: code.to_owned(), name: name.to_owned() };
    let tabs = vec![
        tab("", text.coming),
        tab("requests", text.requests),
        tab("past", text.past),
        tab("cancelled", text.cancelled),
    ];
    let choose =
        Callback::new(move |show: String| go.turn(&address(&path, &[("view", "list"), ("show", &show)])));
    view! {
        <div class="agenda-filter">
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
    // A day that is over has nothing more to come, but may be looked up; of today, what is still to come is shown.
    let looked_up = from.is_some_and(|from| from < wall(now(), zone).date());
    let when = match show {
        "" if !looked_up => Some(Period::Coming),
        "past" => Some(Period::Past),
        _ => None,
    };
    BookingQuery {
        status: Some(status.to_owned()),
        from: from.filter(|_| show.is_empty()).map(|from| at_wall(from.with_time(Time::MIDNIGHT), zone)),
        when,
        order: Some(order),
        limit: Some(50),
        ..BookingQuery::default()
    }
}

#[component]
fn List(board: Board, own: Own, show: String, from: Option<Date>) -> impl IntoView {
    let query = StoredValue::new(wanted(&show, from, &own.provider.time_zone));
    let (api, id) = (own.api, own.provider.id);
    // How many pages are on the screen: as many are asked for again.
    let pages = StoredValue::new(1_u32);
    let first =
        move || (pages.get_value() == 1).then(|| api.bookings(id, query.get_value()).known()).flatten();
    let list = Remote::warm(first, move || {
        let query = query.get_value();
        several(pages.get_value(), move |cursor| api.bookings(id, BookingQuery { cursor, ..query.clone() }))
    });
    live::provider(api, id, Callback::new(move |()| list.refresh()));
    let requests = show == "requests";
    // What is done in the drawer shows here at once, and what is done here shows there.
    Effect::new(move |before: Option<()>| {
        board.answered.track();
        if before.is_some() {
            list.refresh();
        }
    });
    Effect::new(move |_| {
        for booking in list.value().map(|page| page.items).unwrap_or_default() {
            let known = untrack(|| board.store.known(booking.id));
            if known.is_some_and(|known| known.version < booking.version) {
                board.store.put(booking);
            }
        }
    });
    let (dialogs, order) = (Dialogs::here(), query.with_value(|query| query.order));
    let whole = WholeDay::new();
    let shown = Memo::new(move |before: Option<&Option<Page<Booking>>>| {
        let page = list.value();
        // An open dialog hangs on one of the rows, unless it is that about a day.
        match before.cloned().flatten().filter(|_| dialogs.any() && !whole.is_open()) {
            Some(before) => page.map(|page| beside(before.items, page, order)),
            None => page,
        }
    });
    let empty = Memo::new(move |_| {
        shown.get().is_none_or(|page| {
            page.next_cursor.is_none() && page.items.iter().all(|it| requests && is_unpaid(it))
        })
    });
    let dialog = whole.dialog(own.clone(), Callback::new(move |()| list.refresh()));
    let rows = list.frame(
        || skeleton_rows(5),
        move || {
            if empty.get() {
                nothing(&show, id)
            } else {
                view! { <Days board=board own=own.clone() list=list shown=shown query=query pages=pages requests=requests whole=whole /> }
                    .into_any()
            }
        },
    );
    view! { {rows}{dialog} }.into_any()
}

/// What is new stands among what was shown, all of which stays as it was.
fn beside(before: Vec<Booking>, page: Page<Booking>, order: Option<Order>) -> Page<Booking> {
    let is_new = |booking: &Booking| before.iter().all(|shown| shown.id != booking.id);
    let mut items: Vec<Booking> = page.items.into_iter().filter(is_new).collect();
    items.extend(before);
    items.sort_by_key(|booking| (booking.start_at, booking.id));
    if order == Some(Order::Desc) {
        items.reverse();
    }
    Page { items, ..page }
}

fn nothing(show: &str, id: Uuid) -> AnyView {
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

/// Bookings grouped by the provider's day. What others change is put in its place; all else stays, with what is open or
/// typed in it.
#[component]
fn Days(
    board: Board,
    own: Own,
    list: Remote<Page<Booking>>,
    shown: Memo<Option<Page<Booking>>>,
    query: StoredValue<BookingQuery>,
    pages: StoredValue<u32>,
    /// Whether only what can be answered is shown.
    requests: bool,
    whole: WholeDay,
) -> impl IntoView {
    let text = &t().dashboard;
    let form = Form::new();
    let (api, id) = (own.api, own.provider.id);
    let zone = StoredValue::new(own.provider.time_zone.clone());
    let items = Memo::new(move |_| {
        let mut items = shown.get().map(|page| page.items).unwrap_or_default();
        items.retain(|it| !(requests && is_unpaid(it)));
        items
    });
    let has_more = move || shown.get().is_some_and(|page| page.next_cursor.is_some());
    let more = Callback::new(move |()| {
        let cursor = list.try_value().and_then(|page| page.next_cursor);
        form.send(
            api.bookings(id, BookingQuery { cursor, ..query.get_value() }).into_future(),
            move |page| {
                let Some(mut shown) = list.try_value() else { return };
                shown.items.extend(page.items);
                pages.update_value(|pages| *pages += 1);
                list.amend(Page { next_cursor: page.next_cursor, ..shown });
            },
        );
    });
    let replace = Callback::new(move |changed: Booking| {
        let Some(mut page) = list.try_value() else { return };
        if let Some(place) = page.items.iter_mut().find(|booking| booking.id == changed.id) {
            *place = changed;
        }
        list.amend(page);
    });
    let again = Callback::new(move |()| list.refresh());
    let date_of = move |booking: &Booking| zone.with_value(|zone| wall(booking.start_at, zone).date());
    let today = zone.with_value(|zone| wall(now(), zone).date());
    let dates = Memo::new(move |_| {
        let mut dates: Vec<Date> = Vec::new();
        items.with(|items| {
            for date in items.iter().map(date_of) {
                // One that was just moved stands among others until the list is asked for again.
                if !dates.contains(&date) {
                    dates.push(date);
                }
            }
        });
        dates
    });
    let on = move |date: Date| {
        items.with(|items| {
            let mine = items.iter().filter(|booking| date_of(booking) == date);
            mine.map(|booking| booking.id).collect::<Vec<_>>()
        })
    };
    let draw_row = move |id: Uuid, own: Own| {
        let booking = Memo::new(move |_| items.with(|items| items.iter().find(|it| it.id == id).cloned()));
        let draw = move |it| zone.with_value(|zone| row(board, it, zone, own.clone(), replace, again));
        (move || booking.get().map(draw.clone())).into_any()
    };
    let draw_day = move |date: Date, own: Own| {
        let rows = Memo::new(move |_| on(date));
        let count = move || (text.bookings_on)(rows.with(Vec::len));
        let whole = (date >= today).then(|| whole.button(date));
        view! {
            <section class="agenda-day">
                <div class="agenda-day-head">
                    <h2>{day_heading(date)} " " <span class="muted">{count}</span></h2>
                    {whole}
                </div>
                <ul><For each=move || rows.get() key=|id| *id let(id)>{draw_row(id, own.clone())}</For></ul>
            </section>
        }
        .into_any()
    };
    view! {
        <For each=move || dates.get() key=|date| *date let(date)>{draw_day(date, own.clone())}</For>
        <FormMessage form=form />
        <ShowMore rows=".agenda-row" shown=Signal::derive(move || items.with(Vec::len)) more=Signal::derive(has_more)
            busy=form.busy() on_press=more />
    }
    .into_any()
}

/// One booking: the whole row opens it, where everything can be done; what is asked for most has a button.
fn row(
    board: Board,
    booking: Booking,
    zone: &str,
    own: Own,
    replace: Callback<Booking>,
    again: Callback<()>,
) -> AnyView {
    let text = &t().dashboard;
    let id = booking.id;
    let open = move |event: web_sys::MouseEvent| {
        // With a key held, the browser opens the booking's own page elsewhere.
        if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
            event.prevent_default();
            board.place.show_booking(Some(id));
        }
    };
    let waits = booking.expires_at.filter(|_| booking.status == BookingStatus::Pending).map(|until| {
        let say = if is_unpaid(&booking) { t().settle.unpaid_until } else { text.answer_by };
        view! { <p class="waits">{say(&moment(until, zone))}</p> }
    });
    let people = (booking.party_size > 1).then(|| format!(" · {}", (t().booking.people)(booking.party_size)));
    let notes = (!booking.notes.is_empty()).then(|| view! { <p class="note">{booking.notes.clone()}</p> });
    view! {
        <li class=format!("agenda-row {}", class_of(&booking))>
            <p class="row-when">{time_range(booking.start_at, booking.end_at, zone)}</p>
            {badge(&booking)}
            <div class="row-what">
                <p class="row-who">
                    <a id=item_dom_id(id) href=format!("/bookings/{id}") on:click=open>{booking.client.name.clone()}</a>
                    " " <span class="muted">{booking.service.name.clone()}{people}</span>
                </p>
                {notes}
                {waits}
            </div>
            <Actions booking=booking.clone() key=BookingKey::Session(own.api) side=Side::Provider first=true
                on_move=Callback::new(|()| ()) on_change=replace on_stale=again />
            <span class="row-end" aria-hidden="true">{Icon::Right.draw()}</span>
        </li>
    }
    .into_any()
}
