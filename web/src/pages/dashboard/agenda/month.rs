//! A month: how much is in each day, which days are full, and the way to each. Bookings go to another day by dragging or by
//! keyboard.

mod hand;

use super::grid::{missing, view_span};
use super::look::{class_of, state_of};
use super::{Board, facts::Facts};
use crate::browser;
use crate::calendar::{Span, is_full, wall_date};
use crate::components::{first_of, item_dom_id, same_month};
use crate::format::{ZoneClock, day_heading, time, wall, weekday_short};
use crate::messages::t;
use contract::bookings::Booking;
use leptos::prelude::*;
use std::collections::HashMap;
use time::Date;
use uuid::Uuid;

/// Entries that a day has room for.
const SHOWN: usize = 3;

/// What is known of a day.
#[derive(Clone, PartialEq)]
struct Day {
    date: Date,
    bookings: Vec<Booking>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Full,
    Closed,
    Away,
}

/// Draws it.
pub fn draw(board: Board) -> AnyView {
    let Board { place, store, facts, .. } = board;
    let dates = Memo::new(move |_| place.days());
    let said = RwSignal::new(String::new());
    let days = Memo::new(move |_| {
        let facts = facts.value();
        let bookings = store.within(view_span(board, &dates.get()));
        place.zone.with_value(|zone| {
            let mut by_day: HashMap<Date, Vec<Booking>> = HashMap::new();
            for booking in bookings {
                by_day.entry(wall(booking.start_at, &zone.0).date()).or_default().push(booking);
            }
            let day = |date: &Date| {
                let bookings = by_day.remove(date).unwrap_or_default();
                let state = facts
                    .as_ref()
                    .map_or(State::Open, |facts| state(facts, zone, place.span(*date), *date, &bookings));
                Day { date: *date, bookings, state }
            };
            dates.with(|dates| dates.iter().map(day).collect::<Vec<_>>())
        })
    });
    let trouble = move || store.failure(&dates.get()).map(|error| missing(board, error, dates));
    let names = move || {
        dates.with(|dates| {
            dates
                .iter()
                .take(7)
                .map(|date| view! { <th scope="col">{weekday_short(date.weekday())}</th> })
                .collect_view()
        })
    };
    let weeks = move || {
        let month = first_of(place.date.get());
        let cells: Vec<AnyView> = dates.with(|dates| {
            let dates = dates.iter().enumerate();
            dates.map(|(index, date)| cell(board, days, index, *date, month, said)).collect()
        });
        let mut cells = cells.into_iter();
        (0..cells.len() / 7)
            .map(|_| view! { <tr>{cells.by_ref().take(7).collect_view()}</tr> })
            .collect_view()
    };
    hand::listen(board, said);
    view! {
        {trouble}
        <div class="agenda-month" class:loading=move || store.is_loading(&dates.get()) aria-busy=move || store.is_loading(&dates.get()).then_some("true")>
            <table>
                <thead><tr>{names}</tr></thead>
                <tbody>{weeks}</tbody>
            </table>
            <p class="tg-said" role="status" aria-live="assertive">{said}</p>
        </div>
    }
    .into_any()
}

fn state(facts: &Facts, zone: &ZoneClock, day: Span, date: Date, bookings: &[Booking]) -> State {
    let windows = facts.windows(zone, date);
    if facts.away().any(|(time, _)| time.covers(day)) {
        return State::Away;
    }
    let taken =
        bookings.iter().map(|it| facts.blocked(it)).chain(facts.away().map(|(time, _)| time)).collect();
    match facts.shortest() {
        _ if windows.is_empty() => State::Closed,
        Some(shortest) if is_full(&windows, taken, shortest) => State::Full,
        _ => State::Open,
    }
}

/// The bookings of a day that are named. One more is not hidden where what says so needs as much room.
fn shown(bookings: &[Booking]) -> Vec<Uuid> {
    let count = if bookings.len() <= SHOWN + 1 { bookings.len() } else { SHOWN };
    bookings.iter().take(count).map(|booking| booking.id).collect()
}

fn cell(
    board: Board,
    days: Memo<Vec<Day>>,
    index: usize,
    date: Date,
    month: Date,
    said: RwSignal<String>,
) -> AnyView {
    let text = &t().agenda;
    let place = board.place;
    let bookings = Memo::new(move |_| {
        days.with(|days| days.get(index).map(|day| day.bookings.clone())).unwrap_or_default()
    });
    let state = Memo::new(move |_| days.with(|days| days.get(index).map_or(State::Open, |day| day.state)));
    let class = move || match state.get() {
        State::Open => "open",
        State::Full => "full",
        State::Closed => "closed",
        State::Away => "away",
    };
    let word = move || match state.get() {
        State::Open => None,
        State::Full => Some(text.full),
        State::Closed => Some(text.closed),
        State::Away => Some(text.away),
    };
    let count = move || bookings.with(Vec::len);
    let label = move || {
        let label = (text.day_label)(&day_heading(date), count());
        word().map_or_else(|| label.clone(), |word| format!("{label}, {word}"))
    };
    let entries = move || bookings.with(|all| shown(all));
    let rest = move || {
        let rest = count() - entries().len();
        (rest > 0).then(|| view! { <li><button type="button" class="month-rest" on:click=move |_| place.show_day(date)>{(text.and_more)(rest)}</button></li> })
    };
    let held = Memo::new(move |_| {
        let drag = board.drag.get().filter(|drag| drag.to != drag.from)?;
        let is_here = place.zone.with_value(|zone| wall_date(zone, drag.to.from)) == date;
        is_here.then_some(drag.id)
    });
    let ghost = move || {
        let booking = board.store.known(held.get()?)?;
        let at = time(booking.start_at, &place.zone_name());
        Some(
            view! { <li class="month-entry month-ghost" aria-hidden="true"><span>{at}</span> {booking.client.name}</li> },
        )
    };
    let neighbour = move |id: Uuid, by: isize| {
        let all: Vec<Uuid> =
            days.with_untracked(|days| days.iter().flat_map(|day| shown(&day.bookings)).collect());
        let own = all.iter().position(|it| *it == id);
        if let Some(next) = own.and_then(|own| all.get(own.checked_add_signed(by)?)) {
            browser::focus_soon(item_dom_id(*next));
        }
    };
    view! {
        <td class=class class:outside=!same_month(date, month) class:target=move || held.get().is_some()
            on:dragover=move |event| {
                if board.drag.with_untracked(Option::is_some) {
                    event.prevent_default();
                    hand::hold(board, date);
                }
            }
            on:drop=move |event| {
                event.prevent_default();
                hand::put(board);
            }>
            <button type="button" class="month-day" aria-label=label aria-current=move || (place.today.get() == date).then_some("date")
                on:click=move |_| place.show_day(date)>
                <b>{date.day()}</b>
                // A closed day is plain enough to see.
                {move || word().filter(|_| state.get() != State::Closed).map(|word| view! { <span class="month-word">{word}</span> })}
                {move || (count() > 0).then(|| view! { <span class="month-count">{count()}</span> })}
            </button>
            <ul>
                {ghost}
                <For each=entries key=|id| *id let(id)>{entry(board, id, said, neighbour)}</For>
                {rest}
            </ul>
        </td>
    }
    .into_any()
}

/// A booking in its day. It stays on the page, with the focus, when something about it changes.
fn entry(
    board: Board,
    id: Uuid,
    said: RwSignal<String>,
    neighbour: impl Fn(Uuid, isize) + Copy + 'static,
) -> AnyView {
    let zone = board.place.zone_name();
    let booking = Memo::new(move |before: Option<&Option<Booking>>| {
        // It is about to go.
        board.store.known(id).or_else(|| before.cloned().flatten())
    });
    let part = move |read: fn(&Booking, &str) -> String| {
        let zone = zone.clone();
        move || booking.with(|booking| booking.as_ref().map(|booking| read(booking, &zone)))
    };
    let at = part.clone()(|booking, zone| time(booking.start_at, zone));
    let name = part.clone()(|booking, _| booking.client.name.clone());
    let label = part(|booking, zone| {
        let at = time(booking.start_at, zone);
        format!("{at} {}, {}, {}", booking.client.name, booking.service.name, state_of(booking))
    });
    let class = move || {
        let kind = booking.with(|booking| booking.as_ref().map_or("", class_of));
        let taken = board.drag.with(|drag| drag.as_ref().is_some_and(|drag| drag.id == id));
        format!("month-entry {kind}{}", if taken { " taken" } else { "" })
    };
    let movable = move || {
        booking.with(|booking| {
            booking.as_ref().is_some_and(|it| it.actions.iter().any(|action| action == "reschedule"))
        })
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        let held = event.ctrl_key() || event.meta_key() || event.alt_key();
        if held || board.drag.with_untracked(Option::is_some) {
            return;
        }
        match event.key().as_str() {
            "m" | "M" => hand::take_by_keys(board, id, said),
            "ArrowUp" | "ArrowLeft" => neighbour(id, -1),
            "ArrowDown" | "ArrowRight" => neighbour(id, 1),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let on_start = move |event: web_sys::DragEvent| {
        if let Some(data) = event.data_transfer() {
            data.set_effect_allowed("move");
            // Some browsers drag nothing that carries nothing.
            let _ = data.set_data("text/plain", "");
        }
        hand::take(board, id, false);
    };
    let on_click = move |event: web_sys::MouseEvent| {
        // With a key held, the browser opens the booking's own page elsewhere.
        if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
            event.prevent_default();
            board.place.show_booking(Some(id));
        }
    };
    // Not every browser drags buttons.
    view! {
        <li><a id=item_dom_id(id) class=class href=format!("/bookings/{id}") aria-label=label draggable=move || movable().to_string()
            on:dragstart=on_start on:dragend=move |_| hand::leave(board)
            on:keydown=on_key on:click=on_click><span>{at}</span> {name}</a></li>
    }
    .into_any()
}
