use crate::form::Form;
use leptos::prelude::*;

/// What is wrong with a form as a whole. It stands where the eyes are: above the button.
#[component]
pub fn FormMessage(form: Form) -> impl IntoView {
    let trouble = form.trouble();
    let id = move || form.failure().get().and_then(|error| error.request_id());
    view! {
        <div role="alert" class="form-message" hidden=move || trouble.with(Vec::is_empty)>
            {move || trouble.get().into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view()}
            {move || id().map(|id| view! { <p class="request-id">{(crate::messages::t().common.request_id)(&id)}</p> })}
        </div>
    }
    .into_any()
}
