//! The way in: to one's page, or to making one.

use super::profile::{ProfileFields, ProfileForm};
use crate::api::AuthorizedApi;
use crate::components::{Button, FormMessage, Heading, Kind, skeleton_rows};
use crate::form::Form;
use crate::messages::t;
use crate::nav::Go;
use crate::pages::account::members_only;
use crate::session::Session;
use leptos::prelude::*;

/// `/dashboard`
#[component]
pub fn Desk() -> impl IntoView {
    let go = Go::here();
    members_only(move |_| {
        let first = untrack(|| Session::here().user()).and_then(|user| user.providers.first().cloned());
        Effect::new(move |_| match &first {
            Some(page) => go.replace(&format!("/dashboard/{}", page.provider_id)),
            None => go.replace("/dashboard/new"),
        });
        view! { <div class="page">{skeleton_rows(4)}</div> }.into_any()
    })
}

/// `/dashboard/new`
#[component]
pub fn NewProvider() -> impl IntoView {
    members_only(|api| view! { <Create api=api /> }.into_any())
}

#[component]
fn Create(api: AuthorizedApi) -> impl IntoView {
    let text = &t().dashboard;
    let (form, go, session) = (Form::new(), Go::here(), Session::here());
    let fields = ProfileFields::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if form.require(&fields.needed()) {
            form.send(api.create_provider(fields.create()), move |provider| {
                leptos::task::spawn_local(async move {
                    // The session lists the pages one acts for.
                    session.reload().await;
                    go.replace(&format!("/dashboard/{}", provider.id));
                });
            });
        }
    };
    view! {
        <div class="page narrow">
            <Heading text=text.create_title />
            <p class="lead">{text.create_lead}</p>
            <form novalidate=true class="form card" on:submit=submit>
                <ProfileForm form=form fields=fields />
                <FormMessage form=form />
                <div class="actions"><Button kind=Kind::Primary submit=true busy=form.busy()>{text.create_action}</Button></div>
            </form>
        </div>
    }
    .into_any()
}
