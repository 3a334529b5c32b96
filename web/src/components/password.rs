use super::field::{FieldNotes, described, until_changed};
use crate::messages::t;
use leptos::prelude::*;

/// A password, which can be shown while typing.
#[component]
pub fn PasswordField(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let error = until_changed(error, value.into());
    let described_by = described(id, !hint.is_empty(), error);
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="control">
                <input id=id name=id type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete autocapitalize="off" spellcheck="false" aria-required="true"
                    aria-invalid=move || error.with(Option::is_some).then_some("true") aria-describedby=move || described_by.get()
                    prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event)) />
                <button type="button" class="button quiet small" on:click=move |_| shown.update(|shown| *shown = !*shown)>
                    {move || if shown.get() { t().common.hide_password } else { t().common.show_password }}
                </button>
            </div>
            <FieldNotes id=id hint=hint error=error />
        </div>
    }
    .into_any()
}
