use super::day_id;
use super::facts::Facts;
use super::holidays::Holidays;
use crate::components::{last_of, same_month};
use crate::format::{day_heading, iso, weekday_letter};
use crate::messages::year_words;
use leptos::prelude::*;
use time::{Date, Duration, Weekday};

/// One month of the year view.
#[component]
pub fn SmallMonth(
    /// The first day of the month.
    first: Date,
    name: String,
    today: Date,
    facts: Memo<Facts>,
    cursor: RwSignal<Date>,
    taken: RwSignal<Option<(Date, Date)>>,
    holidays: Holidays,
) -> impl IntoView {
    let text = year_words();
    let title = format!("month-{}", iso(first));
    let start = first - Duration::days(i64::from(first.weekday().number_days_from_monday()));
    let last = last_of(first);
    let weekdays = std::iter::successors(Some(Weekday::Monday), |day| Some(day.next())).take(7);
    let cell = move |day: Date| {
        let over = day < today;
        let mark = Memo::new(move |_| facts.with(|facts| facts.mark(day)));
        let holiday = Memo::new(move |_| holidays.on(day));
        let is_open = move || facts.with(|facts| facts.is_open(day));
        let label = move || {
            let mark = mark.get();
            let words = [
                mark.closed.then_some(text.closed),
                mark.other.then_some(text.other),
                mark.away.then_some(text.away),
                (mark.partly && !mark.away).then_some(text.partly),
                (mark == Default::default() && !is_open()).then_some(text.week_closed),
            ];
            let words = words.into_iter().flatten().map(str::to_owned).chain(holiday.get());
            std::iter::once(day_heading(day)).chain(words).collect::<Vec<_>>().join(", ")
        };
        let is_taken =
            move || taken.get().is_some_and(|(one, other)| one.min(other) <= day && day <= one.max(other));
        let class = move || {
            let mark = mark.get();
            let mut class = "year-day".to_owned();
            for (name, is) in [
                (" open", is_open() && mark == Default::default()),
                (" closed", mark.closed),
                (" other", mark.other),
                (" away", mark.away),
                (" partly", mark.partly && !mark.away),
                (" holiday", holiday.with(Option::is_some)),
                (" taken", is_taken()),
            ] {
                if is {
                    class.push_str(name);
                }
            }
            class
        };
        view! {
            <td role="gridcell" aria-selected=move || is_taken().to_string()>
                <button type="button" class=class id=day_id(day) aria-label=label aria-disabled=over.then_some("true")
                    aria-current=(day == today).then_some("date") tabindex=move || if cursor.get() == day { "0" } else { "-1" }>
                    <b>{day.day()}</b>
                </button>
            </td>
        }
    };
    let weeks = (0..6).map(|week| start + Duration::weeks(week)).map(move |monday| {
        let days = (0..7).map(|day| monday + Duration::days(day)).map(|day| {
            if same_month(day, first) { cell(day).into_any() } else { view! { <td></td> }.into_any() }
        });
        (monday <= last).then(|| view! { <tr>{days.collect_view()}</tr> })
    });
    view! {
        <div class="small-month">
            <h3 id=title.clone()>{name}</h3>
            <table role="grid" aria-labelledby=title aria-multiselectable="true">
                <thead><tr>{weekdays.map(|day| {
                    let (letter, name) = weekday_letter(day);
                    view! { <th scope="col"><span aria-hidden="true">{letter}</span><span class="hidden">{name}</span></th> }
                }).collect_view()}</tr></thead>
                <tbody>{weeks.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
