//! Pages of providers.

use super::facts::{day, page_state};
use super::filters::{Chosen, Filter, bar, fixed};
use super::frame::frame;
use super::list::{List, list};
use crate::categories;
use crate::components::{Column, Columns, Heading};
use crate::format::Named;
use crate::messages::admin;
use crate::nav::address;
use contract::admin::{AdminProviderRow, PageState};
use leptos::prelude::*;

/// `/admin/providers`
#[component]
pub fn Providers() -> impl IntoView {
    let text = admin();
    let chosen = Chosen::of("/admin/providers", &["q", "state", "category", "city"]);
    let path = Memo::new(move |_| {
        let query = ["q", "state", "category", "city"].map(|name| (name, chosen.get(name)));
        let query: Vec<(&str, &str)> = query.iter().map(|(name, value)| (*name, value.as_str())).collect();
        address("/providers", &query)
    });
    frame("/providers", move |api| {
        let state = text.page_state;
        let states = [
            ("published", state(PageState::Published)),
            ("hidden", state(PageState::Hidden)),
            ("suspended", state(PageState::Suspended)),
        ];
        let known = Signal::derive(|| {
            let named = |one: contract::providers::Category| Named {
                name: categories::name_of(&one),
                code: one.slug,
            };
            categories::list().unwrap_or_default().into_iter().map(named).collect::<Vec<_>>()
        });
        let filters = vec![
            Filter::choice("state", text.state, text.any_state, fixed(&states)),
            Filter::choice("category", text.category, text.any_category, known),
            Filter::linked("city", text.city),
        ];
        let columns = Columns::new(vec![
            Column::new("name", text.column_name),
            Column::new("state", text.state),
            Column::new("category", text.category),
            Column::new("city", text.city),
            Column::new("coming", text.bookings_coming).numeric(),
            Column::new("since", text.since).numeric(),
        ]);
        let rows = List::<AdminProviderRow> {
            caption: text.providers,
            columns,
            path,
            key: |page| page.id.to_string(),
            cells,
        };
        view! {
            <Heading text=text.providers title=format!("{} · {}", text.providers, text.name) />
            {bar(chosen, Some(text.search_providers), filters)}
            {list(api, rows)}
        }
        .into_any()
    })
}

fn cells(page: &AdminProviderRow) -> Vec<AnyView> {
    let category = page.category.clone();
    vec![
        view! { <a href=format!("/admin/providers/{}", page.id)>{page.name.clone()}</a> }.into_any(),
        page_state(page.state),
        (move || categories::name(&category)).into_any(),
        if page.city.is_empty() { "–".into_any() } else { page.city.clone().into_any() },
        page.bookings_coming.to_string().into_any(),
        day(page.created_at).into_any(),
    ]
}
