use super::order::{Mover, Order};
use super::paying;
use crate::components::{Button, Empty, Toasts, skeleton_rows};
use crate::form::Form;
use crate::format::DOT;
use crate::messages::{order_words, service_words, t};
use crate::pages::dashboard::frame::{Own, Part, frame, heading};
use crate::pages::provider::price_of;
use crate::remote::Remote;
use crate::tabs;
use contract::services::{Service, ServiceStatus, Services};
use leptos::prelude::*;

/// `/dashboard/{id}/services`
#[component]
pub fn ServiceList() -> impl IntoView {
    frame(Part::Services, |own| {
        let (api, id) = (own.api, own.provider.id);
        let services = Remote::of(move || api.services(id));
        // The order of the list as it is drawn now, where there is one.
        let order = StoredValue::new(None::<Order>);
        tabs::follow(move |_| {
            if !order.get_value().is_some_and(Order::is_unsaved) {
                services.refresh();
            }
        });
        let new = format!("/dashboard/{id}/services/new");
        let title = heading(service_words().title, &own.provider);
        view! {
            <div class="section-head">{title}<a class="button primary" href=new>{service_words().new}</a></div>
            {services.view(|| skeleton_rows(4), move |list| ready(&own, list, services, order))}
        }
        .into_any()
    })
}

fn ready(
    own: &Own,
    services: Services,
    remote: Remote<Services>,
    known: StoredValue<Option<Order>>,
) -> AnyView {
    let text = service_words();
    if services.items.is_empty() {
        let new = format!("/dashboard/{}/services/new", own.provider.id);
        return view! { <Empty title=text.empty_title text=text.empty_text><a class="button primary" href=new>{text.new}</a></Empty> }.into_any();
    }
    let order = Order::new(own.api, own.provider.id, services.clone(), remote);
    known.set_value(Some(order));
    on_cleanup(move || {
        known.try_set_value(None);
    });
    let (active, archived): (Vec<Service>, Vec<Service>) =
        services.items.into_iter().partition(|service| service.status == ServiceStatus::Active);
    let rows = |services: Vec<Service>| {
        services
            .into_iter()
            .map(|service| view! { <Row own=own.clone() service=service remote=remote order=order /> })
            .collect_view()
    };
    let hidden = (!archived.is_empty()).then(|| {
        view! {
            <section class="archived">
                <h2>{text.archived}</h2>
                <p class="muted">{text.archive_text}</p>
                <ul class="service-rows">{rows(archived)}</ul>
            </section>
        }
    });
    view! { <Active own=own.clone() services=active order=order remote=remote />{hidden} }.into_any()
}

/// What is offered, in an order that can be changed.
#[component]
fn Active(own: Own, services: Vec<Service>, order: Order, remote: Remote<Services>) -> impl IntoView {
    let several = services.len() > 1;
    let services = StoredValue::new(services);
    let row = move |id: uuid::Uuid| {
        let service = services.with_value(|all| all.iter().find(|service| service.id == id).cloned())?;
        let mover = several.then(|| Mover { order, id, name: service.name.clone() });
        Some(view! { <Row own=own.clone() service=service remote=remote order=order mover=mover /> })
    };
    view! {
        <p class="hidden" role="status">{move || order.said()}</p>
        {several.then(|| view! { <p class="muted order-hint">{order_words().hint}</p> })}
        <ul class="service-rows" class:sorting=move || order.dragging() node_ref=order.list()>
            <For each=move || order.ids() key=|id| *id let(id)>{row(id)}</For>
        </ul>
        <crate::components::FormMessage form=order.form() />
    }
    .into_any()
}

#[component]
fn Row(
    own: Own,
    service: Service,
    remote: Remote<Services>,
    order: Order,
    #[prop(optional_no_strip)] mover: Option<Mover>,
) -> impl IntoView {
    let text = service_words();
    let (form, toasts) = (Form::new(), Toasts::here());
    let active = service.status == ServiceStatus::Active;
    let (api, id, version) = (own.api, service.id, service.version);
    let switch = Callback::new(move |()| {
        let status = if active { ServiceStatus::Archived } else { ServiceStatus::Active };
        let switched = async move {
            // An order that waits is of the list as it is before this.
            let version = order.settled(id).await.unwrap_or(version);
            api.patch_service(id, version, serde_json::json!({ "status": status }).to_string()).await
        };
        form.send(switched, move |_| {
            toasts.say(if active { text.is_archived } else { text.is_restored });
            remote.refresh();
        });
    });
    let href = format!("/dashboard/{}/services/{id}", own.provider.id);
    let facts: Vec<String> = [
        Some((t().common.duration)(service.duration_minutes)),
        Some((text.place)(service.location).to_owned()),
        paying::fact(&service),
        (service.capacity > 1).then(|| (t().provider.group)(service.capacity)),
        service.approval_required.then(|| t().provider.on_request.to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    view! {
        <li class="service-row" class:movable=mover.is_some() class:dragged={
                let mover = mover.clone();
                move || mover.as_ref().is_some_and(Mover::is_dragged)
            } on:keydown={
                let mover = mover.clone();
                move |event| {
                    if let Some(mover) = &mover {
                        mover.key(&event, event.alt_key());
                    }
                }
            }>
            {mover.as_ref().map(Mover::grip)}
            <div class="what">
                <h2>{service.name.clone()}</h2>
                <p class="facts">{facts.join(DOT)}</p>
                <crate::components::FormMessage form=form />
            </div>
            <p class="price">{price_of(service.price_minor, &service.currency)}</p>
            <div class="actions">
                {mover.as_ref().map(Mover::buttons)}
                <a class="button" href=href aria-label=(text.edit_named)(&service.name)>{t().common.edit}</a>
                <Button busy=form.busy() on_press=switch>{if active { text.archive } else { text.restore }}</Button>
            </div>
        </li>
    }
    .into_any()
}
