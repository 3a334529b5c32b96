use crate::format::{browser_zone, parse_date, today};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Dates further away are half typed: browsers report the year 2, 20 and 202 on the way to 2026.
const FURTHEST: i64 = 5 * 366;

/// A date that takes effect at once where it is picked, and when the field is left or Enter is pressed where it is typed.
/// Cleared, it is empty. `min` is the first day that can be wanted, or empty.
pub fn date_input(
    id: Option<&'static str>,
    label: Option<&'static str>,
    min: Signal<String>,
    value: Signal<String>,
    set: Callback<String>,
) -> AnyView {
    let typed = StoredValue::new(false);
    let take = move |event: &web_sys::Event| {
        let text = event_target_value(event);
        let near = |date: time::Date| (date - today(&browser_zone())).whole_days().abs() <= FURTHEST;
        let sound = text.is_empty() || text >= min.get_untracked() && parse_date(&text).is_some_and(near);
        typed.set_value(false);
        if sound && text != value.get_untracked() {
            set.run(text);
        }
    };
    view! {
        <input id=id type="date" aria-label=label min=move || min.get() prop:value=move || value.get()
            on:pointerdown=move |_| typed.set_value(false)
            on:keydown=move |event| {
                typed.set_value(true);
                if event.key() == "Enter" {
                    take(event.unchecked_ref());
                }
            }
            on:change=move |event| if !typed.get_value() { take(&event) }
            on:blur=move |event| if typed.get_value() { take(event.unchecked_ref()) } />
    }
    .into_any()
}
