//! The way in: to one's page, or to making one.

use crate::components::skeleton_rows;
use crate::nav::Go;
use crate::pages::account::members_only;
use crate::session::Session;
use leptos::prelude::*;

/// `/dashboard`
#[component]
pub fn Desk() -> impl IntoView {
    let go = Go::here();
    members_only(move |_| {
        let first = untrack(|| Session::here().user()).and_then(|user| user.providers.first().cloned());
        Effect::new(move |_| match &first {
            Some(page) => go.replace(&format!("/dashboard/{}", page.provider_id)),
            None => go.replace("/dashboard/new"),
        });
        view! { <div class="page">{skeleton_rows(4)}</div> }.into_any()
    })
}
