use crate::messages::t;
use leptos::prelude::*;

/// A labelled line (or, with `rows`, a labelled box) of text with a hint and what is wrong with it.
#[component]
pub fn Field(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional, into)] inputmode: Option<&'static str>,
    #[prop(optional, into)] hint: String,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    #[prop(optional)] rows: u32,
    /// Words that stand after the input, such as a unit.
    #[prop(optional, into)]
    suffix: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let error = until_changed(error, value.into());
    let described = described(id, !hint.is_empty(), error);
    let invalid = move || error.with(Option::is_some).then_some("true");
    let input = if rows > 0 {
        view! {
            <textarea id=id name=id rows=rows autocomplete=autocomplete aria-invalid=invalid aria-describedby=move || described.get()
                prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event))></textarea>
        }
        .into_any()
    } else {
        view! {
            <input id=id name=id type=kind autocomplete=autocomplete inputmode=inputmode aria-invalid=invalid
                aria-describedby=move || described.get() aria-required=(!optional).then_some("true")
                prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event)) />
        }
        .into_any()
    };
    let suffix =
        (!suffix.is_empty()).then(|| view! { <span class="suffix" aria-hidden="true">{suffix}</span> });
    view! {
        <div class="field">
            <label for=id>{label}{optional.then(|| view! { " " <span class="optional">{t().common.optional}</span> })}</label>
            <div class="control">{input}{suffix}</div>
            <FieldNotes id=id hint=hint error=error />
        </div>
    }
    .into_any()
}

/// What is wrong with a value, for as long as it is what it was when that was said: who begins to mend it is not told again.
pub fn until_changed(error: Signal<Option<String>>, value: Signal<String>) -> Signal<Option<String>> {
    let judged = RwSignal::new(value.get_untracked());
    Effect::new(move |_| {
        error.track();
        judged.set(value.get_untracked());
    });
    Signal::derive(move || error.get().filter(|_| judged.with(|judged| value.with(|value| value == judged))))
}

/// The ids of what [`FieldNotes`] says about a field, for `aria-describedby`.
pub fn described(id: &'static str, hint: bool, error: Signal<Option<String>>) -> Signal<Option<String>> {
    Signal::derive(move || match (error.with(Option::is_some), hint) {
        (true, true) => Some(format!("{id}-error {id}-about")),
        (true, false) => Some(format!("{id}-error")),
        (false, true) => Some(format!("{id}-about")),
        (false, false) => None,
    })
}

/// What is wrong with a field, and a hint below it.
#[component]
pub fn FieldNotes(
    id: &'static str,
    #[prop(into)] hint: String,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        {move || error.get().map(|error| view! { <p class="field-error" id=format!("{id}-error")>{error}</p> })}
        {(!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{id}-about")>{hint}</p> })}
    }
    .into_any()
}

/// A box to tick.
#[component]
pub fn Check(
    id: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<bool>,
    #[prop(optional, into)] hint: String,
) -> impl IntoView {
    let described_by = (!hint.is_empty()).then(|| format!("{id}-about"));
    view! {
        <div class="check">
            <input id=id type="checkbox" aria-describedby=described_by prop:checked=move || value.get()
                on:change=move |event| value.set(event_target_checked(&event)) />
            <div>
                <label for=id>{label}</label>
                {(!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{id}-about")>{hint}</p> })}
            </div>
        </div>
    }
    .into_any()
}
