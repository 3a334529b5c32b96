use crate::format::{differ, now, zone_label};
use crate::messages::t;
use leptos::prelude::*;

/// Says by whose clock times are, where another one, by which they might be read, shows others.
pub fn clock_note(zone: &str, other: &str) -> Option<AnyView> {
    let at = now();
    differ(zone, other, at).then(|| {
        let words = format!("{} {}", t().booking.times_in, zone_label(zone, at));
        view! { <p class="clock-note">{words}</p> }.into_any()
    })
}
