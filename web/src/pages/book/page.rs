use super::flow::{Flow, For};
use crate::api::{Api, ApiError, AuthorizedApi};
use crate::components::{Empty, FocusTurn, Heading, failure, skeleton_lines, skeleton_rows};
use crate::messages::t;
use crate::pages::provider::{fetch_provider, known_provider, unavailable};
use crate::pages::{id_param, param};
use crate::remote::{Load, Remote};
use crate::session::Session;
use contract::problem::Code;
use contract::providers::Provider;
use contract::services::{Service, ServiceStatus};
use leptos::prelude::*;
use uuid::Uuid;

/// Who offers it, and the service while it is offered.
type Offer = (Provider, Option<Service>);

async fn fetch(api: Option<AuthorizedApi>, slug: String, service: Uuid) -> Result<Offer, ApiError> {
    let provider = fetch_provider(api, slug).await?;
    let service = match api {
        Some(api) => api.service(service).await,
        None => Api.service(service).await,
    };
    match service {
        Ok(service) => Ok((provider, Some(service).filter(is_offered))),
        Err(error) if error.code() == Some(Code::NotFound) => Ok((provider, None)),
        Err(error) => Err(error),
    }
}

fn is_offered(service: &Service) -> bool {
    service.status == ServiceStatus::Active
}

fn known(api: Option<AuthorizedApi>, slug: String, service: Uuid) -> Option<Offer> {
    let provider = known_provider(api, slug)?;
    let service = match api {
        Some(api) => api.service(service).known(),
        None => Api.service(service).known(),
    };
    Some((provider, Some(service?).filter(is_offered)))
}

/// `/p/{slug}/{service}`
#[component]
pub fn BookPage() -> impl IntoView {
    let (slug, service) = (param("slug"), id_param("service"));
    let session = Session::here();
    // Logging in on the way must not throw away what was typed: only the first answer counts.
    let api = StoredValue::new(None::<Option<AuthorizedApi>>);
    let settled = Memo::new(move |_| session.settled());
    let who = move || {
        if settled.get() && api.get_value().is_none() {
            api.set_value(Some(session.api_now()));
        }
        api.get_value().flatten()
    };
    let before = move || settled.get().then(|| known(who(), slug.get(), service.get())).flatten();
    let loaded = Remote::warm(before, move || {
        let (slug, service, settled, api) = (slug.get(), service.get(), settled.get(), who());
        async move {
            if !settled {
                std::future::pending::<()>().await;
            }
            fetch(api, slug, service).await
        }
    });
    let turn = FocusTurn::here();
    view! {
        <div class="page book-page">
            {move || match loaded.get() {
                Load::Loading => skeleton(),
                Load::Failed(error) if error.code() == Some(Code::NotFound) => unavailable(),
                Load::Failed(error) => failure(error, Some(Callback::new(move |()| loaded.retry()))),
                Load::Ready((provider, None)) => gone(&provider),
                Load::Ready((provider, Some(service))) => {
                    let look = Callback::new(move |()| {
                        // What says that it is gone takes the focus, for what had it goes as well.
                        turn.next();
                        loaded.refresh();
                    });
                    view! { <Flow provider=provider service=service whom=For::Oneself on_gone=look /> }.into_any()
                }
            }}
        </div>
    }
    .into_any()
}

fn gone(provider: &Provider) -> AnyView {
    let text = &t().booking;
    let href = format!("/p/{}", provider.slug);
    view! {
        <Heading text=provider.name.clone() />
        <Empty title=text.gone_title text=text.gone_text><a class="button primary" href=href>{text.change_service}</a></Empty>
    }
    .into_any()
}

fn skeleton() -> AnyView {
    view! { <div class="flow"><aside class="summary card">{skeleton_lines(5)}</aside><div class="card">{skeleton_rows(5)}</div></div> }
        .into_any()
}
