//! Plain counts.

use super::frame::frame;
use crate::components::{Heading, skeleton_rows};
use crate::messages::admin;
use crate::remote::Remote;
use contract::admin::AdminOverview;
use leptos::prelude::*;

/// `/admin`
#[component]
pub fn Overview() -> impl IntoView {
    frame("", |api| {
        let counts = Remote::<AdminOverview>::new(move || api.admin_read("/overview".to_owned())).agree();
        view! {
            <Heading text=admin().overview title=format!("{} · {}", admin().overview, admin().name) />
            {counts.view(|| skeleton_rows(3), |counts| draw(&counts))}
        }
        .into_any()
    })
}

fn draw(counts: &AdminOverview) -> AnyView {
    let text = admin();
    // What a tile counts, and what its notes do, leads to the list of it where there is one.
    let name = |name: &'static str, href: &'static str| match href {
        "" => view! { <span class="tile-name">{name}</span> }.into_any(),
        href => view! { <a class="tile-name" href=href>{name}</a> }.into_any(),
    };
    let listed = |number: i64, words: String, href| (words, if number > 0 { href } else { "" });
    let note = |(words, href): (String, &'static str)| match href {
        "" => view! { <span class="muted">{words}</span> }.into_any(),
        href => view! { <a href=href>{words}</a> }.into_any(),
    };
    let tile = |title: &'static str, number: i64, href: &'static str, notes: Vec<(String, &'static str)>| {
        let notes = notes.into_iter().map(note).collect_view();
        view! { <li class="card tile">{name(title, href)}<b>{number.to_string()}</b>{notes}</li> }
    };
    let new = |number: i64| (format!("{number} {}", text.new_in_week), "");
    let suspended =
        |number: i64, href| listed(number, format!("{number} {}", text.suspended.to_lowercase()), href);
    let shown = counts.providers_published;
    let published = listed(shown, format!("{shown} {}", text.published), "/admin/providers?state=published");
    let users =
        vec![new(counts.users_new), suspended(counts.users_suspended, "/admin/users?standing=suspended")];
    let providers =
        vec![published, suspended(counts.providers_suspended, "/admin/providers?state=suspended")];
    let failed = vec![(text.jobs_dead_text.to_owned(), "")];
    view! {
        <ul class="tiles">
            {tile(text.users, counts.users, "/admin/users", users)}
            {tile(text.providers, counts.providers, "/admin/providers", providers)}
            {tile(text.bookings_coming, counts.bookings_coming, "", vec![new(counts.bookings_new)])}
            {tile(text.admins, counts.admins, "/admin/users?role=admin", Vec::new())}
            {tile(text.jobs_dead, counts.jobs_dead, "", failed)}
        </ul>
    }
    .into_any()
}
