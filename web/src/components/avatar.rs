use leptos::prelude::*;

/// A provider's portrait. The name stands beside it, so it is decoration.
#[component]
pub fn Avatar(#[prop(into)] url: String, #[prop(optional)] large: bool) -> impl IntoView {
    view! { <img class="avatar" class:large=large src=url alt="" width="72" height="72" loading="lazy" decoding="async" /> }
        .into_any()
}
