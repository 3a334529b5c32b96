use super::date_input;
use crate::browser;
use crate::format::{day_short, iso, parse_date};
use crate::messages::t;
use leptos::prelude::*;
use time::{Date, Duration};

/// As many days are named; others are picked from the browser's calendar.
const NAMED: i64 = 14;
/// The value of the choice to pick another day.
const OTHER: &str = "other";

/// A day, or any: the next two weeks by name, later ones from the browser's own calendar.
#[component]
pub fn DayField(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<Option<Date>>,
    on_choose: Callback<Option<Date>>,
    #[prop(into)] today: Signal<Date>,
    #[prop(into)] zone: Signal<String>,
) -> impl IntoView {
    let picking = RwSignal::new(false);
    let far = move || value.get().filter(|day| !(0..NAMED).contains(&(*day - today.get()).whole_days()));
    let choose = move |chosen: String| {
        if chosen == OTHER {
            picking.set(true);
            browser::focus_soon(id.to_owned());
        } else {
            on_choose.run(parse_date(&chosen));
        }
    };
    let option = move |day: Date| {
        let chosen = move || value.get() == Some(day);
        view! { <option value=iso(day) prop:selected=chosen>{day_short(day, &zone.get())}</option> }
    };
    let select = move || {
        view! {
            <div class="control select">
                <select id=id on:change=move |event| choose(event_target_value(&event))>
                    <option value="" prop:selected=move || value.get().is_none()>{t().find.any_day}</option>
                    {move || (0..NAMED).map(|days| option(today.get() + Duration::days(days))).collect_view()}
                    {move || far().map(option)}
                    <option value=OTHER>{t().find.other_day}</option>
                </select>
            </div>
        }
    };
    let calendar = move || {
        let picked = Callback::new(move |day: String| {
            picking.set(false);
            on_choose.run(parse_date(&day));
            browser::focus_soon(id.to_owned());
        });
        let first = Signal::derive(move || iso(today.get()));
        let shown = Signal::derive(move || value.get().map(iso).unwrap_or_default());
        view! {
            <div class="control" on:keydown=move |event: web_sys::KeyboardEvent| if event.key() == "Escape" { picking.set(false); }>
                {date_input(Some(id), None, first, shown, picked)}
            </div>
        }
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {move || if picking.get() { calendar().into_any() } else { select().into_any() }}
        </div>
    }
    .into_any()
}
