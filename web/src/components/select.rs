use super::field::{FieldNotes, described, until_changed};
use crate::format::Named;
use leptos::prelude::*;

/// One of a handful of named things, from the browser's own list.
#[component]
pub fn Select(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(into)] options: Signal<Vec<Named>>,
    /// Words for "nothing chosen", where that is possible.
    #[prop(optional, into)]
    empty: Option<String>,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let error = until_changed(error, value.into());
    let described_by = described(id, !hint.is_empty(), error);
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="control select">
                <select id=id aria-describedby=move || described_by.get() aria-invalid=move || error.with(Option::is_some).then_some("true")
                    on:change=move |event| value.set(event_target_value(&event))>
                    {empty.map(|words| view! { <option value="" prop:selected=move || value.with(String::is_empty)>{words}</option> })}
                    {move || {
                        options.get().into_iter().map(|Named { code, name }| {
                            let chosen = { let code = code.clone(); move || value.with(|value| *value == code) };
                            view! { <option value=code prop:selected=chosen>{name}</option> }
                        }).collect_view()
                    }}
                </select>
            </div>
            <FieldNotes id=id hint=hint error=error />
        </div>
    }
    .into_any()
}

/// One of two to four things, all in view: a row of radio buttons.
#[component]
pub fn Choice(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<String>,
    options: Vec<Named>,
    on_choose: Callback<String>,
    /// Whether the label is for screen readers only.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let options = options.into_iter().map(|Named { code, name }| {
        let (mine, chosen) = (code.clone(), code.clone());
        view! {
            <label class="segment">
                <input type="radio" name=id value=code prop:checked=move || value.with(|value| *value == mine)
                    on:change=move |_| on_choose.run(chosen.clone()) />
                <span>{name}</span>
            </label>
        }
    });
    view! {
        <fieldset class="choice">
            <legend class:hidden=bare>{label}</legend>
            <div class="segments">{options.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
