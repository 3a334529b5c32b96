use crate::format::{now, zone_label, zones};
use crate::messages::t;
use leptos::prelude::*;

/// A time zone, the likely ones first.
#[component]
pub fn ZoneSelect(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<String>,
    on_choose: Callback<String>,
    /// The person's own zone and the provider's, where they matter.
    #[prop(optional)]
    likely: Vec<(&'static str, String)>,
) -> impl IntoView {
    let now = now();
    let option = move |zone: String, text: String| {
        let mine = zone.clone();
        view! { <option value=zone selected=move || value.with(|value| *value == mine)>{text}</option> }
    };
    let first = likely
        .iter()
        .map(|(name, zone)| option(zone.clone(), format!("{name}: {}", zone_label(zone, now))))
        .collect_view();
    let known: Vec<String> = likely.iter().map(|(_, zone)| zone.clone()).collect();
    // Labels of four hundred zones cost a tenth of a second; the list is filled when it is reached for.
    let full = RwSignal::new(false);
    let rest = move || {
        let current = value.get_untracked();
        let all = if full.get() { zones() } else { vec![current.clone()] };
        let mut all: Vec<String> = all.into_iter().filter(|zone| !known.contains(zone)).collect();
        if !known.contains(&current) && !all.contains(&current) {
            all.push(current);
        }
        all.into_iter()
            .map(|zone| {
                let text = zone.replace('_', " ");
                option(zone, text)
            })
            .collect_view()
    };
    view! {
        <div class="field zone">
            <label for=id>{label}</label>
            <div class="control select">
                <select id=id on:focus=move |_| full.set(true) on:pointerdown=move |_| full.set(true)
                    on:change=move |event| on_choose.run(event_target_value(&event))>
                    {first}
                    <optgroup label=t().common.all_zones>{rest}</optgroup>
                </select>
            </div>
        </div>
    }
    .into_any()
}
