use leptos::prelude::*;

/// A provider's portrait or photo. The name stands beside it, so it is decoration.
#[component]
pub fn Avatar(#[prop(into)] url: String, #[prop(optional)] large: bool) -> impl IntoView {
    // Of a photo there is a small one; a drawing is sharp at any size.
    let is_photo = url.contains("/photo?");
    let url = if is_photo && !large { format!("{url}&size=160") } else { url };
    let loading = if large { "eager" } else { "lazy" };
    view! { <img class="avatar" class:large=large src=url alt="" width="72" height="72" loading=loading decoding="async" /> }
        .into_any()
}
