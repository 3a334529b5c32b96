//! What stands around every page for admins.

use crate::api::AuthorizedApi;
use crate::components::NotFound;
use crate::messages::admin;
use crate::pages::account::members_only;
use crate::session::Session;
use leptos::prelude::*;

/// The ways between the pages; the last part of each path.
const PARTS: [&str; 5] = ["", "/users", "/providers", "/categories", "/log"];

fn name(part: &str) -> &'static str {
    let text = admin();
    match part {
        "/users" => text.users,
        "/providers" => text.providers,
        "/categories" => text.categories,
        "/log" => text.log,
        _ => text.overview,
    }
}

/// A page for admins. Others find nothing here, as with the server.
pub fn frame(part: &'static str, view: impl Fn(AuthorizedApi) -> AnyView + Send + 'static) -> AnyView {
    let inside = members_only(move |api| {
        if !untrack(|| Session::here().user()).is_some_and(|user| user.is_admin) {
            return view! { <NotFound /> }.into_any();
        }
        let links = PARTS.map(|other| {
            let current = (other == part).then_some("page");
            view! { <li><a href=format!("/admin{other}") aria-current=current>{name(other)}</a></li> }
        });
        view! {
            <div class="desk-bar"><nav aria-label=admin().navigation><ul>{links.collect_view()}</ul></nav></div>
            {view(api)}
        }
        .into_any()
    });
    view! { <div class="page desk admin">{inside}</div> }.into_any()
}
