use contract::photos::avatar_url;
use leptos::prelude::*;

/// A provider's portrait or photo. The name stands beside it, so it is decoration.
#[component]
pub fn Avatar(#[prop(into)] url: String, #[prop(optional)] large: bool) -> impl IntoView {
    let url = avatar_url(&url);
    let loading = if large { "eager" } else { "lazy" };
    view! { <img class="avatar" class:large=large src=url alt="" width="72" height="72" loading=loading decoding="async" /> }
        .into_any()
}
