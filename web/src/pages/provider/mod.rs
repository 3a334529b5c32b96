//! A provider's public page: who it is and when it is there on one side, what can be booked on the other.

mod card;
mod hours;
mod offers;
mod skeleton;

use super::{param, pay};
use crate::api::{Api, ApiError, AuthorizedApi};
use crate::components::{Heading, failure};
use crate::first::in_turn;
use crate::messages::t;
use crate::remote::{Load, Remote};
use crate::session::Session;
use contract::payments::PaymentMode;
use contract::problem::Code;
use contract::providers::Provider;
use contract::schedules::Schedule;
use contract::services::{Service, ServiceStatus, Services};
use leptos::prelude::*;

pub use card::place_of;
pub use offers::{price_of, tax_of, way_to_pay};
pub use skeleton::skeleton;

/// All that the page shows at once.
#[derive(Clone, PartialEq)]
pub struct Facts {
    /// Who it is.
    pub provider: Provider,
    services: Services,
    schedule: Schedule,
}

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

/// All of it, side by side.
pub async fn fetch_facts(api: Option<AuthorizedApi>, key: String) -> Result<Facts, ApiError> {
    let services = Api.services_of(api, &key).into_future();
    let schedule = Api.schedule_of(api, &key).into_future();
    let (provider, services, schedule) =
        futures::future::join3(fetch_provider(api, key.clone()), services, schedule).await;
    Ok(Facts { provider: provider?, services: services?, schedule: schedule? })
}

fn known_facts(api: Option<AuthorizedApi>, key: String) -> Option<Facts> {
    let (services, schedule) = (Api.services_of(api, &key).known()?, Api.schedule_of(api, &key).known()?);
    Some(Facts { provider: known_provider(api, key)?, services, schedule })
}

/// `/p/{slug}`
#[component]
pub fn ProviderPage() -> impl IntoView {
    let slug = param("slug");
    let session = Session::here();
    let known = move || session.settled().then(|| known_facts(session.api(), slug.get())).flatten();
    let page = Remote::warm(known, move || {
        let (key, api, settled) = (slug.get(), session.api(), session.settled());
        async move {
            // Who looks decides what there is to see, so wait until that is known; this runs again then.
            if !settled {
                std::future::pending::<()>().await;
            }
            fetch_facts(api, key).await
        }
    });
    let body = move || match page.get() {
        Load::Loading => skeleton(),
        Load::Ready(facts) => {
            let notice = (!facts.provider.published).then(|| hidden_notice(&facts.provider));
            view! { {notice}{show(facts)} }.into_any()
        }
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

/// For the provider's own people, who came by the public address.
fn hidden_notice(provider: &Provider) -> AnyView {
    let text = &t().provider;
    let href = format!("/dashboard/{}/preview", provider.id);
    let words = if provider.suspension.is_some() { text.preview_suspended } else { text.preview };
    view! { <p class="notice">{words} " " <a href=href>{text.preview_action}</a></p> }.into_any()
}

/// The page as customers see it.
pub fn show(facts: Facts) -> AnyView {
    let Facts { provider, services, schedule } = facts;
    let policy = prepaid(&services).then(|| pay::policy((provider.clone(), None)));
    let (offered, bar) = offers::draw(&provider, services);
    view! {
        <div class="provider-layout">
            {card::draw(&provider)}
            {offered}
            <div class="provider-more">
                {about(&provider.bio)}
                {in_turn(move || hours::draw(&schedule).into_any())}
                {policy}
                {bar}
            </div>
        </div>
    }
    .into_any()
}

/// Whether anything is paid when booking, so that a cancellation has to bring something back.
fn prepaid(services: &Services) -> bool {
    let is_prepaid = |service: &Service| {
        service.status == ServiceStatus::Active && service.payment_mode != PaymentMode::OnSite
    };
    services.items.iter().any(is_prepaid)
}

/// The provider's own words. On a phone they come after what can be booked.
fn about(bio: &str) -> Option<AnyView> {
    let paragraphs = bio.split("\n\n").filter(|part| !part.trim().is_empty());
    let words = paragraphs.map(|part| view! { <p>{part.to_owned()}</p> }).collect_view();
    (!bio.trim().is_empty())
        .then(|| view! { <section class="about"><h2>{t().provider.about}</h2>{words}</section> }.into_any())
}
