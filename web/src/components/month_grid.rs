use super::icon::Icon;
use crate::browser;
use crate::first::in_turn;
use crate::format::{day_heading, iso, month_title, parse_date, weekday_short};
use crate::messages::t;
use leptos::prelude::*;
use std::collections::HashMap;
use time::{Date, Duration, Month, Weekday};
use wasm_bindgen::JsCast;

/// What each day has to offer. Days that are not named have nothing.
pub type Marks = HashMap<Date, Mark>;

/// Fewer free times, or seats of a group, than this are "few".
const FEW: usize = 4;

/// What a day has to offer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// How many free times.
    pub times: usize,
    /// Whether it is nearly full.
    pub few: bool,
}

impl Mark {
    /// Of a day with so many seats left at each of its times. A group of whose seats none is taken is not nearly full, however
    /// few there are.
    pub fn of(seats: impl ExactSizeIterator<Item = u32>, capacity: u32) -> Self {
        let times = seats.len();
        let left: usize = seats.map(|left| left as usize).sum();
        let few = left < FEW && (capacity == 1 || left < times * capacity as usize);
        Self { times, few: few && times > 0 }
    }
}

/// A month of days, walked with the arrow keys (days), Page Up and Down (months; with Shift years), Home and End (the
/// week) and Enter (choose, and on to the times): the grid pattern of the ARIA practices.
#[component]
pub fn MonthGrid(
    /// The first day of the month in view.
    #[prop(into)]
    month: Signal<Date>,
    on_month: Callback<Date>,
    /// `None` while they are loading.
    #[prop(into)]
    marks: Signal<Option<Marks>>,
    /// Whether there is nothing in the months after this one.
    #[prop(optional, into)]
    last: Signal<bool>,
    #[prop(into)] chosen: Signal<Option<Date>>,
    #[prop(into)] today: Signal<Date>,
    on_choose: Callback<Date>,
) -> impl IntoView {
    // The one day that Tab reaches.
    let cursor = RwSignal::new(chosen.get_untracked().unwrap_or_else(|| today.get_untracked()));
    Effect::new(move |_| {
        let month = month.get();
        let wanted = chosen.get().filter(|day| same_month(*day, month));
        if let Some(day) = wanted {
            cursor.set(day);
        } else if !same_month(cursor.get_untracked(), month) {
            cursor.set(month.max(today.get_untracked()));
        }
    });
    let walk = move |to: Date| {
        let to = to.max(today.get_untracked());
        if !same_month(to, month.get_untracked()) {
            on_month.run(first_of(to));
        }
        cursor.set(to);
        browser::focus_soon(day_id(to));
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        // Where the focus is: the day that Tab reaches may be another by now, as the chosen one of a month that has arrived.
        let focused = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let focused = focused.and_then(|day| parse_date(day.id().strip_prefix("day-")?));
        let at = focused.unwrap_or_else(|| cursor.get_untracked());
        let page = if event.shift_key() { 12 } else { 1 };
        if let Some(to) = led_to(at, &event.key(), page) {
            event.prevent_default();
            walk(to);
        }
    };
    let title = move || {
        let month = month.get();
        month_title(month.year(), month.month())
    };
    let words = &t().booking;
    let on = move |_| {
        if !last.get_untracked() {
            on_month.run(first_of(months_on(month.get_untracked(), 1)));
        }
    };
    let back_barred = move || month.get() <= first_of(today.get());
    let cell = move |day: Date| {
        let mark = move || {
            marks.with(|marks| marks.as_ref().and_then(|marks| marks.get(&day).copied()).unwrap_or_default())
        };
        let count = move || mark().times;
        let label = move || match count() {
            0 => (words.day_none)(&day_heading(day)),
            times => (words.day_free)(&day_heading(day), times),
        };
        let is_chosen = move || chosen.get() == Some(day);
        view! {
            <td role="gridcell" aria-selected=move || is_chosen().to_string()>
                <button type="button" class="day" id=day_id(day) aria-label=label
                    class:few=move || mark().few class:many=move || { count() > 0 && !mark().few }
                    class:chosen=is_chosen aria-current=move || (today.get() == day).then_some("date")
                    aria-disabled=move || (count() == 0).then_some("true")
                    tabindex=move || if cursor.get() == day { "0" } else { "-1" }
                    on:click=move |event| {
                        cursor.set(day);
                        if count() > 0 {
                            on_choose.run(day);
                            // A click made by Enter or Space has no pointer behind it.
                            if event.detail() == 0 {
                                focus_times();
                            } else {
                                browser::show_soon("times");
                            }
                        }
                    }>
                    {day.day()}
                </button>
            </td>
        }
    };
    let rows = move || {
        weeks(month.get(), today.get())
            .into_iter()
            .map(|week| {
                in_turn(move || {
                    view! {
                        <tr>{week.iter().map(|day| match day {
                            Some(day) => cell(*day).into_any(),
                            None => view! { <td></td> }.into_any(),
                        }).collect_view()}</tr>
                    }
                    .into_any()
                })
            })
            .collect_view()
    };
    view! {
        <div class="month" aria-busy=move || marks.with(Option::is_none).then_some("true")>
            <div class="month-head">
                <h2 id="month-title" aria-live="polite">{title}</h2>
                <button type="button" class="button quiet icon-only" aria-label=words.previous_month disabled=back_barred
                    on:click=move |_| on_month.run(first_of(months_on(month.get_untracked(), -1)))>{Icon::Left.draw()}</button>
                <button type="button" class="button quiet icon-only" aria-label=words.next_month
                    aria-disabled=move || last.get().then_some("true") on:click=on>{Icon::Right.draw()}</button>
            </div>
            <table role="grid" aria-labelledby="month-title" on:keydown=on_key>
                <thead><tr>{weekdays().map(|name| view! { <th scope="col">{name}</th> }).collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="legend" aria-hidden="true">
                <span class="dot"></span> {words.legend_free} <span class="dot ring"></span> {words.legend_few}
            </p>
        </div>
    }
    .into_any()
}

/// The first day of a day's month.
pub fn first_of(day: Date) -> Date {
    day.replace_day(1).unwrap_or(day)
}

/// The last day of a day's month.
pub fn last_of(day: Date) -> Date {
    day.replace_day(day.month().length(day.year())).unwrap_or(day)
}

/// The day to which a key leads from this one: arrows go by days and weeks, Page Up and Down by so many months, Home and End
/// within the week.
pub fn led_to(day: Date, key: &str, page: i32) -> Option<Date> {
    let weekday = i64::from(day.weekday().number_days_from_monday());
    Some(match key {
        "ArrowLeft" => day - Duration::DAY,
        "ArrowRight" => day + Duration::DAY,
        "ArrowUp" => day - Duration::WEEK,
        "ArrowDown" => day + Duration::WEEK,
        "Home" => day - Duration::days(weekday),
        "End" => day + Duration::days(6 - weekday),
        "PageUp" => months_on(day, -page),
        "PageDown" => months_on(day, page),
        _ => return None,
    })
}

/// The same day some months on, or the last one where that month is shorter.
pub fn months_on(day: Date, months: i32) -> Date {
    let count = day.year() * 12 + i32::from(u8::from(day.month())) - 1 + months;
    let month = Month::January.nth_next(u8::try_from(count.rem_euclid(12)).unwrap_or(0));
    let year = count.div_euclid(12);
    Date::from_calendar_date(year, month, day.day().min(month.length(year))).unwrap_or(day)
}

/// Whether two days lie in one month.
pub fn same_month(one: Date, other: Date) -> bool {
    (one.year(), one.month()) == (other.year(), other.month())
}

fn day_id(day: Date) -> String {
    format!("day-{}", iso(day))
}

fn focus_times() {
    request_animation_frame(|| {
        let first = document().query_selector("#times button.time").ok().flatten();
        if let Some(first) = first.and_then(|first| first.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = first.focus();
        }
    });
}

fn weekdays() -> impl Iterator<Item = String> {
    std::iter::successors(Some(Weekday::Monday), |day| Some(day.next())).take(7).map(weekday_short)
}

/// The weeks of a month that are not over.
fn weeks(month: Date, today: Date) -> Vec<Vec<Option<Date>>> {
    let first = first_of(month);
    let start = first - Duration::days(i64::from(first.weekday().number_days_from_monday()));
    (0..6)
        .map(|week| {
            (0..7)
                .map(|day| start + Duration::days(week * 7 + day))
                .map(|day| same_month(day, first).then_some(day))
                .collect()
        })
        .filter(|week: &Vec<_>| week.iter().flatten().any(|day| *day >= today))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_group_is_nearly_full_by_its_seats() {
        let few = |seats: &[u32], capacity| Mark::of(seats.iter().copied(), capacity).few;
        assert!(few(&[1, 1, 1], 1) && !few(&[1, 1, 1, 1], 1) && !few(&[], 1));
        assert!(!few(&[6], 6), "nobody has come yet");
        assert!(few(&[3], 6) && !few(&[4], 6) && !few(&[3, 1], 6));
        assert!(!few(&[2], 2) && few(&[1], 2));
    }

    #[test]
    fn weeks_that_are_over_are_not_shown() {
        let (month, today) = (date!(2026 - 11 - 01), date!(2026 - 11 - 25));
        assert_eq!(weeks(month, today).len(), 2);
        assert_eq!(weeks(month, month).len(), 6);
        assert_eq!(weeks(date!(2027 - 02 - 01), today).len(), 4);
        assert_eq!(weeks(date!(2026 - 12 - 01), today).len(), 5);
    }
}
