//! One person.

use super::deed::{Deed, deeds};
use super::facts::{day, facts, moment, page_state, standing, suspension};
use super::frame::frame;
use crate::api::AuthorizedApi;
use crate::components::{Heading, skeleton_lines};
use crate::format::language;
use crate::messages::{admin, t};
use crate::pages::id_param;
use crate::remote::Remote;
use contract::admin::AdminUser;
use leptos::prelude::*;

/// `/admin/users/{id}`
#[component]
pub fn OneUser() -> impl IntoView {
    let id = id_param("user");
    frame("/users", move |api| {
        let user = Remote::<AdminUser>::new(move || api.admin_read(format!("/users/{}", id.get()))).agree();
        user.view(|| skeleton_lines(8), move |shown| draw(api, &shown, user))
    })
}

fn draw(api: AuthorizedApi, user: &AdminUser, remote: Remote<AdminUser>) -> AnyView {
    let text = admin();
    let proven = if user.email_verified { text.verified } else { text.unverified };
    let seen = user.last_seen_at.map_or_else(|| text.never.to_owned(), moment);
    let rows = vec![
        (text.email, format!("{} ({proven})", user.email).into_any()),
        (text.standing, standing(user.suspension.is_some())),
        (text.role, if user.is_admin { text.role_admin } else { "–" }.into_any()),
        (text.since, day(user.created_at).into_any()),
        (text.last_seen, seen.into_any()),
        (text.sessions, user.sessions.to_string().into_any()),
        (text.bookings, user.bookings.to_string().into_any()),
        (text.language, language(&user.locale).into_any()),
        (t().common.time_zone, user.time_zone.replace('_', " ").into_any()),
    ];
    let page = |page: &contract::admin::AdminUserProvider| {
        view! { <li><a href=format!("/admin/providers/{}", page.id)>{page.name.clone()}</a>{page_state(page.state)}</li> }
    };
    let pages = if user.providers.is_empty() {
        view! { <p class="muted">{text.acts_for_none}</p> }.into_any()
    } else {
        view! { <ul class="admin-links">{user.providers.iter().map(page).collect_view()}</ul> }.into_any()
    };
    let done = Callback::new(move |changed| remote.set(changed));
    let stale = Callback::new(move |()| remote.retry());
    view! {
        <div class="section-head">
            <Heading text=user.name.clone() title=format!("{} · {}", user.name, text.name) />
            <a class="button quiet" href=format!("/admin/log?target={}", user.id)>{text.see_log}</a>
        </div>
        {user.suspension.as_ref().map(suspension)}
        <div class="card">{facts(rows)}</div>
        {deeds(api, user.version, done, stale, what_can_be_done(user))}
        <h2>{text.acts_for}</h2>
        {pages}
    }
    .into_any()
}

fn what_can_be_done(user: &AdminUser) -> Vec<Deed> {
    let text = admin();
    let path = |act: &str| format!("/users/{}/{act}", user.id);
    let admin = if user.is_admin {
        let deed = Deed::plain(text.revoke, path("revoke-admin")).grave(false);
        deed.asked((text.revoke_title)(&user.name), text.revoke_text)
    } else {
        Deed::plain(text.grant, path("grant-admin")).asked((text.grant_title)(&user.name), text.grant_text)
    };
    let standing = if user.suspension.is_some() {
        Deed::plain(text.restore, path("restore"))
    } else {
        let deed = Deed::plain(text.suspend, path("suspend")).grave(true);
        deed.asked((text.suspend_user_title)(&user.name), text.suspend_user_text)
    };
    vec![admin, standing]
}
