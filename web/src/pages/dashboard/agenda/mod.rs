//! The agenda: days, weeks and months of bookings, and the list of them.

mod drawer;
mod facts;
mod grid;
mod later;
mod list;
mod look;
mod month;
mod place;
mod refund;
mod retime;
mod sheet;
mod shortcuts;
mod store;
mod toolbar;

use super::frame::{Own, Part, frame, heading};
use crate::browser::{sign_of_life, sleep};
use crate::components::{Bone, Drag};
use crate::live;
use crate::messages::t;
use crate::remote::Remote;
use contract::providers::Provider;
use facts::Facts;
use futures::future::select;
use leptos::prelude::*;
use place::{Place, View, ticking};
use std::pin::pin;
use store::Store;
use time::{Date, Duration, OffsetDateTime};

/// What every part of the agenda works with.
#[derive(Clone, Copy)]
struct Board {
    own: StoredValue<Own>,
    place: Place,
    store: Store,
    facts: Remote<Facts>,
    /// The first day of which the hours' exceptions are known.
    reach: RwSignal<Date>,
    clock: Signal<OffsetDateTime>,
    /// What is being moved.
    drag: RwSignal<Option<Drag>>,
    /// The day or the time about which something is to be done.
    sheet: RwSignal<Option<Sheet>>,
    /// Something about requests may have changed.
    answered: RwSignal<()>,
    /// The zone of the second column of hours.
    other: RwSignal<Option<String>>,
    /// Whether the list of keys is shown.
    help: RwSignal<bool>,
}

/// A day, or an instant of it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Sheet {
    date: Date,
    at: Option<i64>,
}

/// `/dashboard/{id}?view=week&date=2026-11-24&booking=…`
#[component]
pub fn Agenda() -> impl IntoView {
    frame(Part::Agenda, agenda)
}

fn agenda(own: Own) -> AnyView {
    let Provider { id, time_zone, .. } = own.provider.clone();
    let clock = ticking();
    let place = Place::here(format!("/dashboard/{id}"), time_zone, clock);
    let api = own.api;
    let shown = untrack(|| place.days().first().copied().unwrap_or_else(|| place.today.get()));
    let reach = RwSignal::new(shown.min(place.today.get_untracked()) - Duration::weeks(13));
    let board = Board {
        own: StoredValue::new(own.clone()),
        place,
        store: Store::new(api, id, place.zone),
        facts: Remote::warm(
            move || facts::known(api, id, reach.get_untracked()),
            move || facts::fetch(api, id, reach.get_untracked()),
        ),
        reach,
        clock,
        drag: RwSignal::new(None),
        sheet: RwSignal::new(None),
        answered: RwSignal::new(()),
        other: RwSignal::new(None),
        help: RwSignal::new(false),
    };
    // First, so that nothing that is asked for is older than what is heard of.
    listen(board);
    load(board);
    shortcuts::listen(board);
    later::prepare();
    let unfinished = !own.provider.published && own.provider.suspension.is_none();
    let steps = unfinished.then(|| later::steps(own.clone()));
    let title = heading(t().dashboard.agenda_title, &own.provider);
    // Days and weeks are one grid, which keeps its place when one turns from one to the other.
    let view = Memo::new(move |_| match place.view.get() {
        View::Day => View::Week,
        other => other,
    });
    let days = move || skeleton(place.view.get());
    let body = move || match view.get() {
        View::List => later::list(board),
        View::Month => board.facts.frame(days, move || later::month(board)),
        View::Day | View::Week => board.facts.frame(days, move || grid::draw(board)),
    };
    view! {
        {steps}
        <div class="agenda">
            <div class="agenda-name">{title}</div>
            {toolbar::draw(board)}
            {body}
            {drawer::draw(board)}
            {sheet::draw(board)}
            {shortcuts::help(board)}
        </div>
    }
    .into_any()
}

/// Days, or the weeks of a month, without what is in them.
fn skeleton(view: View) -> AnyView {
    let shape = match view {
        View::Day => "one",
        View::Month => "weeks",
        View::Week | View::List => "days",
    };
    view! { <div class="agenda-skeleton skeleton" role="status" aria-label=t().common.loading><Bone class=shape /></div> }
        .into_any()
}

/// How long somebody looks at the first days before those around are fetched all the same, in milliseconds.
const LOOK: u32 = 5_000;

/// Fetches what is in view, and what people look at next once they do anything at all: who only looks needs nothing more.
fn load(board: Board) {
    let Board { place, store, facts, reach, .. } = board;
    let goes_on = RwSignal::new(false);
    leptos::task::spawn_local(async move {
        select(pin!(sign_of_life()), pin!(sleep(LOOK))).await;
        goes_on.try_set(true);
    });
    Effect::new(move |_| {
        let (days, around) = place.days_around();
        // The night before the first day may run into it.
        if let Some(first) = days.first().copied().filter(|first| *first <= reach.get_untracked()) {
            reach.set(first - Duration::weeks(52));
            facts.refresh();
        }
        store.want(&days);
        if goes_on.get() && !store.is_loading(&days) && place.view.get() != View::Month {
            store.want(&around);
        }
    });
}

/// Follows what others do; not while something is being moved.
fn listen(board: Board) {
    let (api, id) = board.own.with_value(|own| (own.api, own.provider.id));
    let news = RwSignal::new(false);
    Effect::new(move |_| {
        if news.get() && board.drag.with(Option::is_none) {
            news.set(false);
            refresh(board);
        }
    });
    let hear = move |()| {
        news.try_set(true);
    };
    live::provider(api, id, Callback::new(hear));
}

/// Asks anew for what is in view, which stays until the answer is here.
fn refresh(board: Board) {
    let days = untrack(|| board.place.days());
    if !days.is_empty() {
        board.store.refresh(&days);
    }
    board.facts.refresh();
    board.answered.set(());
}
