//! The hours of one day for others.

use super::days::Days;
use crate::browser;
use crate::components::{Button, Icon, Kind};
use crate::messages::t;
use contract::schedules::Day;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A button that asks which days get the same hours, in a small box beside it.
#[component]
pub fn Copy(days: Days, from: usize) -> impl IntoView {
    let text = &t().hours;
    let open = RwSignal::new(false);
    let name = (text.day)(Day::ALL[from]);
    let around = NodeRef::<html::Div>::new();
    let opener = format!("copy-from-{from}");
    let (opener_id, box_id) = (StoredValue::new(opener.clone()), format!("copy-box-{from}"));
    let close = move || {
        open.set(false);
        browser::focus_soon(opener_id.get_value());
    };
    // A press anywhere else puts it away.
    let elsewhere = window_event_listener(leptos::ev::pointerdown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let inside = around.get_untracked().is_some_and(|around| around.contains(target.as_ref()));
        if !inside && open.get_untracked() {
            open.set(false);
        }
    });
    on_cleanup(move || elsewhere.remove());
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.prevent_default();
            close();
        }
    };
    // Whoever tabs out of it is done with it.
    let on_out = move |event: web_sys::FocusEvent| {
        let target = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let left = target.is_some_and(|target| {
            around.get_untracked().is_some_and(|around| !around.contains(Some(&target)))
        });
        if left {
            open.set(false);
        }
    };
    let controls = box_id.clone();
    view! {
        <div class="copy" node_ref=around on:keydown=on_key on:focusout=on_out>
            <button type="button" id=opener class="button quiet icon-only" aria-label=(text.copy)(name) title=text.copy_short aria-expanded=move || open.get().to_string()
                aria-controls=controls on:click=move |_| open.update(|open| *open = !*open)>
                {Icon::Copy.draw()}
            </button>
            <div class="popover" id=box_id role="dialog" aria-label=(text.copy_title)(name) hidden=move || !open.get()>
                {move || open.get().then(|| view! { <Choose days=days from=from close=Callback::new(move |()| close()) /> })}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Choose(days: Days, from: usize, close: Callback<()>) -> impl IntoView {
    let text = &t().hours;
    let chosen = RwSignal::new([false; 7]);
    let go = Callback::new(move |()| {
        let hours = untrack(|| days.0[from].get());
        for (index, wanted) in chosen.get_untracked().into_iter().enumerate() {
            if wanted && index != from {
                days.0[index].set(hours.clone());
            }
        }
        close.run(());
    });
    let others = |from: usize| Day::ALL.into_iter().enumerate().filter(move |(index, _)| *index != from);
    let boxes = others(from).map(|(index, day)| {
        let id = format!("copy-{from}-to-{index}");
        view! {
            <div class="check">
                <input id=id.clone() type="checkbox" prop:checked=move || chosen.with(|chosen| chosen[index])
                    on:change=move |event| chosen.update(|chosen| chosen[index] = event_target_checked(&event)) />
                <label for=id>{(text.day)(day)}</label>
            </div>
        }
    });
    let preset = move |name: &'static str, until: usize| {
        view! {
            <button type="button" class="chip" on:click=move |_| chosen.update(|chosen| {
                for (index, day) in chosen.iter_mut().enumerate() {
                    *day = index < until && index != from;
                }
            })>{name}</button>
        }
    };
    let first = others(from).next().map_or(0, |(index, _)| index);
    browser::focus_soon(format!("copy-{from}-to-{first}"));
    let none = Signal::derive(move || chosen.with(|chosen| !chosen.iter().any(|day| *day)));
    view! {
        <p class="popover-title">{(text.copy_title)((text.day)(Day::ALL[from]))}</p>
        <div class="presets">{preset(text.weekdays, 5)}{preset(text.all_days, 7)}</div>
        <div class="boxes">{boxes.collect_view()}</div>
        <div class="actions">
            <Button kind=Kind::Primary disabled=none on_press=go>{text.copy_action}</Button>
            <Button kind=Kind::Quiet on_press=close>{t().common.cancel}</Button>
        </div>
    }
    .into_any()
}
