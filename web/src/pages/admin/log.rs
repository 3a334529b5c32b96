//! The log of what admins did.

use super::facts::moment;
use super::filters::{Chosen, Filter, bar};
use super::frame::frame;
use super::list::{List, list};
use crate::components::{Column, Columns, Heading};
use crate::format::{Named, at_wall, browser_zone, parse_date, utc};
use crate::messages::admin;
use crate::nav::address;
use contract::admin::{ActKind, AdminAct, TargetKind};
use leptos::prelude::*;
use serde_json::Value;
use time::{Duration, Time};

/// `/admin/log`
#[component]
pub fn Log() -> impl IntoView {
    let text = admin();
    let chosen = Chosen::of("/admin/log", &["kind", "actor", "target", "from", "to"]);
    let path = Memo::new(move |_| {
        let midnight = |name: &str, days: i64| {
            let date = parse_date(&chosen.get(name)).map(|date| date + Duration::days(days));
            date.map(|date| utc(at_wall(date.with_time(Time::MIDNIGHT), &browser_zone()))).unwrap_or_default()
        };
        let (from, to) = (midnight("from", 0), midnight("to", 1));
        let (kind, actor, target) = (chosen.get("kind"), chosen.get("actor"), chosen.get("target"));
        let query = [("kind", &kind), ("actor", &actor), ("target", &target), ("from", &from), ("to", &to)];
        address("/acts", &query.map(|(name, value)| (name, value.as_str())))
    });
    frame("/log", move |api| {
        let kinds = ActKind::ALL
            .map(|kind| Named { code: kind.as_str().to_owned(), name: (text.act)(kind).to_owned() });
        let filters = vec![
            Filter::choice("kind", text.kind, text.any_kind, Signal::stored(kinds.to_vec())),
            Filter::linked("actor", text.by),
            Filter::linked("target", text.on),
            Filter::day("from", text.from),
            Filter::day("to", text.to),
        ];
        let columns = Columns::new(vec![
            Column::new("when", text.when),
            Column::new("who", text.who),
            Column::new("what", text.what),
            Column::new("whom", text.whom),
            Column::new("change", text.change),
            Column::new("request", text.request),
        ]);
        let rows =
            List::<AdminAct> { caption: text.log, columns, path, key: |act| act.id.to_string(), cells };
        view! {
            <Heading text=text.log title=format!("{} · {}", text.log, text.name) />
            {bar(chosen, None, filters)}
            {list(api, rows)}
        }
        .into_any()
    })
}

fn cells(act: &AdminAct) -> Vec<AnyView> {
    let text = admin();
    let who = match (act.actor_id, &act.actor_name) {
        (None, _) => text.command_line.into_any(),
        (Some(id), Some(name)) => {
            view! { <a href=format!("/admin/users/{id}")>{name.clone()}</a> }.into_any()
        }
        (Some(_), None) => view! { <span class="muted">{text.gone}</span> }.into_any(),
    };
    let name = act.target_name.clone();
    let href = match act.target_kind {
        TargetKind::User => format!("/admin/users/{}", act.target_id),
        TargetKind::Provider => format!("/admin/providers/{}", act.target_id),
        TargetKind::Category => "/admin/categories".to_owned(),
    };
    let whom = match name {
        Some(name) => view! { <a href=href>{name}</a> }.into_any(),
        None => view! { <span class="muted">{text.gone}</span> }.into_any(),
    };
    let request = act.request_id.as_deref().unwrap_or("–").to_owned();
    vec![
        moment(act.at).into_any(),
        who,
        (text.act)(act.kind).into_any(),
        whom,
        view! { <span class="admin-change">{change(act)}</span> }.into_any(),
        view! { <code class="admin-request" title=request.clone()>{request.clone()}</code> }.into_any(),
    ]
}

/// What stands in the log beyond the kind of the act: reasons and names, as they became.
fn change(act: &AdminAct) -> String {
    let words = |value: &Value| {
        let mut found = Vec::new();
        gather(value, &mut found);
        found.join(" · ")
    };
    match (words(&act.before), words(&act.after)) {
        // Why something was suspended is over with it.
        _ if matches!(act.kind, ActKind::UserRestored | ActKind::ProviderRestored) => String::new(),
        (before, after) if before == after || before.is_empty() => after,
        (before, after) if after.is_empty() => before,
        (before, after) => format!("{before} → {after}"),
    }
}

/// Texts and numbers; what is only true, false or nothing, the kind of the act says.
fn gather(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Number(number) => found.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| gather(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| gather(field, found)),
        Value::Null | Value::Bool(_) => {}
    }
}
