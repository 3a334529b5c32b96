use crate::browser;
use crate::format::Named;
use leptos::prelude::*;

/// Panels of which one is shown, by the tabs pattern of the ARIA practices: Tab reaches the chosen tab, arrows choose
/// its neighbours, Home and End the first and the last. What stands in the panel follows `chosen` by itself.
#[component]
pub fn Tabs(
    /// Unique on the page.
    id: &'static str,
    /// What the tabs choose between, for screen readers.
    #[prop(into)]
    label: String,
    /// Further ones may come once more is known; best at the end, so that nothing moves.
    #[prop(into)]
    tabs: Signal<Vec<Named>>,
    /// The code of the tab in front.
    #[prop(into)]
    chosen: Signal<String>,
    on_choose: Callback<String>,
    children: Children,
) -> impl IntoView {
    let tab_id = move |code: &str| format!("{id}-tab-{code}");
    let on_key = move |event: web_sys::KeyboardEvent| {
        let tabs = tabs.get_untracked();
        let at = chosen.with_untracked(|chosen| tabs.iter().position(|tab| tab.code == *chosen)).unwrap_or(0);
        let to = match event.key().as_str() {
            "ArrowLeft" => (at + tabs.len() - 1) % tabs.len(),
            "ArrowRight" => (at + 1) % tabs.len(),
            "Home" => 0,
            "End" => tabs.len() - 1,
            _ => return,
        };
        event.prevent_default();
        on_choose.run(tabs[to].code.clone());
        browser::focus_soon(tab_id(&tabs[to].code));
    };
    // An address may name a tab that does not exist; the first one is in front then.
    let front = Memo::new(move |_| {
        let tabs = tabs.get();
        let named =
            chosen.with(|chosen| tabs.iter().find(|tab| tab.code == *chosen).or(tabs.first()).cloned());
        named.map(|tab| tab.code).unwrap_or_default()
    });
    // On a phone there may be more of them than fit beside each other.
    Effect::new(move |_| {
        let tab = tab_id(&front.get());
        request_animation_frame(move || browser::show_within_row(&tab));
    });
    let button = move |Named { code, name }: Named| {
        let (mine, pressed) = (code.clone(), code.clone());
        let is_front = Memo::new(move |_| front.with(|front| *front == mine));
        view! {
            <button type="button" role="tab" class="tab" id=tab_id(&code) aria-controls=format!("{id}-panel")
                aria-selected=move || is_front.get().to_string() tabindex=move || if is_front.get() { "0" } else { "-1" }
                on:click=move |_| on_choose.run(pressed.clone())>
                {name}
            </button>
        }
    };
    view! {
        <div class="tabs">
            <div role="tablist" class="tab-list" aria-label=label on:keydown=on_key>
                <For each=move || tabs.get() key=|tab| tab.code.clone() let(tab)>{button(tab)}</For>
            </div>
            <div role="tabpanel" class="tab-panel" id=format!("{id}-panel") tabindex="0"
                aria-labelledby=move || front.with(|front| tab_id(front))>
                {children()}
            </div>
        </div>
    }
    .into_any()
}
