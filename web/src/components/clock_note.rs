use crate::format::{differ, now, zone_label_over};
use crate::messages::t;
use leptos::prelude::*;
use time::OffsetDateTime;

/// Says by whose clock times are, where another one, by which they might be read, shows others. Where there
/// are no times, it is said of now.
pub fn clock_note(zone: &str, other: &str, times: &[OffsetDateTime]) -> Option<AnyView> {
    let now = [now()];
    let times = if times.is_empty() { &now } else { times };
    times.iter().any(|at| differ(zone, other, *at)).then(|| {
        let words = format!("{} {}", t().booking.times_in, zone_label_over(zone, times));
        view! { <p class="clock-note">{words}</p> }.into_any()
    })
}
