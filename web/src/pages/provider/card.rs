//! Who the provider is and where.

use crate::categories;
use crate::components::{Avatar, Heading, Icon};
use crate::format::{browser_zone, country, differ, language, now, time, zone_label};
use crate::messages::t;
use contract::providers::Provider;
use leptos::prelude::*;
use std::time::Duration;

/// How often the clock is looked at.
const TICK: Duration = Duration::from_secs(20);

/// Street and city, country by name.
pub fn place_of(provider: &Provider) -> String {
    let country = provider.address.country.as_deref().map(country).unwrap_or_default();
    let parts = [provider.address.line.clone(), provider.address.city.clone(), country];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

pub fn draw(provider: &Provider) -> AnyView {
    let text = &t().provider;
    let category = provider.category.clone();
    let category = move || categories::name(&category);
    let languages: Vec<String> = provider.languages.iter().map(|tag| language(tag)).collect();
    let speaks = (!languages.is_empty()).then(|| {
        let words = languages.join(", ");
        view! { <div><dt>{Icon::Speech.draw()}<span class="hidden">{text.speaks}</span></dt><dd>{words}</dd></div> }
    });
    view! {
        <aside class="provider-card-large">
            <Avatar url=provider.portrait_url.clone() large=true />
            <div class="names">
                <p class="trade">{category}</p>
                <Heading text=provider.name.clone() />
                {(!provider.headline.is_empty()).then(|| view! { <p class="headline">{provider.headline.clone()}</p> })}
            </div>
            <dl class="facts-list">
                {place(provider)}
                {speaks}
                <div>
                    <dt>{Icon::Clock.draw()}<span class="hidden">{text.clock}</span></dt>
                    <dd><Clock zone=provider.time_zone.clone() /></dd>
                </div>
            </dl>
        </aside>
    }
    .into_any()
}

fn place(provider: &Provider) -> Option<AnyView> {
    let text = &t().provider;
    let place = place_of(provider);
    // A city alone is on every map; a link helps to find the door.
    let map = (!provider.address.line.is_empty()).then(|| {
        let query = String::from(js_sys::encode_uri_component(&place));
        let href = format!("https://www.openstreetmap.org/search?query={query}");
        view! { <a class="map" href=href target="_blank" rel="noreferrer">{text.map}<span class="hidden">{text.new_tab}</span></a> }
    });
    (!place.is_empty()).then(|| {
        view! {
            <div>
                <dt>{Icon::Pin.draw()}<span class="hidden">{text.place}</span></dt>
                <dd>{place.clone()}{map}</dd>
            </div>
        }
        .into_any()
    })
}

/// What the clock shows there. Whose clock shows the same is told the zone alone.
#[component]
fn Clock(zone: String) -> impl IntoView {
    let shown = RwSignal::new(now());
    let tick = move || {
        shown.try_set(now());
    };
    if let Ok(ticks) = set_interval_with_handle(tick, TICK) {
        on_cleanup(move || ticks.clear());
    }
    move || {
        let at = shown.get();
        let label = zone_label(&zone, at);
        if differ(&zone, &browser_zone(), at) {
            (t().provider.now_there)(&label, &time(at, &zone))
        } else {
            label
        }
    }
}
