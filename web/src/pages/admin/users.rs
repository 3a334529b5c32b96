//! People.

use super::facts::{day, standing};
use super::filters::{Chosen, Filter, bar, fixed};
use super::frame::frame;
use super::list::{List, list};
use crate::components::{Column, Columns, Heading};
use crate::messages::admin;
use crate::nav::address;
use contract::admin::AdminUserRow;
use leptos::prelude::*;

/// `/admin/users`
#[component]
pub fn Users() -> impl IntoView {
    let text = admin();
    let chosen = Chosen::of("/admin/users", &["q", "standing", "role"]);
    let path = Memo::new(move |_| {
        let suspended = match chosen.get("standing").as_str() {
            "suspended" => "true",
            "active" => "false",
            _ => "",
        };
        let role = chosen.get("role");
        let has = |name: &str| if role == name { "true" } else { "" };
        let query = [
            ("q", chosen.get("q")),
            ("suspended", suspended.to_owned()),
            ("admin", has("admin").to_owned()),
            ("provider", has("provider").to_owned()),
        ];
        let query: Vec<(&str, &str)> = query.iter().map(|(name, value)| (*name, value.as_str())).collect();
        address("/users", &query)
    });
    frame("/users", move |api| {
        let filters = vec![
            Filter::choice(
                "standing",
                text.standing,
                text.any_standing,
                fixed(&[("active", text.active), ("suspended", text.suspended)]),
            ),
            Filter::choice(
                "role",
                text.role,
                text.any_role,
                fixed(&[("admin", text.role_admin), ("provider", text.acts_for)]),
            ),
        ];
        let columns = Columns::new(vec![
            Column::new("name", text.column_name),
            Column::new("email", text.email),
            Column::new("standing", text.standing),
            Column::new("role", text.role),
            Column::new("pages", text.pages).numeric(),
            Column::new("bookings", text.bookings).numeric(),
            Column::new("since", text.since).numeric(),
        ]);
        let rows = List::<AdminUserRow> {
            caption: text.users,
            columns,
            path,
            key: |user| user.id.to_string(),
            cells,
        };
        view! {
            <Heading text=text.users title=format!("{} · {}", text.users, text.name) />
            {bar(chosen, Some(text.search_users), filters)}
            {list(api, rows)}
        }
        .into_any()
    })
}

fn cells(user: &AdminUserRow) -> Vec<AnyView> {
    // On a phone, what is as usual is left out.
    let number = |count: i64| view! { <span class:usual=count == 0>{count}</span> }.into_any();
    let role = if user.is_admin { admin().role_admin } else { "–" };
    vec![
        view! { <a href=format!("/admin/users/{}", user.id)>{user.name.clone()}</a> }.into_any(),
        view! { <span class="own-line">{user.email.clone()}</span> }.into_any(),
        view! { <span class:usual=!user.suspended>{standing(user.suspended)}</span> }.into_any(),
        view! { <span class:usual=!user.is_admin>{role}</span> }.into_any(),
        number(user.providers),
        number(user.bookings),
        day(user.created_at).into_any(),
    ]
}
