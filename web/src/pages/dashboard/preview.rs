//! One's page as customers see it, before they do.

use super::frame::{Own, Part, frame};
use super::share::Share;
use crate::components::{Button, FormMessage, Icon, Kind, Toasts};
use crate::form::Form;
use crate::messages::{share_words, t};
use crate::pages::provider::{fetch_facts, show, skeleton};
use crate::remote::Remote;
use leptos::prelude::*;

/// `/dashboard/{id}/preview`
#[component]
pub fn Preview() -> impl IntoView {
    frame(Part::Profile, |own| {
        let (api, key) = (own.api, own.provider.id.to_string());
        let facts = Remote::new(move || fetch_facts(Some(api), key.clone())).agree();
        view! { <Bar own=own /><div class="provider-page preview">{facts.view(skeleton, show)}</div> }
            .into_any()
    })
}

/// What this is, and the way on.
#[component]
fn Bar(own: Own) -> impl IntoView {
    let (text, desk) = (share_words(), &t().dashboard);
    let (form, toasts) = (Form::new(), Toasts::here());
    let Own { api, provider, remote } = own;
    let (id, published) = (provider.id, provider.published);
    let version = RwSignal::new(provider.version);
    let publish = Callback::new(move |()| {
        form.send_or(
            api.publish(id, version.get_untracked(), true),
            move |provider| {
                toasts.say(desk.now_published);
                remote.set(provider);
            },
            move |error| form.renew(error, version, api.provider_version(id)),
        );
    });
    let words = if published { text.preview_note } else { text.preview_hidden };
    let action = if published {
        view! { <Share api=api provider=provider /> }.into_any()
    } else {
        view! { <Button kind=Kind::Primary busy=form.busy() on_press=publish>{desk.publish}</Button> }
            .into_any()
    };
    view! {
        <div class="preview-bar">
            <p>{Icon::Screen.draw()}{words}</p>
            <div class="actions">
                <a class="button quiet" href=format!("/dashboard/{id}/profile")>{text.to_profile}</a>
                {action}
            </div>
            <FormMessage form=form />
        </div>
    }
    .into_any()
}
