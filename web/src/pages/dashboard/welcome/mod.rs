//! From an account to a published page, step by step. Where somebody stands is read from what exists on the server, so
//! that leaving, another device and the back button lose nothing.

mod done;
mod hours;
mod later;
mod preview;
mod profile;
mod rows;
mod service;
mod steps;
mod templates;

use super::frame::{Own, keep_named, not_yours};
use crate::api::{ApiError, AuthorizedApi};
use crate::components::{Stepper, skeleton_rows};
use crate::nav::Go;
use crate::pages::account::{members_only, newcomers_register};
use crate::pages::{id_param, param};
use crate::remote::Remote;
use crate::session::Session;
use contract::bookings::Booking;
use contract::schedules::Schedule;
use contract::services::{Service, ServiceStatus};
use later::Doing;
use leptos::prelude::*;
use steps::Step;
use uuid::Uuid;

/// What has been done so far.
#[derive(Clone, PartialEq)]
pub struct Progress {
    /// What customers can book.
    services: Vec<Service>,
    schedule: Schedule,
}

impl Progress {
    async fn load(api: AuthorizedApi, id: Uuid) -> Result<Self, ApiError> {
        let services = api.services(id).await?.items;
        let services =
            services.into_iter().filter(|service| service.status == ServiceStatus::Active).collect();
        Ok(Self { services, schedule: api.schedule(id).await? })
    }

    fn has_hours(&self) -> bool {
        !self.schedule.weekly.is_empty() || !self.schedule.exceptions.is_empty()
    }
}

/// `/dashboard/new`
#[component]
pub fn NewProvider() -> impl IntoView {
    let inside = newcomers_register(|api| {
        view! {
            {stepper(Step::Profile, None)}
            <profile::Create api=api />
        }
        .into_any()
    });
    view! { <div class="page welcome">{inside}</div> }.into_any()
}

/// `/dashboard/{id}/welcome` and `/dashboard/{id}/welcome/{step}`
#[component]
pub fn Welcome() -> impl IntoView {
    let (id, step) = (id_param("provider"), param("step"));
    // What the last change of the profile left outside the hours; the steps are drawn anew with what was saved.
    let left = RwSignal::new(Vec::new());
    let inside = members_only(move |api| {
        let pages = untrack(|| Session::here().user()).map(|user| user.providers).unwrap_or_default();
        if !pages.iter().any(|page| page.provider_id == id.get()) {
            return not_yours();
        }
        let remote = Remote::new(move || api.provider(id.get().to_string()));
        keep_named(remote);
        let progress = Remote::new(move || Progress::load(api, id.get()));
        remote.view(
            || skeleton_rows(5),
            move |provider| {
                let own = Own { api, provider, remote };
                progress.view(|| skeleton_rows(5), move |known| draw(&own, &known, progress, step, left))
            },
        )
    });
    view! { <div class="page welcome">{inside}</div> }.into_any()
}

fn draw(
    own: &Own,
    known: &Progress,
    progress: Remote<Progress>,
    step: Memo<String>,
    left: RwSignal<Vec<Booking>>,
) -> AnyView {
    let go = Go::here();
    let (own, known) = (own.clone(), known.clone());
    (move || {
        let Some(now) = Step::named(&step.get()) else {
            // No step is named: on to the first that is open.
            go.replace(&Step::open(&own.provider, &known).path(own.provider.id));
            return skeleton_rows(5);
        };
        let doing = || Doing { own: own.clone(), known: known.clone(), progress };
        let body = match now {
            Step::Profile => view! { <profile::Edit own=own.clone() left=left /> }.into_any(),
            Step::Service => {
                view! { <service::Offer own=own.clone() known=known.clone() progress=progress /> }.into_any()
            }
            Step::Hours => later::hours(doing()),
            Step::Preview => later::preview(doing()),
            Step::Done => view! { <done::Done own=own.clone() /> }.into_any(),
        };
        view! { {stepper(now, Some((&own, &known)))}{body} }.into_any()
    })
    .into_any()
}

fn stepper(now: Step, known: Option<(&Own, &Progress)>) -> AnyView {
    view! { <Stepper label=crate::messages::welcome().steps steps=Step::shown(now, known) /> }.into_any()
}
