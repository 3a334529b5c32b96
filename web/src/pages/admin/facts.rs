//! Small things that several of these pages show.

use crate::components::Icon;
use crate::format::{browser_zone, plain, time, wall};
use crate::messages::admin;
use contract::admin::{PageState, Suspension};
use leptos::prelude::*;
use time::OffsetDateTime;

/// A day, as the admin's clock has it.
pub fn day(at: OffsetDateTime) -> String {
    plain(wall(at, &browser_zone()).date())
}

/// A day and a time.
pub fn moment(at: OffsetDateTime) -> String {
    format!("{}, {}", day(at), time(at, &browser_zone()))
}

/// Where a page stands, in a word and a sign.
pub fn page_state(state: PageState) -> AnyView {
    let (class, sign) = match state {
        PageState::Published => ("badge confirmed", Icon::Check),
        PageState::Hidden => ("badge pending", Icon::Clock),
        PageState::Suspended => ("badge no-show", Icon::Alert),
    };
    view! { <span class=class>{sign.draw()}{(admin().page_state)(state)}</span> }.into_any()
}

/// Whether an account can be used.
pub fn standing(suspended: bool) -> AnyView {
    let text = admin();
    if suspended {
        view! { <span class="badge no-show">{Icon::Alert.draw()}{text.suspended}</span> }.into_any()
    } else {
        view! { <span class="badge confirmed">{Icon::Check.draw()}{text.active}</span> }.into_any()
    }
}

/// Names and values, one below the other.
pub fn facts(rows: Vec<(&'static str, AnyView)>) -> AnyView {
    let row = |(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! { <dl class="admin-facts">{rows.into_iter().map(row).collect_view()}</dl> }.into_any()
}

/// Since when and why something is suspended.
pub fn suspension(suspension: &Suspension) -> AnyView {
    view! {
        <section class="notice bad suspended">
            <h2>{Icon::Alert.draw()}{(admin().suspended_since)(&moment(suspension.since))}</h2>
            <p>{suspension.reason.clone()}</p>
        </section>
    }
    .into_any()
}
