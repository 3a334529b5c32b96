//! A provider's public page: who it is on one side, what can be booked on the other.

use super::{param, viewer_zone};
use crate::api::{Api, ApiError, AuthorizedApi};
use crate::categories;
use crate::components::{Avatar, Empty, Heading, Icon, failure, skeleton_lines, skeleton_rows};
use crate::format::{
    around, browser_zone, country, differ, iso, language, money, now, time, today, utc, wall,
};
use crate::messages::t;
use crate::nav::address;
use crate::remote::{Load, Remote};
use crate::session::{Session, Standing};
use contract::problem::Code;
use contract::providers::Provider;
use contract::services::{Service, ServiceStatus, Services};
use contract::slots::{SlotList, SlotQuery};
use leptos::prelude::*;
use time::Duration;

/// How far ahead a row looks for its next free time; the server names a later one where there is none.
const LOOK_AHEAD: Duration = Duration::days(13);

/// A provider by id or slug, as far as this person may see it.
pub async fn fetch_provider(api: Option<AuthorizedApi>, key: String) -> Result<Provider, ApiError> {
    match api {
        Some(api) => api.provider(key).await,
        None => Api.provider(key).await,
    }
}

/// What was seen of it before.
pub fn known_provider(api: Option<AuthorizedApi>, key: String) -> Option<Provider> {
    match api {
        Some(api) => api.provider(key).known(),
        None => Api.provider(key).known(),
    }
}

fn known_page(api: Option<AuthorizedApi>, key: String) -> Option<(Provider, Services)> {
    let provider = known_provider(api, key)?;
    let services = match api {
        Some(api) => api.services(provider.id).known(),
        None => Api.services(provider.id).known(),
    };
    Some((provider, services?))
}

async fn fetch_page(api: Option<AuthorizedApi>, key: String) -> Result<(Provider, Services), ApiError> {
    let provider = fetch_provider(api, key).await?;
    let services = match api {
        Some(api) => api.services(provider.id).await?,
        None => Api.services(provider.id).await?,
    };
    Ok((provider, services))
}

/// `/p/{slug}`
#[component]
pub fn ProviderPage() -> impl IntoView {
    let slug = param("slug");
    let session = Session::here();
    let known = move || {
        (session.standing() != Standing::Unknown).then(|| known_page(session.api(), slug.get())).flatten()
    };
    let page = Remote::warm(known, move || {
        let (key, api, settled) = (slug.get(), session.api(), session.standing() != Standing::Unknown);
        async move {
            // Who looks decides what there is to see, so wait until that is known; this runs again then.
            if !settled {
                std::future::pending::<()>().await;
            }
            fetch_page(api, key).await
        }
    });
    let body = move || match page.get() {
        Load::Loading => skeleton(),
        Load::Ready((provider, services)) => ready(provider, services),
        Load::Failed(error) if error.code() == Some(Code::NotFound) => unavailable(),
        Load::Failed(error) => failure(error, Some(Callback::new(move |()| page.retry()))),
    };
    view! { <div class="page provider-page">{body}</div> }.into_any()
}

/// Never there, hidden or suspended: whoever followed a link to it learns only that it is not there now.
pub fn unavailable() -> AnyView {
    let text = &t().provider;
    view! {
        <div class="unavailable">
            <Heading text=text.unavailable_title />
            <p>{text.unavailable_text}</p>
            <p class="actions">
                <a class="button primary" href="/">{t().common.not_found_action}</a>
                <a class="button" href="/manage">{t().common.lost_link}</a>
            </p>
        </div>
    }
    .into_any()
}

fn skeleton() -> AnyView {
    view! { <div class="provider-layout"><aside>{skeleton_lines(6)}</aside><div>{skeleton_rows(4)}</div></div> }.into_any()
}

fn ready(provider: Provider, services: Services) -> AnyView {
    let text = &t().provider;
    let active: Vec<Service> =
        services.items.into_iter().filter(|service| service.status == ServiceStatus::Active).collect();
    let preview = (!provider.published).then(|| {
        let href = format!("/dashboard/{}/profile", provider.id);
        let words = if provider.suspension.is_some() { text.preview_suspended } else { text.preview };
        view! { <p class="notice">{words} " " <a href=href>{text.preview_action}</a></p> }
    });
    let list = if active.is_empty() {
        view! { <Empty title=text.empty_title text=text.empty_text /> }.into_any()
    } else {
        let (slug, published) = (provider.slug.clone(), provider.published);
        let rows = active
            .into_iter()
            .map(|service| view! { <ServiceRow slug=slug.clone() service=service live=published /> });
        view! { <ul class="service-rows">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        {preview}
        <div class="provider-layout">
            {card(&provider)}
            <section class="offers" aria-labelledby="services">
                <h2 id="services">{text.services}</h2>
                {list}
            </section>
            {about(&provider.bio)}
        </div>
    }
    .into_any()
}

/// The provider's own words. On a phone they come after what can be booked.
fn about(bio: &str) -> Option<AnyView> {
    let paragraphs = bio.split("\n\n").filter(|part| !part.trim().is_empty());
    let words = paragraphs.map(|part| view! { <p>{part.to_owned()}</p> }).collect_view();
    (!bio.trim().is_empty())
        .then(|| view! { <section class="about"><h2>{t().provider.about}</h2>{words}</section> }.into_any())
}

/// Street and city, country by name.
pub fn place_of(provider: &Provider) -> String {
    let country = provider.address.country.as_deref().map(country).unwrap_or_default();
    let parts = [provider.address.line.clone(), provider.address.city.clone(), country];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn card(provider: &Provider) -> AnyView {
    let text = &t().provider;
    let category = provider.category.clone();
    let category = move || categories::name(&category);
    let place = place_of(provider);
    let languages: Vec<String> = provider.languages.iter().map(|tag| language(tag)).collect();
    let elsewhere = differ(&provider.time_zone, &browser_zone(), now());
    let fact = |name: &'static str, icon: Icon, value: String| {
        (!value.is_empty()).then(
            || view! { <div><dt>{icon.draw()}<span class="hidden">{name}</span></dt><dd>{value}</dd></div> },
        )
    };
    let clock = if elsewhere {
        let zone = &provider.time_zone;
        format!("{} {}", time(now(), zone), crate::format::zone_label(zone, now()))
    } else {
        String::new()
    };
    view! {
        <aside class="provider-card-large">
            <Avatar url=provider.portrait_url.clone() large=true />
            <div class="names">
                <p class="trade">{category}</p>
                <Heading text=provider.name.clone() />
                <p class="headline">{provider.headline.clone()}</p>
            </div>
            <dl class="facts-list">
                {fact(text.place, Icon::Pin, place)}
                {fact(text.speaks, Icon::Speech, languages.join(", "))}
                {fact(text.clock, Icon::Clock, clock)}
            </dl>
        </aside>
    }
    .into_any()
}

/// What a service costs, in words.
pub fn price_of(minor: i64, currency: &str) -> String {
    if minor == 0 { t().common.free.to_owned() } else { money(minor, currency) }
}

#[component]
fn ServiceRow(slug: String, service: Service, live: bool) -> impl IntoView {
    let text = &t().provider;
    let href = format!("/p/{slug}/{}", service.id);
    let facts: Vec<String> = [
        Some((t().common.duration)(service.duration_minutes)),
        Some((t().common.location)(service.location).to_owned()),
        (service.capacity > 1).then(|| (text.group)(service.capacity)),
        service.approval_required.then(|| text.on_request.to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let label = (text.book_service)(&service.name);
    let next = live.then(|| view! { <NextFree href=href.clone() service=service.clone() /> });
    view! {
        <li class="service-row">
            <div class="what">
                <h3>{service.name.clone()}</h3>
                <p class="facts">{facts.join(" · ")}</p>
                {(!service.description.is_empty()).then(|| view! { <p class="muted">{service.description.clone()}</p> })}
                {next}
            </div>
            <p class="price">{price_of(service.price_minor, &service.currency)}</p>
            <a class="button soft" href=href aria-label=label>{text.book}</a>
        </li>
    }
    .into_any()
}

/// The next free time of a service, to book at once. A convenience: where it fails nothing is shown.
#[component]
fn NextFree(href: String, service: Service) -> impl IntoView {
    let text = &t().provider;
    let zone = viewer_zone();
    let id = service.id;
    let list = {
        let zone = zone.clone();
        let ask = move || {
            let from = today(&zone);
            let to = from + LOOK_AHEAD;
            Api.slots(id, SlotQuery { from, to, time_zone: Some(zone.clone()), party_size: None })
        };
        let known = ask.clone();
        Remote::warm(move || known().known(), ask)
    };
    let first = |list: SlotList| list.days.into_iter().flat_map(|day| day.slots).next().or(list.next_free);
    move || match list.get() {
        Load::Loading => view! { <p class="next-free muted">{text.looking}</p> }.into_any(),
        Load::Failed(_) => ().into_any(),
        Load::Ready(list) => match first(list) {
            None => view! { <p class="next-free muted">{text.nothing_free}</p> }.into_any(),
            Some(slot) => {
                let date = wall(slot.start_at, &zone).date();
                let to = address(&href, &[("date", &iso(date)), ("start", &utc(slot.start_at))]);
                view! { <p class="next-free"><a href=to>{(text.next_free)(&around(slot.start_at, &zone))}</a></p> }.into_any()
            }
        },
    }
}
