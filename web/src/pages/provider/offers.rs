//! What can be booked: services as rows, each with its next free time.

use crate::api::Api;
use crate::components::{Bone, Empty, clock_note};
use crate::first::in_turn;
use crate::format::{DOT, around, decimal, iso, money, utc, wall};
use crate::messages::{capital, t};
use crate::nav::address;
use crate::pages::viewer_zone;
use crate::remote::{Load, Remote};
use crate::session::Session;
use contract::payments::PaymentMode;
use contract::providers::Provider;
use contract::services::{Service, ServiceStatus, Services};
use contract::slots::{NextSlots, Slot};
use leptos::prelude::*;

/// What a service costs, in words.
pub fn price_of(minor: i64, currency: &str) -> String {
    if minor == 0 { t().common.free.to_owned() } else { money(minor, currency) }
}

/// When a service is paid, unless it is free.
pub fn way_to_pay(service: &Service) -> Option<String> {
    let words = &t().pay;
    let deposit = match (service.deposit_minor, service.deposit_percent) {
        (Some(minor), _) => money(minor, &service.currency),
        (None, percent) => format!("{}{}", percent.unwrap_or_default(), t().percent),
    };
    (service.price_minor > 0).then(|| match service.payment_mode {
        PaymentMode::OnSite => words.on_site.to_owned(),
        PaymentMode::Deposit => (words.deposit)(&deposit),
        PaymentMode::Full => words.when_booking.to_owned(),
    })
}

/// The tax in its price, where one is shown.
pub fn tax_of(service: &Service) -> Option<AnyView> {
    let tax = service.vat_rate.filter(|_| service.price_minor > 0)?;
    Some(view! { <small class="tax">{(t().pay.vat)(&decimal(tax.into(), 2))}</small> }.into_any())
}

/// The rows, and a bar that leads to the first free time of all.
pub fn draw(provider: &Provider, services: Services) -> (AnyView, AnyView) {
    let text = &t().provider;
    let active: Vec<Service> =
        services.items.into_iter().filter(|service| service.status == ServiceStatus::Active).collect();
    let (slug, session) = (provider.slug.clone(), Session::here());
    let zone = viewer_zone();
    // All of them in one request. A convenience: where it fails, rows do without.
    let next = {
        let (slug, zone) = (slug.clone(), zone.clone());
        Remote::new(move || {
            let (api, slug, zone) = (untrack(|| session.api()), slug.clone(), zone.clone());
            async move { Api.next_slots(api, &slug, &zone).await }
        })
    };
    let bar = first_of(active.clone(), slug.clone(), zone.clone(), next);
    let list = if active.is_empty() {
        view! { <Empty title=text.empty_title text=text.empty_text /> }.into_any()
    } else {
        let rows = active.into_iter().map(|service| {
            let (slug, zone) = (slug.clone(), zone.clone());
            in_turn(move || row(&slug, service.clone(), &zone, next))
        });
        let rows = rows.collect_view();
        view! { <ul class="offers-list">{rows}</ul> }.into_any()
    };
    let note = {
        let theirs = provider.time_zone.clone();
        move || {
            let next = next.value().map(|next| next.items).unwrap_or_default();
            let times: Vec<_> = next.iter().filter_map(|item| Some(item.slots.first()?.start_at)).collect();
            clock_note(&zone, &theirs, &times)
        }
    };
    let rows = view! {
        <section class="offers" aria-labelledby="services">
            <div class="offers-head"><h2 id="services" tabindex="-1">{text.services}</h2>{note}</div>
            {list}
        </section>
    };
    (rows.into_any(), bar)
}

fn row(slug: &str, service: Service, zone: &str, next: Remote<NextSlots>) -> AnyView {
    let text = &t().provider;
    let href = format!("/p/{slug}/{}", service.id);
    let facts: Vec<String> = [
        Some((t().common.duration)(service.duration_minutes)),
        Some((t().common.location)(service.location).to_owned()),
        (service.capacity > 1).then(|| (text.group)(service.capacity)),
        service.approval_required.then(|| text.on_request.to_owned()),
        service.payable.then(|| way_to_pay(&service)).flatten(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let label = (text.book_service)(&service.name);
    let (id, name, zone, to) = (service.id, service.name.clone(), zone.to_owned(), href.clone());
    let time = move || match next.get() {
        Load::Loading => view! { <Bone class="time" /> }.into_any(),
        Load::Failed(_) => ().into_any(),
        Load::Ready(next) => match slot_of(&next, id) {
            None => view! { <p class="none-free">{text.nothing_free}</p> }.into_any(),
            Some(slot) => {
                let when = around(slot.start_at, &zone);
                let label = (text.book_at)(&name, &when);
                view! { <a class="time" href=start(&to, &slot, &zone) aria-label=label>{capital(when)}</a> }
                    .into_any()
            }
        },
    };
    let next_free = if service.payable {
        let more = view! { <a class="more-times" href=href aria-label=label>{text.more_times}</a> };
        view! { <div class="next-free">{time}{more}</div> }.into_any()
    } else {
        view! { <div class="next-free"><p class="none-free">{text.not_now}</p></div> }.into_any()
    };
    view! {
        <li class="offered-service">
            <div class="what">
                <h3>{service.name.clone()}</h3>
                <p class="facts">{facts.join(DOT)}</p>
                {(!service.description.is_empty()).then(|| view! { <p class="muted">{service.description.clone()}</p> })}
            </div>
            <p class="price">{price_of(service.price_minor, &service.currency)}{tax_of(&service)}</p>
            {next_free}
        </li>
    }
    .into_any()
}

fn slot_of(next: &NextSlots, service: uuid::Uuid) -> Option<Slot> {
    next.items.iter().find(|item| item.service_id == service).and_then(|item| item.slots.first().cloned())
}

/// Where a time is booked at once.
fn start(href: &str, slot: &Slot, zone: &str) -> String {
    let date = wall(slot.start_at, zone).date();
    address(href, &[("date", &iso(date)), ("start", &utc(slot.start_at))])
}

/// On a phone: the first free time of all, at hand for whoever reads what comes after the services.
fn first_of(services: Vec<Service>, slug: String, zone: String, next: Remote<NextSlots>) -> AnyView {
    let text = &t().provider;
    let first = move |next: &NextSlots| {
        let offered =
            services.iter().filter_map(|service| Some((service.clone(), slot_of(next, service.id)?)));
        offered.min_by_key(|(_, slot)| slot.start_at)
    };
    let soonest = Memo::new(move |_| {
        next.value().as_ref().and_then(&first).map(|(service, slot)| {
            let words = format!("{} · {}", service.name, (t().common.duration)(service.duration_minutes));
            (
                capital(around(slot.start_at, &zone)),
                words,
                start(&format!("/p/{slug}/{}", service.id), &slot, &zone),
            )
        })
    });
    let bar = move || {
        soonest.get().map(|(when, words, href)| {
            view! {
                <div class="book-bar">
                    <p><strong>{when}</strong><span>{words}</span></p>
                    <a class="button primary" href=href>{text.book_first}</a>
                </div>
            }
        })
    };
    bar.into_any()
}
