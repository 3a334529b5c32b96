use crate::format::{time, wall, zone_label};
use crate::messages::t;
use contract::slots::Slot;
use leptos::prelude::*;
use std::collections::HashMap;

/// The free times of one day, by part of the day, as even buttons.
#[component]
pub fn TimeList(
    slots: Vec<Slot>,
    zone: String,
    /// Whether several people can share a time, so that the seats left matter.
    group: bool,
    on_choose: Callback<Slot>,
) -> impl IntoView {
    let words = &t().booking;
    let parts =
        [(words.night, 0..5_u8), (words.morning, 5..12), (words.afternoon, 12..17), (words.evening, 17..24)];
    let labels: Vec<String> = slots.iter().map(|slot| time(slot.start_at, &zone)).collect();
    // When clocks go back an hour happens twice; the offset tells the two apart.
    let mut often = HashMap::<&str, u32>::new();
    for label in &labels {
        *often.entry(label).or_default() += 1;
    }
    let shown: Vec<(u8, String, Slot)> = slots
        .iter()
        .zip(&labels)
        .map(|(slot, label)| {
            let twice = often.get(label.as_str()).is_some_and(|count| *count > 1);
            let label =
                if twice { format!("{label} {}", zone_label(&zone, slot.start_at)) } else { label.clone() };
            (wall(slot.start_at, &zone).hour(), label, slot.clone())
        })
        .collect();
    parts
        .into_iter()
        .filter_map(|(name, hours)| {
            let times: Vec<_> = shown.iter().filter(|(hour, ..)| hours.contains(hour)).cloned().collect();
            (!times.is_empty()).then(|| {
                let buttons = times.into_iter().map(|(_, label, slot)| {
                    let seats = group.then(|| (words.seats_left)(slot.seats_left));
                    view! {
                        <li>
                            <button type="button" class="time" on:click=move |_| on_choose.run(slot.clone())>
                                {label}
                                {seats.map(|seats| view! { " " <small>{seats}</small> })}
                            </button>
                        </li>
                    }
                });
                view! {
                    <section class="part-of-day">
                        <h3>{name}</h3>
                        <ul class="times">{buttons.collect_view()}</ul>
                    </section>
                }
            })
        })
        .collect_view()
        .into_any()
}
