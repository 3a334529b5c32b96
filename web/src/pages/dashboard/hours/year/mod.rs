//! The year: twelve months in which days that differ from the week are marked, and days are taken to change them.

mod facts;
mod holidays;
mod month;
mod regions;

pub use facts::{Facts, exception_on, hours_in_words, touches, week_hours, weekday};

use super::dates::Ask;
use super::state::Book;
use crate::browser;
use crate::components::{Icon, last_of, led_to};
use crate::format::{iso, parse_date, today};
use crate::messages::year_words;
use contract::providers::Address;
use holidays::{Holidays, Offer};
use leptos::prelude::*;
use month::SmallMonth;
use time::{Date, Month};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};

/// How many years ahead days can have hours of their own.
const YEARS_AHEAD: i32 = 4;

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
    let holidays = Holidays::of(book, &address, year);
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
        let year = year.get();
        if cursor.get_untracked().year() != year {
            let first = Date::from_calendar_date(year, Month::January, 1).unwrap_or(today);
            cursor.set(first.max(today));
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
        if event.shift_key() && to.year() == at.year() {
            taken.update(|taken| *taken = Some((taken.map_or(at, |(first, _)| first), to)));
        } else {
            taken.set(None);
        }
        cursor.set(to);
        show(to.year());
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
        let month = |number: u8| Month::try_from(number).ok();
        (1..=12)
            .filter_map(month)
            .filter_map(|month| Date::from_calendar_date(year, month, 1).ok())
            // What is over is over.
            .filter(|first| last_of(*first) >= today)
            .map(|first| view! { <SmallMonth first=first today=today facts=facts cursor=cursor taken=taken holidays=holidays /> })
            .collect_view()
    };
    let sums = move || (text.sums)(facts.with(|facts| facts.count(year.get())));
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
                    <p aria-live="polite">{move || year.get()}</p>
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
