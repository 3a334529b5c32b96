use super::months::{Months, fault, marks, slots_of};
use crate::components::{Bone, MonthGrid, TimeList, ZoneField, failure, first_of, months_on, same_month};
use crate::first::in_turn;
use crate::format::{browser_zone, day_heading, month_title, noon, now, of_today, plain, today, wall};
use crate::messages::t;
use crate::remote::Load;
use contract::slots::{Slot, SlotList};
use leptos::prelude::*;
use time::Date;

/// What the picker shows. The page keeps it, in its address where that helps.
#[derive(Clone, Copy)]
pub struct PickerState {
    /// The zone in which days and times are shown.
    pub zone: Signal<String>,
    /// The chosen day.
    pub day: Signal<Option<Date>>,
    /// The day from which on a free one is looked for at first, where it is not today.
    pub near: Option<Date>,
    /// Seats wanted.
    pub party: Signal<u32>,
    /// The person chose a zone.
    pub on_zone: Callback<String>,
    /// The person chose a day, or the first free one was chosen for them.
    pub on_day: Callback<Date>,
    /// The person chose a time.
    pub on_time: Callback<Slot>,
}

/// The month on one side, the chosen day's times on the other, the zone below.
#[component]
pub fn Picker(
    months: Months,
    state: PickerState,
    provider_zone: String,
    /// How many people can share a time.
    capacity: u32,
) -> impl IntoView {
    let group = capacity > 1;
    let now_day = Signal::derive(move || today(&state.zone.get()));
    let begin = state.day.get_untracked().or(state.near.map(|near| near.max(now_day.get_untracked())));
    let month = RwSignal::new(first_of(begin.unwrap_or_else(|| now_day.get_untracked())));
    let load = Memo::new(move |_| months.get(month.get(), &state.zone.get(), state.party.get()));

    // Fetch what is in view, then the month after it.
    Effect::new(move |_| {
        let (month, day, zone, party) = (month.get(), now_day.get(), state.zone.get(), state.party.get());
        let loaded = load.with(|load| matches!(load, Load::Ready(_)));
        months.ensure(month, day, &zone, party);
        if months.ends(month, &zone, party) {
            // For the way back to the first free day.
            months.ensure(first_of(day), day, &zone, party);
        } else if loaded {
            months.ensure(months_on(month, 1), day, &zone, party);
        }
    });
    let last = Memo::new(move |_| {
        let (month, zone, party) = (month.get(), state.zone.get(), state.party.get());
        months.ends(month, &zone, party) || months.ends(months_on(month, 1), &zone, party)
    });
    let back = Memo::new(move |_| months.first_free(now_day.get(), &state.zone.get(), state.party.get()));
    // A month opens on its first free day; the page's address may name another. Where the month that was opened first has
    // none, the month of the next free day is shown instead.
    let arrived = StoredValue::new(state.day.get_untracked().is_some());
    Effect::new(move |_| {
        let near = state.near.filter(|near| same_month(*near, month.get_untracked()));
        let (first, later) = load.with(|load| match load {
            Load::Ready(list) => {
                let mut days = list.days.iter().map(|day| day.date);
                let last = list.days.last().map(|day| day.date);
                // Late in a month, the nearest day may be an earlier one.
                (days.find(|day| near.is_none_or(|near| *day >= near)).or(last), list.next_free.clone())
            }
            _ => (None, None),
        });
        if load.with_untracked(|load| matches!(load, Load::Ready(_))) && !arrived.get_value() {
            arrived.set_value(true);
            if let Some(later) = later.filter(|_| first.is_none()) {
                let day = wall(later.start_at, &state.zone.get_untracked()).date();
                month.set(first_of(day));
                state.on_day.run(day);
                return;
            }
        }
        let in_view = state.day.get_untracked().is_some_and(|day| same_month(day, month.get_untracked()));
        if let Some(first) = first.filter(|_| !in_view) {
            state.on_day.run(first);
        }
    });
    let broken = Memo::new(move |_| load.with(fault));
    let show_month = Callback::new(move |to: Date| month.set(to));
    // Going back in the browser may name a day of another month.
    Effect::new(move |before: Option<Option<Date>>| {
        let day = state.day.get();
        if let Some(day) = day.filter(|day| before.is_some_and(|before| before != Some(*day))) {
            month.set(first_of(day));
        }
        day
    });

    view! {
        <div class="picker">
            <div class="picker-month">
                {in_turn(move || view! {
                    <MonthGrid month=month on_month=show_month last=last marks=Signal::derive(move || load.with(|load| marks(load, capacity)))
                        chosen=state.day today=now_day on_choose=state.on_day />
                }.into_any())}
                {in_turn(move || view! { <ZoneLine state=state provider_zone=provider_zone.clone() /> }.into_any())}
            </div>
            <div class="picker-times" id="times" aria-live="polite">
                {move || match broken.get() {
                    Some(error) => failure(error, Some(Callback::new(move |()| months.retry()))),
                    None => day_times(load, state, month, group, back),
                }}
            </div>
        </div>
    }
    .into_any()
}

/// What stands beside the month.
#[derive(Clone, PartialEq)]
enum Beside {
    /// Times are on their way.
    Loading,
    /// The month has none; the next free one.
    Nothing(Option<Slot>),
    /// The times of a day, in a zone, for so many people.
    Day(Date, String, u32),
    /// No day is chosen.
    NoDay,
}

/// The times of the chosen day, or the way to the next free one. Drawn anew only where the person looks at something
/// else: what others book changes single times.
fn day_times(
    load: Memo<Load<SlotList>>,
    state: PickerState,
    month: RwSignal<Date>,
    group: bool,
    back: Memo<Option<Date>>,
) -> AnyView {
    let words = &t().booking;
    let beside = Memo::new(move |_| {
        let day = state.day.get().filter(|day| same_month(*day, month.get()));
        load.with(|load| match (load, day) {
            (Load::Loading, _) => Beside::Loading,
            (Load::Ready(list), _) if list.days.is_empty() => Beside::Nothing(list.next_free.clone()),
            (_, Some(day)) => Beside::Day(day, state.zone.get(), state.party.get()),
            _ => Beside::NoDay,
        })
    });
    (move || match beside.get() {
        Beside::Loading => view! {
            <div class="skeleton" role="status" aria-label=t().common.loading>
                <Bone class="title" /><div class="bone-times">{(0..9).map(|_| view! { <Bone class="time" /> }).collect_view()}</div>
            </div>
        }
        .into_any(),
        Beside::Nothing(next) => {
            let next = next.map(|slot| wall(slot.start_at, &state.zone.get_untracked()).date());
            let next = next.or_else(|| back.get());
            nothing_free(month.get_untracked(), next, state, month)
        }
        Beside::Day(day, zone, _) => {
            let slots = Memo::new(move |_| load.with(|load| slots_of(load, day)));
            let none = move || {
                slots.with(Vec::is_empty).then(|| day_full(load.with(|load| next_in(load, day)), state, month))
            };
            view! {
                <h2>{day_heading(day)}</h2>
                {none}
                <TimeList slots=slots zone=zone group=group on_choose=state.on_time />
            }
            .into_any()
        }
        Beside::NoDay => view! { <p class="muted">{words.pick_day}</p> }.into_any(),
    })
    .into_any()
}

/// The first free day after this one in its month.
fn next_in(load: &Load<SlotList>, day: Date) -> Option<Date> {
    match load {
        Load::Ready(list) => list.days.iter().map(|free| free.date).find(|free| *free > day),
        _ => None,
    }
}

fn day_full(next: Option<Date>, state: PickerState, month: RwSignal<Date>) -> AnyView {
    let next = next.map(|next| next_day(next, state, month));
    view! { <div class="nothing"><p class="muted">{t().booking.day_full}</p>{next}</div> }.into_any()
}

/// A button that shows another day.
fn next_day(next: Date, state: PickerState, month: RwSignal<Date>) -> AnyView {
    let go = move |_| {
        month.set(first_of(next));
        state.on_day.run(next);
    };
    let words = &t().booking;
    // The month in view may lie beyond all that can be booked.
    let is_before = next < month.get_untracked();
    let words = if is_before { words.earliest_day } else { words.next_free_day };
    view! { <button type="button" class="button" on:click=go>{words(&plain(next))}</button> }.into_any()
}

fn nothing_free(in_view: Date, next: Option<Date>, state: PickerState, month: RwSignal<Date>) -> AnyView {
    let words = &t().booking;
    let Some(next) = next else {
        return view! { <div class="nothing"><h2>{words.none_free}</h2><p>{words.none_free_text}</p></div> }
            .into_any();
    };
    view! {
        <div class="nothing">
            <h2>{(words.month_empty)(&month_title(in_view.year(), in_view.month()))}</h2>
            {next_day(next, state, month)}
        </div>
    }
    .into_any()
}

/// Whose clock the times follow, and a way to change it.
#[component]
fn ZoneLine(state: PickerState, provider_zone: String) -> impl IntoView {
    let (own, theirs) = (browser_zone(), of_today(&provider_zone));
    let mut likely = vec![(t().common.your_zone, own.clone())];
    if of_today(&own) != theirs {
        likely.push((t().common.provider_zone, theirs.to_owned()));
    }
    // The clocks may have changed by the day in view.
    let at = Signal::derive(move || state.day.get().map_or_else(now, noon));
    view! { <ZoneField id="zone" label=t().booking.times_in value=state.zone on_choose=state.on_zone likely=likely at=at /> }.into_any()
}
