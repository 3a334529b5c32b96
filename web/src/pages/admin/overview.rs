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
        let counts = Remote::<AdminOverview>::new(move || api.admin_read("/overview".to_owned()));
        view! {
            <Heading text=admin().overview title=format!("{} · {}", admin().overview, admin().name) />
            {counts.view(|| skeleton_rows(3), |counts| draw(&counts))}
        }
        .into_any()
    })
}

fn draw(counts: &AdminOverview) -> AnyView {
    let text = admin();
    let tile = |name: &'static str, number: i64, href: &'static str, notes: Vec<String>| {
        let inside = view! {
            <span class="tile-name">{name}</span>
            <b>{number.to_string()}</b>
            {notes.into_iter().map(|note| view! { <span class="muted">{note}</span> }).collect_view()}
        };
        if href.is_empty() {
            view! { <li><div class="card tile">{inside}</div></li> }.into_any()
        } else {
            view! { <li><a class="card tile" href=href>{inside}</a></li> }.into_any()
        }
    };
    let new = |number: i64| format!("{number} {}", text.new_in_week);
    let suspended = |number: i64| format!("{number} {}", text.suspended.to_lowercase());
    let published = format!("{} {}", counts.providers_published, text.published);
    view! {
        <ul class="tiles">
            {tile(text.users, counts.users, "/admin/users", vec![new(counts.users_new), suspended(counts.users_suspended)])}
            {tile(text.providers, counts.providers, "/admin/providers", vec![published, suspended(counts.providers_suspended)])}
            {tile(text.bookings_coming, counts.bookings_coming, "", vec![new(counts.bookings_new)])}
            {tile(text.admins, counts.admins, "/admin/users?role=admin", Vec::new())}
            {tile(text.jobs_dead, counts.jobs_dead, "", vec![text.jobs_dead_text.to_owned()])}
        </ul>
    }
    .into_any()
}
