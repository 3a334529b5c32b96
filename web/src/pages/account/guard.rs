use crate::api::AuthorizedApi;
use crate::components::{failure, skeleton_rows};
use crate::nav::{Go, address};
use crate::router::Router;
use crate::session::{Session, Standing};
use leptos::prelude::*;

/// Shows a page to members only; strangers log in first and come back to it.
pub fn members_only(view: impl Fn(AuthorizedApi) -> AnyView + Send + 'static) -> AnyView {
    only(view, "/login")
}

/// The same for a page that people come to before they have an account: they make one.
pub fn newcomers_register(view: impl Fn(AuthorizedApi) -> AnyView + Send + 'static) -> AnyView {
    only(view, "/register")
}

fn only(view: impl Fn(AuthorizedApi) -> AnyView + Send + 'static, entrance: &'static str) -> AnyView {
    let session = Session::here();
    let (router, go) = (Router::here(), Go::here());
    // A member whose name changed is the same member: the page stays.
    let member = Memo::new(move |_| match session.standing() {
        Standing::Unknown => None,
        Standing::Guest => Some(false),
        // Whose session ended by itself keeps the page, and is asked to log in again on top of it.
        Standing::Member(_) | Standing::Lapsed(_) => Some(true),
    });
    let path = router.path();
    let mine = path.get_untracked();
    Effect::new(move |_| {
        // Who logs out is on the way elsewhere already.
        if member.get() == Some(false) && path.with_untracked(|path| *path == mine) {
            let here = router.here_and_back();
            go.replace(&address(entrance, &[("next", &here)]));
        }
    });
    (move || match (member.get(), session.api_now()) {
        (Some(true), Some(api)) => view(api),
        (None, _) => {
            let again = Callback::new(move |()| session.ask_again());
            let trouble = session.trouble();
            let waiting = trouble.map_or_else(|| skeleton_rows(4), |error| failure(error, Some(again)));
            view! { <div class="page">{waiting}</div> }.into_any()
        }
        _ => view! { <div class="page">{skeleton_rows(4)}</div> }.into_any(),
    })
    .into_any()
}
