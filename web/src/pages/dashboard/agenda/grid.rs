//! Days and weeks: bookings as items of the time grid.

use super::facts::Facts;
use super::look::{class_of, is_unpaid, state_of};
use super::store::span_of;
use super::{Board, Sheet};
use crate::api::ApiError;
use crate::calendar::Span;
use crate::components::{Drop, GridWords, Item, TimeGrid, failure};
use crate::format::{differ, instant, period, when};
use crate::messages::t;
use crate::pages::viewer_zone;
use contract::bookings::Booking;
use leptos::prelude::*;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Where the choice of a second column of hours is kept.
const OTHER: &str = "appointed.agenda.clock";

/// The zone of the person at the screen, where its clocks show something else than the provider's on a day in view, reactively.
pub fn other_zone(board: Board) -> Option<String> {
    let (mine, theirs) = (untrack(viewer_zone), board.place.zone_name());
    ends(board).into_iter().any(|at| differ(&mine, &theirs, at)).then_some(mine)
}

/// Where the hours of the days in view begin and end, reactively: what clocks show changes in between.
pub fn ends(board: Board) -> Vec<OffsetDateTime> {
    let spans = board.place.days().into_iter().map(|day| board.place.span(day));
    spans.flat_map(|span| [instant(span.from), instant(span.until - 1)]).collect()
}

/// Whether that column is shown.
pub fn other_shown() -> bool {
    crate::browser::recall(OTHER).is_some()
}

/// Shows or hides it, for good.
pub fn show_other(shown: bool) {
    if shown { crate::browser::remember(OTHER, "1") } else { crate::browser::forget(OTHER) }
}

/// The grid, below what is wrong where something is.
pub fn draw(board: Board) -> AnyView {
    let Board { place, store, facts, .. } = board;
    let days = Memo::new(move |_| place.days());
    let items = Memo::new(move |_| {
        let Some(facts) = facts.value() else { return Vec::new() };
        store.within(view_span(board, &days.get())).iter().map(|it| item(it, &facts)).collect()
    });
    let shades = Memo::new(move |_| {
        let facts = facts.value();
        facts.map_or_else(Vec::new, |facts| place.zone.with_value(|zone| facts.shades(zone, &days.get())))
    });
    let label = move || {
        days.with(|days| match days.as_slice() {
            [first, .., last] => period(*first, *last),
            [only] => period(*only, *only),
            [] => String::new(),
        })
    };
    let trouble = move || store.failure(&days.get()).map(|error| missing(board, error, days));
    let text = &t().agenda;
    let words = GridWords {
        all_day: text.all_day,
        more: text.more,
        open_day: text.open_day,
        continues: text.continues,
        skipped: text.skipped,
        moving: text.moving,
        left: text.left,
    };
    let on_empty = Callback::new(move |at: i64| {
        let date = place.zone.with_value(|zone| crate::calendar::wall_date(zone, at));
        board.sheet.set(Some(Sheet { date, at: Some(at) }));
    });
    view! {
        {trouble}
        <div class="agenda-grid" class:loading=move || store.is_loading(&days.get()) aria-busy=move || store.is_loading(&days.get()).then_some("true")>
            <TimeGrid label=Signal::derive(label) days=days zone=place.zone_name() other_zone=board.other
                items=items.into() shades=shades.into() now=board.clock words=words drag=board.drag
                on_open=Callback::new(move |id: Uuid| place.show_booking(Some(id)))
                on_drop=Callback::new(move |it: Drop| {
                    // Refused, it goes back to where the person may look no more.
                    store.retime(it.id, it.from, it.to, move || place.reveal(it.from.from));
                })
                on_reveal=Callback::new(move |date: Date| place.show_date(date))
                on_empty=on_empty
                on_day=Callback::new(move |date: Date| place.show_day(date))
                on_more=Callback::new(move |date: Date| board.sheet.set(Some(Sheet { date, at: None }))) />
        </div>
    }
    .into_any()
}

/// The days could not be fetched: what is known stays in view below.
pub fn missing(board: Board, error: ApiError, days: Memo<Vec<Date>>) -> AnyView {
    failure(error, Some(Callback::new(move |()| board.store.refresh(&days.get_untracked()))))
}

/// From the first day's begin to the last one's end.
pub fn view_span(board: Board, days: &[Date]) -> Span {
    let from = days.first().map_or(0, |day| board.place.span(*day).from);
    Span::new(from, days.last().map_or(from, |day| board.place.span(*day).until))
}

fn item(booking: &Booking, facts: &Facts) -> Item {
    let people = (booking.party_size > 1).then(|| (t().booking.people)(booking.party_size));
    let unpaid = is_unpaid(booking);
    let open = unpaid.then(|| t().settle.unpaid.to_owned());
    let detail = [open, Some(booking.service.name.clone()), people].into_iter().flatten().collect::<Vec<_>>();
    let times = when(booking.start_at, booking.end_at, &booking.provider.time_zone);
    let state = state_of(booking);
    Item {
        id: booking.id,
        time: span_of(booking),
        blocked: facts.blocked(booking),
        class: class_of(booking),
        title: booking.client.name.clone(),
        label: format!(
            "{}, {}, {times}, {state}",
            booking.client.name,
            detail[usize::from(unpaid)..].join(", ")
        ),
        detail: detail.join(" · "),
        movable: booking.actions.iter().any(|action| action == "reschedule"),
        step: facts.step(booking),
    }
}
