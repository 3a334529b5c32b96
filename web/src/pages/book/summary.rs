use crate::components::{Avatar, Icon};
use crate::format::{elsewhere, plain, time_range, wall};
use crate::messages::t;
use crate::pages::provider::{place_of, price_of, tax_of, way_to_pay};
use contract::providers::Provider;
use contract::services::{Location, Service};
use leptos::prelude::*;
use time::{Duration, OffsetDateTime};

/// The price for a number of people, and what it is for.
pub fn price_for(minor: i64, currency: &str, people: u32) -> String {
    let price = price_of(minor * i64::from(people), currency);
    if people > 1 { format!("{price} {}", (t().booking.whole_price)(people)) } else { price }
}

/// What is being booked. It stays in view through all steps.
#[component]
pub fn Summary(
    provider: Provider,
    service: Service,
    #[prop(into)] start: Signal<Option<OffsetDateTime>>,
    #[prop(into)] zone: Signal<String>,
    #[prop(into)] party: Signal<u32>,
) -> impl IntoView {
    let words = &t().booking;
    let line = |icon: Icon, content: AnyView| view! { <li>{icon.draw()}<span>{content}</span></li> };
    let place = match service.location {
        Location::Provider => (Icon::Pin, Some(place_of(&provider)).filter(|place| !place.is_empty())),
        Location::Customer => (Icon::Pin, None),
        Location::Phone => (Icon::Phone, None),
        Location::Online => (Icon::Video, None),
    };
    let place_words = place.1.unwrap_or_else(|| (t().common.location)(service.location).to_owned());
    let length = Duration::minutes(i64::from(service.duration_minutes));
    let provider_zone = provider.time_zone.clone();
    let chosen = move || {
        let (start, zone) = (start.get()?, zone.get());
        let end = start + length;
        let theirs = elsewhere(start, end, &zone, &provider_zone)
            .map(|theirs| view! { <small class="theirs">{theirs}</small> });
        Some(view! {
            <li class="chosen">
                {Icon::Calendar.draw()}
                <span><b>{plain(wall(start, &zone).date())}</b><br/><b>{time_range(start, end, &zone)}</b>{theirs}</span>
            </li>
        })
    };
    let (price, currency) = (service.price_minor, service.currency.clone());
    let tax = tax_of(&service);
    let way = way_to_pay(&service).map(|way| view! { <small class="theirs">{way}</small> });
    let approval = service.approval_required.then(|| view! { <p class="hint">{words.request_note}</p> });
    view! {
        <aside class="summary card">
            <p class="with"><Avatar url=provider.portrait_url.clone() /><a href=format!("/p/{}", provider.slug)>{provider.name.clone()}</a></p>
            <p class="service-name">{service.name.clone()}</p>
            <ul class="summary-lines">
                {chosen}
                {line(Icon::Clock, (t().common.duration)(service.duration_minutes).into_any())}
                {line(Icon::Money, view! { {move || price_for(price, &currency, party.get())}{tax}{way} }.into_any())}
                {line(place.0, place_words.into_any())}
            </ul>
            {(!service.description.is_empty()).then(|| view! { <p class="muted description">{service.description.clone()}</p> })}
            {approval}
        </aside>
    }
    .into_any()
}
