//! The policy in plain words: until when how much comes back.

use crate::format::{moment, now};
use crate::messages::till;
use contract::payments::CancellationPolicy;
use contract::providers::Provider;
use leptos::prelude::*;
use time::{Duration, OffsetDateTime};

/// Its sentences. For a known start they name moments, and leave out what is past.
pub fn lines(policy: &CancellationPolicy, start: Option<(OffsetDateTime, &str)>) -> Vec<String> {
    let words = till();
    let until = |hours: u32| match start {
        None => Some((words.before)(hours)),
        Some((start, zone)) => {
            let last = start - Duration::hours(hours.into());
            (last >= now()).then(|| (words.at)(&moment(last, zone)))
        }
    };
    let steps = policy.steps.iter().filter(|step| step.refund_percent > 0);
    let mut lines: Vec<String> = steps
        .filter_map(|step| Some((words.step)(&until(step.hours_before)?, step.refund_percent)))
        .collect();
    lines.push(if lines.is_empty() { words.never } else { words.afterwards }.to_owned());
    if policy.no_show_refund_percent > 0 {
        lines.push((words.no_show)(policy.no_show_refund_percent));
    }
    lines
}

/// All of it, with what holds for every provider.
pub fn draw((provider, start): (Provider, Option<(OffsetDateTime, String)>)) -> AnyView {
    let words = till();
    let start = start.as_ref().map(|(start, zone)| (*start, zone.as_str()));
    let mut lines = lines(&provider.cancellation_policy, start);
    lines.push((words.by_provider)(&provider.name));
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <section class="policy" aria-labelledby="policy">
            <h2 id="policy">{words.policy}</h2>
            <ul>{lines}</ul>
        </section>
    }
    .into_any()
}
