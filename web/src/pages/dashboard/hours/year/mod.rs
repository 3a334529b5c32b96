//! The year: twelve months, this year from the present one on, in which days that differ from the week are marked, and days are taken to change them.

mod facts;
mod holidays;
mod month;
mod regions;

pub use facts::{Facts, exception_on, hours_in_words, touches, week_hours, weekday};

use super::dates::Ask;
use super::state::Book;
use crate::browser;
use crate::components::{Icon, first_of, last_of, led_to, months_on};
use crate::format::{iso, month_name, month_title, parse_date, today};
use crate::messages::year_words;
use contract::providers::Address;
use holidays::{Holidays, Offer};
use leptos::prelude::*;
use month::SmallMonth;
use std::ops::RangeInclusive;
use time::{Date, Month};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};

/// How many years ahead days can have hours of their own.
const YEARS_AHEAD: i32 = 4;

/// The dates in view. What is over is over: this year begins with the present month, and goes on into the next.
fn dates_of(year: i32, today: Date) -> RangeInclusive<Date> {
    let january = Date::from_calendar_date(year, Month::January, 1).unwrap_or(today);
    let first = january.max(first_of(today));
    first..=last_of(months_on(first, 11))
}

/// What the dates in view are called: `2027`, or `2026/27` where they reach on into the next year.
fn title_of(year: i32, today: Date) -> String {
    let last = dates_of(year, today).end().year();
    if last > year { format!("{year}/{:02}", last % 100) } else { year.to_string() }
}

/// The year of the schedule; `ask` opens what is done about the days that were taken.
#[component]
pub fn Year(
    book: Book,
    /// The year in view.
    year: RwSignal<i32>,
    ask: Callback<Ask>,
    /// Where the provider is, for the holidays that are offered.
    address: Address,
) -> impl IntoView {
    let text = year_words();
    let facts = Memo::new(move |_| book.schedule.with(Facts::of));
    let today = today(&book.schedule.with_untracked(|schedule| schedule.time_zone.clone()));
    let holidays = Holidays::of(book, &address, year, today);
    // The one day that Tab reaches, and the far end of what is being taken.
    let cursor = RwSignal::new(today);
    let taken = RwSignal::new(None::<(Date, Date)>);
    let pulling = RwSignal::new(false);
    let show = move |wanted: i32| {
        let wanted = wanted.clamp(today.year(), today.year() + YEARS_AHEAD);
        if wanted != year.get_untracked() {
            year.set(wanted);
            taken.set(None);
        }
    };
    // However the year came into view, Tab finds a day in it.
    Effect::new(move |_| {
        let dates = dates_of(year.get(), today);
        if !dates.contains(&cursor.get_untracked()) {
            cursor.set(today.max(*dates.start()));
        }
    });
    let open = move |first: Date, last: Date| {
        taken.set(Some((first, last)));
        ask.run(Ask::days(first.min(last), first.max(last)));
    };
    let on_down = move |event: PointerEvent| {
        // Fingers scroll; they take a day by a tap.
        if event.pointer_type() != "touch"
            && event.button() == 0
            && let Some(day) = day_at(event.target()).filter(|day| *day >= today)
        {
            cursor.set(day);
            taken.set(Some((day, day)));
            pulling.set(true);
        }
    };
    let on_over = move |event: PointerEvent| {
        if pulling.get_untracked()
            && let (Some(day), Some((first, _))) = (day_at(event.target()), taken.get_untracked())
        {
            taken.set(Some((first, day.max(today))));
        }
    };
    let let_go = window_event_listener(leptos::ev::pointerup, move |_| {
        if pulling.get_untracked() {
            pulling.set(false);
            if let Some((first, last)) = taken.get_untracked() {
                open(first, last);
            }
        }
    });
    let lost = window_event_listener(leptos::ev::pointercancel, move |_| {
        if pulling.get_untracked() {
            pulling.set(false);
            taken.set(None);
        }
    });
    on_cleanup(move || {
        let_go.remove();
        lost.remove();
    });
    let on_click = move |event: web_sys::MouseEvent| {
        let by_mouse = event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type() == "mouse");
        if by_mouse && event.detail() > 0 {
            return;
        }
        if let Some(day) = day_at(event.target()).filter(|day| *day >= today) {
            cursor.set(day);
            let (first, last) = taken
                .get_untracked()
                .filter(|(one, other)| (*one.min(other)..=*one.max(other)).contains(&day))
                .unwrap_or((day, day));
            open(first, last);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && taken.get_untracked().is_some() {
            return taken.set(None);
        }
        let at = cursor.get_untracked();
        let Some(to) = led_to(at, &event.key(), 1) else { return };
        event.prevent_default();
        let to = to.max(today);
        if to.year() > today.year() + YEARS_AHEAD {
            return;
        }
        let is_shown = dates_of(year.get_untracked(), today).contains(&to);
        if event.shift_key() && is_shown {
            taken.update(|taken| *taken = Some((taken.map_or(at, |(first, _)| first), to)));
        } else {
            taken.set(None);
        }
        cursor.set(to);
        if !is_shown {
            show(to.year());
        }
        browser::focus_soon(day_id(to));
    };
    // However a day came to have the focus, keys go on from it.
    let on_focus = move |event: web_sys::FocusEvent| {
        if let Some(day) = day_at(event.target()) {
            cursor.set(day);
        }
    };
    let months = move || {
        let year = year.get();
        let begin = *dates_of(year, today).start();
        let month = |number: i32| {
            let first = months_on(begin, number);
            let turns = first.year() > year && first.month() == Month::January;
            let name = if turns { month_title(first.year(), first.month()) } else { month_name(first) };
            view! { <SmallMonth first=first name=name today=today facts=facts cursor=cursor taken=taken holidays=holidays /> }
        };
        (0..12).map(month).collect_view()
    };
    let sums = move || (text.sums)(facts.with(|facts| facts.count(&dates_of(year.get(), today))));
    let title = move || title_of(year.get(), today);
    let step = move |by: i32, name: fn(i32) -> String, icon: Icon| {
        let barred = move || {
            let to = year.get() + by;
            to < today.year() || to > today.year() + YEARS_AHEAD
        };
        view! {
            <button type="button" class="button quiet icon-only" aria-label=move || name(year.get() + by) disabled=barred
                on:click=move |_| show(year.get_untracked() + by)>{icon.draw()}</button>
        }
    };
    let sample = |class: &'static str, name: &'static str| {
        view! { <li><span class=format!("year-day {class}")><b>"8"</b></span>{name}</li> }
    };
    view! {
        <section class="card year" aria-labelledby="year-title">
            <div class="year-head">
                <h2 id="year-title">{text.title}</h2>
                <div class="year-turn">
                    {step(-1, text.show_year, Icon::Left)}
                    <p aria-live="polite">{title}</p>
                    {step(1, text.show_year, Icon::Right)}
                </div>
                <p class="muted" role="status">{sums}</p>
            </div>
            <Offer book=book holidays=holidays facts=facts year=year today=today />
            <p class="hint">{text.hint}</p>
            <div class="year-months" on:pointerdown=on_down on:pointerover=on_over on:click=on_click on:keydown=on_key
                on:focusin=on_focus>
                {months}
            </div>
            <ul class="year-legend" aria-hidden="true">
                {sample("open", text.open)}{sample("", text.week_closed)}{sample("closed", text.closed)}{sample("other", text.other)}
                {sample("away", text.away)}{sample("partly", text.partly)}{sample("holiday", text.holiday)}
            </ul>
        </section>
    }
    .into_any()
}

/// The day that a press or click is about.
fn day_at(target: Option<web_sys::EventTarget>) -> Option<Date> {
    let element = target?.dyn_into::<Element>().ok()?.closest(".year-day[id]").ok()??;
    parse_date(element.id().strip_prefix("year-")?)
}

fn day_id(day: Date) -> String {
    format!("year-{}", iso(day))
}
