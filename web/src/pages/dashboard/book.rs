//! A booking that the provider enters for a client.

use super::frame::{Own, Part, frame, heading};
use crate::components::{Empty, Icon, skeleton_rows};
use crate::messages::t;
use crate::pages::book::{Flow, For};
use crate::pages::provider::price_of;
use crate::pages::query;
use crate::remote::Remote;
use contract::services::{Service, ServiceStatus, Services};
use leptos::prelude::*;
use uuid::Uuid;

/// `/dashboard/{id}/book?service=…`
#[component]
pub fn BookForClient() -> impl IntoView {
    let wanted = query("service");
    frame(Part::Agenda, move |own| {
        let (api, id) = (own.api, own.provider.id);
        // The notice above says why it takes no bookings.
        if own.provider.suspension.is_some() {
            return heading(t().dashboard.book_for_client_title, &own.provider);
        }
        let services = Remote::of(move || api.services(id));
        let look = Callback::new(move |()| services.refresh());
        services.view(
            || skeleton_rows(4),
            move |services| {
                let own = own.clone();
                (move || chosen(&own, &services, &wanted.get(), look)).into_any()
            },
        )
    })
}

fn chosen(own: &Own, services: &Services, wanted: &str, look: Callback<()>) -> AnyView {
    let active: Vec<&Service> =
        services.items.iter().filter(|service| service.status == ServiceStatus::Active).collect();
    let service = active.iter().find(|service| wanted == service.id.to_string());
    match service {
        Some(service) => {
            view! { <Flow provider=own.provider.clone() service=(*service).clone() whom=For::Client on_gone=look /> }.into_any()
        }
        None if active.is_empty() => no_services(own.provider.id),
        None => view! {
            {heading(t().dashboard.book_for_client_title, &own.provider)}
            <h2 class="which">{t().dashboard.choose_service}</h2>
            <ul class="service-rows">{active.into_iter().map(|service| choice(own.provider.id, service)).collect_view()}</ul>
        }
        .into_any(),
    }
}

fn no_services(provider: Uuid) -> AnyView {
    let text = &t().dashboard;
    view! {
        <Empty title=text.no_services_title text=text.no_services_text>
            <a class="button primary" href=format!("/dashboard/{provider}/services/new")>{t().dashboard.step_service}</a>
        </Empty>
    }
    .into_any()
}

fn choice(provider: Uuid, service: &Service) -> AnyView {
    let href = format!("/dashboard/{provider}/book?service={}", service.id);
    view! {
        <li><a class="service-choice" href=href>
            <span><b>{service.name.clone()}</b><br/><span class="facts">{(t().common.duration)(service.duration_minutes)} " · " {price_of(service.price_minor, &service.currency)}</span></span>
            {Icon::Right.draw()}
        </a></li>
    }
    .into_any()
}
