//! A month: how much is in each day, which days are full, and the way to each.

use super::grid::{missing, view_span};
use super::look::{class_of, state_of};
use super::{Board, facts::Facts};
use crate::calendar::{Span, is_full};
use crate::components::{first_of, same_month};
use crate::format::{ZoneClock, day_heading, time, wall, weekday_short};
use crate::messages::t;
use contract::bookings::Booking;
use leptos::prelude::*;
use std::collections::HashMap;
use time::Date;

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
        let days = days.get();
        let week = |week: &[Day]| {
            let cells: Vec<AnyView> = week.iter().map(|day| cell(board, day, month)).collect();
            view! { <tr>{cells}</tr> }
        };
        days.chunks(7).map(week).collect_view()
    };
    view! {
        {trouble}
        <div class="agenda-month" class:loading=move || store.is_loading(&dates.get()) aria-busy=move || store.is_loading(&dates.get()).then_some("true")>
            <table>
                <thead><tr>{names}</tr></thead>
                <tbody>{weeks}</tbody>
            </table>
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

fn cell(board: Board, day: &Day, month: Date) -> AnyView {
    let text = &t().agenda;
    let place = board.place;
    let date = day.date;
    let class = match day.state {
        State::Open => "open",
        State::Full => "full",
        State::Closed => "closed",
        State::Away => "away",
    };
    let word = match day.state {
        State::Open => None,
        State::Full => Some(text.full),
        State::Closed => Some(text.closed),
        State::Away => Some(text.away),
    };
    let label = (text.day_label)(&day_heading(date), day.bookings.len());
    let label = word.map_or_else(|| label.clone(), |word| format!("{label}, {word}"));
    let entries = day.bookings.iter().take(SHOWN).map(|booking| {
        let id = booking.id;
        let name = booking.client.name.clone();
        let at = time(booking.start_at, &place.zone_name());
        let label = format!("{at} {name}, {}, {}", booking.service.name, state_of(booking));
        view! {
            <li><button type="button" class=format!("month-entry {}", class_of(booking)) aria-label=label
                on:click=move |_| place.show_booking(Some(id))><span>{at}</span> {name}</button></li>
        }
    });
    let rest = day.bookings.len().saturating_sub(SHOWN);
    let rest = (rest > 0).then(|| view! { <li><button type="button" class="month-rest" on:click=move |_| place.show_day(date)>{(text.and_more)(rest)}</button></li> });
    let count =
        (!day.bookings.is_empty()).then(|| view! { <span class="month-count">{day.bookings.len()}</span> });
    // A closed day is plain enough to see.
    let word = word.filter(|_| day.state != State::Closed);
    view! {
        <td class=class class:outside=!same_month(date, month)>
            <button type="button" class="month-day" aria-label=label aria-current=move || (place.today.get() == date).then_some("date")
                on:click=move |_| place.show_day(date)>
                <b>{date.day()}</b>
                {word.map(|word| view! { <span class="month-word">{word}</span> })}
                {count}
            </button>
            <ul>{entries.collect_view()}{rest}</ul>
        </td>
    }
    .into_any()
}
