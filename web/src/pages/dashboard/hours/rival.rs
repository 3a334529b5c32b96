//! The choice between hours that were left unsaved here and newer ones that were saved elsewhere.

use super::draft::Saved;
use super::editing::Editing;
use super::year::hours_in_words;
use crate::messages::t;
use contract::schedules::{Day, WeeklyWindow, Window};
use leptos::prelude::*;

/// Asks which to go on with, and says on which days they differ.
pub fn rival(editing: Editing) -> AnyView {
    let text = &t().hours;
    let days = move || {
        let rows = editing.rival.with(|now| now.as_ref().map(|now| differences(editing, now)));
        rows.unwrap_or_default().into_iter().map(|words| view! { <li>{words}</li> }).collect_view()
    };
    view! {
        <div class="notice rival" role="status">
            <p><b>{text.rival}</b></p>
            <p>{text.rival_text}</p>
            <ul>{days}</ul>
            <div class="actions">
                <button type="button" class="button primary" on:click=move |_| editing.keep_mine()>{text.keep_mine}</button>
                <button type="button" class="button" on:click=move |_| editing.take_saved()>{text.take_saved}</button>
            </div>
        </div>
    }
    .into_any()
}

/// The days that were changed here and stand otherwise on the server, in words.
fn differences(editing: Editing, now: &Saved) -> Vec<String> {
    let (typed, begun) = (editing.days.weekly(), editing.begun.get());
    let differs = |day: Day| {
        let [mine, saved, before] = [&typed, &now.weekly, &begun.weekly].map(|weekly| hours(weekly, day));
        (mine != before && mine != saved).then(|| (t().hours.rival_day)((t().hours.day)(day), &saved, &mine))
    };
    Day::ALL.into_iter().filter_map(differs).collect()
}

fn hours(weekly: &[WeeklyWindow], day: Day) -> String {
    let own = weekly.iter().filter(|window| window.day == day);
    let own = own.map(|window| Window { start: window.start.clone(), end: window.end.clone() });
    match hours_in_words(&own.collect::<Vec<_>>()) {
        none if none.is_empty() => t().hours.closed.to_ascii_lowercase(),
        hours => hours,
    }
}
