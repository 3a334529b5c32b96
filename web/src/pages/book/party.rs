use crate::components::Icon;
use crate::messages::t;
use leptos::prelude::*;

/// How many seats: one fewer, one more.
#[component]
pub fn Party(#[prop(into)] value: Signal<u32>, most: u32, on_change: Callback<u32>) -> impl IntoView {
    let words = &t().booking;
    view! {
        <div class="party" role="group" aria-label=words.party>
            <span class="party-label">{words.party}</span>
            <button type="button" class="button icon-only" aria-label=words.party_fewer disabled=move || value.get() <= 1
                on:click=move |_| on_change.run(value.get_untracked() - 1)>"−"</button>
            <output aria-live="polite">{move || (words.people)(value.get())}</output>
            <button type="button" class="button icon-only" aria-label=words.party_more disabled=move || { value.get() >= most }
                on:click=move |_| on_change.run(value.get_untracked() + 1)>{Icon::Plus.draw()}</button>
        </div>
    }
    .into_any()
}
