use crate::api::AuthorizedApi;
use crate::components::skeleton_rows;
use crate::nav::{Go, address};
use crate::session::{Session, Standing};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Shows a page to members only; strangers log in first and come back to it.
pub fn members_only(view: impl Fn(AuthorizedApi) -> AnyView + Send + 'static) -> AnyView {
    let session = Session::here();
    let (location, go) = (use_location(), Go::here());
    // A member whose name changed is the same member: the page stays.
    let member = Memo::new(move |_| match session.standing() {
        Standing::Unknown => None,
        Standing::Guest => Some(false),
        Standing::Member(_) => Some(true),
    });
    Effect::new(move |_| {
        if member.get() == Some(false) {
            let here =
                format!("{}{}", location.pathname.get_untracked(), search(&location.search.get_untracked()));
            go.replace(&address("/login", &[("next", &here)]));
        }
    });
    (move || match (member.get(), session.api_now()) {
        (Some(true), Some(api)) => view(api),
        _ => view! { <div class="page">{skeleton_rows(4)}</div> }.into_any(),
    })
    .into_any()
}

fn search(query: &str) -> String {
    if query.is_empty() { String::new() } else { format!("?{}", query.trim_start_matches('?')) }
}
