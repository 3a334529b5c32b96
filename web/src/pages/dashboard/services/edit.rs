use super::fields::{ServiceFields, ServiceForm, stored};
use crate::changes::{changed, tell};
use crate::components::{Button, FormMessage, Kind, Toasts, skeleton_lines};
use crate::form::Form;
use crate::messages::{service_words, t};
use crate::nav::Go;
use crate::pages::dashboard::frame::{Own, Part, frame, heading};
use crate::pages::id_param;
use crate::remote::Remote;
use contract::services::Service;
use leptos::prelude::*;

/// `/dashboard/{id}/services/new`
#[component]
pub fn NewService() -> impl IntoView {
    frame(Part::Services, |own| view! { <Create own=own /> }.into_any())
}

#[component]
fn Create(own: Own) -> impl IntoView {
    let text = service_words();
    let (form, go, toasts) = (Form::new(), Go::here(), Toasts::here());
    let fields = ServiceFields::new(&own.provider.currency);
    let form = form.guard(move || fields.written());
    let (api, id) = (own.api, own.provider.id);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(body) = fields.read(form) {
            form.send(api.create_service(id, form.key(), body), move |_| {
                toasts.say(text.created);
                go.replace(&format!("/dashboard/{id}/services"));
            });
        }
    };
    view! {
        <div class="desk-narrow stack">
            {heading(text.new_title, &own.provider)}
            <form novalidate=true class="form card" on:submit=submit>
                <ServiceForm form=form fields=fields provider=id />
                <FormMessage form=form />
                <div class="actions">
                    <Button kind=Kind::Primary submit=true busy=form.busy()>{text.create}</Button>
                    <a class="button" href=format!("/dashboard/{id}/services")>{t().common.cancel}</a>
                </div>
            </form>
        </div>
    }
    .into_any()
}

/// `/dashboard/{id}/services/{service}`
#[component]
pub fn EditService() -> impl IntoView {
    let service = id_param("service");
    frame(Part::Services, move |own| {
        let api = own.api;
        let loaded = Remote::new(move || api.service(service.get())).agree_once_saved();
        loaded.view(
            || skeleton_lines(9),
            move |service| view! { <Edit own=own.clone() service=service /> }.into_any(),
        )
    })
}

#[component]
fn Edit(own: Own, service: Service) -> impl IntoView {
    let (form, go, toasts) = (Form::new(), Go::here(), Toasts::here());
    let fields = ServiceFields::of(&service);
    let form = form.guard(move || fields.written());
    let (api, id, provider) = (own.api, service.id, own.provider.id);
    let version = RwSignal::new(service.version);
    let (seen, before) = (ServiceFields::of(&service), StoredValue::new(stored(&service)));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(body) = fields.read(form) {
            form.send_or(
                api.patch_service(
                    id,
                    version.get_untracked(),
                    before.with_value(|before| changed(before, &body)),
                ),
                move |_| {
                    toasts.say(t().common.saved);
                    go.to(&format!("/dashboard/{provider}/services"));
                },
                move |error| {
                    let now = async move { api.service(id).await };
                    form.renew_with(error, now, move |now| {
                        before.set_value(stored(&now));
                        version.try_set(now.version);
                        tell(form, fields.follow(seen, ServiceFields::of(&now)));
                    });
                },
            );
        }
    };
    view! {
        <div class="desk-narrow stack">
            {heading(&(service_words().edit_title)(&service.name), &own.provider)}
            <form novalidate=true class="form card" on:submit=submit>
                <ServiceForm form=form fields=fields provider=provider />
                <FormMessage form=form />
                <div class="actions">
                    <Button kind=Kind::Primary submit=true busy=form.busy()>{t().common.save}</Button>
                    <a class="button" href=format!("/dashboard/{provider}/services")>{t().common.cancel}</a>
                </div>
            </form>
        </div>
    }
    .into_any()
}
