//! Columns of days with what happens in them, which can be moved and made longer by mouse, finger, pen and keyboard.
//! It knows nothing of bookings: a page gives it items and hears what people do to them.

mod block;
mod column;
mod drag;
mod focus;
mod gutter;
mod head;
mod keys;
mod layout;
mod scroll;

use crate::calendar::{Axis, Clock, Span};
use crate::format::{self, ZoneClock, instant, time_range};
pub use block::dom_id as item_dom_id;
use drag::Press;
use layout::{Placed, layout};
use leptos::html;
use leptos::prelude::*;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Something that takes time.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Never changes.
    pub id: Uuid,
    /// When.
    pub time: Span,
    /// What is kept free around it, itself included.
    pub blocked: Span,
    /// The class of its colours.
    pub class: &'static str,
    /// The first line.
    pub title: String,
    /// The second.
    pub detail: String,
    /// Everything about it in one sentence, for those who cannot see where it stands.
    pub label: String,
    /// Whether it may have another time.
    pub movable: bool,
    /// What its times are rounded to, in seconds.
    pub step: i64,
}

/// What the ground of a time means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Working time.
    Open,
    /// Away, or busy elsewhere.
    Away,
}

/// A stretch of ground.
#[derive(Clone, Debug, PartialEq)]
pub struct Shade {
    /// When.
    pub time: Span,
    /// What it means.
    pub ground: Ground,
    /// A word about it.
    pub label: String,
}

/// What is being changed about an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// When it is.
    Move,
    /// How long it takes.
    Resize,
}

/// An item in somebody's hands.
#[derive(Clone, Debug, PartialEq)]
pub struct Drag {
    /// Which.
    pub id: Uuid,
    /// What is being changed.
    pub hold: Hold,
    /// As it was.
    pub from: Span,
    /// As it would be.
    pub to: Span,
    /// How far behind the start of the item it was taken.
    grab: i64,
    /// Whether the keyboard does it.
    pub by_keys: bool,
    step: i64,
}

/// An item that was put down somewhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drop {
    /// Which.
    pub id: Uuid,
    /// Where the person took it. It may have gone elsewhere since.
    pub from: Span,
    /// Where it was put.
    pub to: Span,
}

impl Drag {
    /// An item that is moved by whole days.
    pub fn take(id: Uuid, time: Span, by_keys: bool) -> Self {
        Self { id, hold: Hold::Move, from: time, to: time, grab: 0, by_keys, step: 0 }
    }

    /// Where it would be put, if that is somewhere else.
    pub fn dropped(&self) -> Option<Drop> {
        (self.to != self.from).then_some(Drop { id: self.id, from: self.from, to: self.to })
    }
}

/// The words the grid itself says.
#[derive(Clone, Copy)]
pub struct GridWords {
    pub all_day: &'static str,
    pub more: fn(&str) -> String,
    pub open_day: fn(&str) -> String,
    pub continues: &'static str,
    pub skipped: &'static str,
    pub moving: fn(&str, &str) -> String,
    pub left: &'static str,
}

/// What every part of the grid needs.
#[derive(Clone, Copy)]
struct Grid {
    zone: StoredValue<ZoneClock>,
    axis: Memo<Axis>,
    items: Signal<Vec<Item>>,
    placed: Memo<Vec<Vec<Placed>>>,
    shades: Signal<Vec<Shade>>,
    now: Signal<OffsetDateTime>,
    drag: RwSignal<Option<Drag>>,
    press: StoredValue<Option<Press>>,
    /// A click that ends a drag opens nothing.
    dropped: StoredValue<bool>,
    said: RwSignal<String>,
    /// The page's id of the item that has the focus, or had it until it was drawn elsewhere.
    focused: StoredValue<String>,
    body: NodeRef<html::Div>,
    scroll: NodeRef<html::Div>,
    words: GridWords,
    on_open: Callback<Uuid>,
    on_drop: Callback<Drop>,
    on_reveal: Callback<Date>,
    on_empty: Callback<i64>,
    on_day: Callback<Date>,
    on_more: Callback<Date>,
}

impl Grid {
    fn item(self, id: Uuid) -> Option<Item> {
        self.items.with_untracked(|items| items.iter().find(|item| item.id == id).cloned())
    }

    /// `10:00–11:00`.
    fn times(self, time: Span) -> String {
        self.zone.with_value(|zone| time_range(instant(time.from), instant(time.until), &zone.0))
    }

    /// `10:00`.
    fn time(self, at: i64) -> String {
        self.zone.with_value(|zone| format::time(instant(at), &zone.0))
    }

    fn date(self, at: i64) -> Date {
        self.zone.with_value(|zone| zone.wall(at).date())
    }
}

/// The grid.
#[component]
pub fn TimeGrid(
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    #[prop(into)] days: Signal<Vec<Date>>,
    zone: String,
    /// A second column of hours, in another zone.
    #[prop(into)]
    other_zone: Signal<Option<String>>,
    items: Signal<Vec<Item>>,
    shades: Signal<Vec<Shade>>,
    now: Signal<OffsetDateTime>,
    words: GridWords,
    /// What is in somebody's hands. The page lets nothing else change meanwhile.
    drag: RwSignal<Option<Drag>>,
    /// An item is to be shown.
    on_open: Callback<Uuid>,
    /// An item was given another time.
    on_drop: Callback<Drop>,
    /// The keyboard moved an item to a day that is out of view.
    on_reveal: Callback<Date>,
    /// An empty stretch was pressed, at this instant.
    on_empty: Callback<i64>,
    /// The head of a day was pressed.
    on_day: Callback<Date>,
    /// More that can be done with a day is wanted.
    on_more: Callback<Date>,
) -> impl IntoView {
    let zone = StoredValue::new(ZoneClock(zone));
    let axis = Memo::new(move |_| zone.with_value(|zone| days.with(|days| Axis::new(zone, days))));
    let placed = Memo::new(move |_| axis.with(|axis| items.with(|items| layout(axis, items))));
    let grid = Grid {
        zone,
        axis,
        items,
        placed,
        shades,
        now,
        drag,
        press: StoredValue::new(None),
        dropped: StoredValue::new(false),
        said: RwSignal::new(String::new()),
        focused: StoredValue::new(String::new()),
        body: NodeRef::new(),
        scroll: NodeRef::new(),
        words,
        on_open,
        on_drop,
        on_reveal,
        on_empty,
        on_day,
        on_more,
    };
    drag::listen(grid);
    keys::listen(grid);
    focus::keep(grid);
    scroll::begin(grid);
    let columns = move || {
        let count = axis.with(|axis| axis.columns.len());
        (0..count).map(|index| column::draw(grid, index)).collect_view()
    };
    view! {
        <div class="tg" class:held=move || drag.with(Option::is_some)>
            <div class="tg-scroll" node_ref=grid.scroll tabindex="0" role="region" aria-label=move || label.get()>
                {head::draw(grid, other_zone)}
                <div class="tg-main">
                    {gutter::draw(grid, other_zone)}
                    <div class="tg-body" node_ref=grid.body>
                        {gutter::lines(grid)}
                        <div class="tg-columns">{columns}</div>
                    </div>
                </div>
            </div>
            <p class="tg-said" role="status" aria-live="assertive">{move || grid.said.get()}</p>
        </div>
    }
    .into_any()
}

/// A share of a whole as CSS wants it.
fn percent(part: i64, whole: i64) -> String {
    // Integers, since writing floats would weigh more than all of this file.
    let share = part * 1_000_000 / whole.max(1);
    format!("{}.{:04}%", share / 10_000, share % 10_000)
}
