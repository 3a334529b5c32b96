//! The page as customers will see it, before they do.

use super::Progress;
use super::steps::Step;
use crate::categories;
use crate::components::{Avatar, Button, FormMessage, Heading, Icon, Kind};
use crate::form::Form;
use crate::messages::{t, welcome};
use crate::nav::Go;
use crate::pages::dashboard::frame::Own;
use crate::pages::provider::{place_of, price_of};
use leptos::prelude::*;

/// What customers will see, and the button that lets them.
#[component]
pub fn Preview(own: Own, known: Progress) -> impl IntoView {
    let text = welcome();
    let (form, go) = (Form::new(), Go::here());
    let Own { api, provider, remote } = own;
    let (id, published) = (provider.id, provider.published);
    let version = RwSignal::new(provider.version);
    let category = provider.category.clone();
    let (place, done) = (place_of(&provider), Step::Done.path(id));
    let publish = Callback::new(move |()| {
        let done = done.clone();
        form.send_or(
            api.publish(id, version.get_untracked(), true),
            move |provider| {
                remote.set(provider);
                go.to(&done);
            },
            move |error| form.renew(error, version, api.provider_version(id)),
        );
    });
    let lacking = [
        (known.services.is_empty(), text.lacks_service, Step::Service),
        (!known.has_hours(), text.lacks_hours, Step::Hours),
    ];
    let lacking: Vec<_> = lacking.into_iter().filter(|(lacks, ..)| *lacks).collect();
    let ready = lacking.is_empty();
    let lacking =
        lacking.into_iter().map(|(_, words, step)| view! { <li><a href=step.path(id)>{words}</a></li> });
    let services = known.services.iter().map(|service| {
        let length = (t().common.duration)(service.duration_minutes);
        view! {
            <li><span>{service.name.clone()}<br/><span class="facts">{length}</span></span>
                <b class="price">{price_of(service.price_minor, &service.currency)}</b></li>
        }
    });
    let action = if published {
        view! { <a class="button primary" href=Step::Done.path(id)>{text.go_on}</a> }.into_any()
    } else {
        let barred = Signal::derive(move || !ready);
        view! { <Button kind=Kind::Primary busy=form.busy() disabled=barred on_press=publish>{t().dashboard.publish}</Button> }.into_any()
    };
    view! {
        <Heading text=text.preview_title />
        <p class="lead">{text.preview_lead}</p>
        <section class="card preview-page" aria-label=text.preview_title>
            <div class="preview-head">
                <Avatar url=provider.portrait_url.clone() large=true />
                <div>
                    <p class="trade">{move || categories::name(&category)}</p>
                    <h2>{provider.name.clone()}</h2>
                    {(!place.is_empty()).then(|| view! { <p class="muted preview-place">{Icon::Pin.draw()}{place}</p> })}
                </div>
            </div>
            <ul class="preview-services">{services.collect_view()}</ul>
        </section>
        <div class="welcome-end">
            {(!ready).then(|| view! { <div class="notice"><p>{text.lacking}</p><ul>{lacking.collect_view()}</ul></div> })}
            <FormMessage form=form />
            <div class="actions">
                {action}
                <a class="button quiet" href=format!("/p/{}", provider.slug)>{text.whole_page}</a>
                <a class="button quiet" href=format!("/dashboard/{id}/profile")>{text.more_profile}</a>
            </div>
        </div>
    }
    .into_any()
}
