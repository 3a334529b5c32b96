use crate::format::{day_heading, iso, month_short, weekday_short};
use leptos::prelude::*;
use time::{Date, Duration};

/// As many days stand side by side.
const DAYS: i64 = 14;

/// Days side by side, of which one is chosen; on a phone they are swiped. Radio buttons, so arrows walk them.
#[component]
pub fn DateStrip(
    /// Unique on the page.
    id: &'static str,
    /// What the day is for, for screen readers.
    #[prop(into)]
    label: String,
    #[prop(into)] chosen: Signal<Option<Date>>,
    #[prop(into)] today: Signal<Date>,
    on_choose: Callback<Date>,
) -> impl IntoView {
    // It starts today, or later where the chosen day would not be in it; walking inside it moves nothing.
    let first = Memo::new(move |before: Option<&Date>| {
        let (today, chosen) = (today.get(), chosen.get());
        let holds = |first: Date| chosen.is_none_or(|day| (0..DAYS).contains(&(day - first).whole_days()));
        match before {
            Some(first) if *first >= today && holds(*first) => *first,
            _ if holds(today) => today,
            _ => chosen.map_or(today, |day| (day - Duration::days(3)).max(today)),
        }
    });
    let cell = move |day: Date| {
        let month = (day == first.get_untracked() || day.day() == 1).then(|| month_short(day));
        view! {
            <label class="strip-day" class:today=day == today.get_untracked()>
                <input type="radio" name=id value=iso(day) aria-label=day_heading(day) prop:checked=move || chosen.get() == Some(day)
                    on:change=move |_| on_choose.run(day) />
                <span aria-hidden="true"><small>{weekday_short(day.weekday())}</small><b>{day.day()}</b><small class="strip-month">{month}</small></span>
            </label>
        }
    };
    view! {
        <fieldset class="strip" id=id>
            <legend class="hidden">{label}</legend>
            <div class="strip-days">{move || (0..DAYS).map(|days| cell(first.get() + Duration::days(days))).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
