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
    tabs: Vec<Named>,
    /// The code of the tab in front.
    #[prop(into)]
    chosen: Signal<String>,
    on_choose: Callback<String>,
    children: Children,
) -> impl IntoView {
    let codes: Vec<String> = tabs.iter().map(|tab| tab.code.clone()).collect();
    let tab_id = move |code: &str| format!("{id}-tab-{code}");
    let on_key = {
        let codes = codes.clone();
        move |event: web_sys::KeyboardEvent| {
            let at =
                chosen.with_untracked(|chosen| codes.iter().position(|code| code == chosen)).unwrap_or(0);
            let to = match event.key().as_str() {
                "ArrowLeft" => (at + codes.len() - 1) % codes.len(),
                "ArrowRight" => (at + 1) % codes.len(),
                "Home" => 0,
                "End" => codes.len() - 1,
                _ => return,
            };
            event.prevent_default();
            on_choose.run(codes[to].clone());
            browser::focus_soon(tab_id(&codes[to]));
        }
    };
    let first = codes.first().cloned().unwrap_or_default();
    // An address may name a tab that does not exist; the first one is in front then.
    let front = Memo::new(move |_| {
        chosen.with(|chosen| if codes.contains(chosen) { chosen.clone() } else { first.clone() })
    });
    let buttons = tabs.into_iter().map(|Named { code, name }| {
        let (mine, pressed) = (code.clone(), code.clone());
        let is_front = Memo::new(move |_| front.with(|front| *front == mine));
        view! {
            <button type="button" role="tab" class="tab" id=tab_id(&code) aria-controls=format!("{id}-panel")
                aria-selected=move || is_front.get().to_string() tabindex=move || if is_front.get() { "0" } else { "-1" }
                on:click=move |_| on_choose.run(pressed.clone())>
                {name}
            </button>
        }
    });
    view! {
        <div class="tabs">
            <div role="tablist" class="tab-list" aria-label=label on:keydown=on_key>{buttons.collect_view()}</div>
            <div role="tabpanel" class="tab-panel" id=format!("{id}-panel") tabindex="0"
                aria-labelledby=move || front.with(|front| tab_id(front))>
                {children()}
            </div>
        </div>
    }
    .into_any()
}
