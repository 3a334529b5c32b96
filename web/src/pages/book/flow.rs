//! The steps: a time, the details, done.

use super::booked;
use super::details::Details;
use super::draft::Draft;
use super::party::Party;
use super::place::Place;
use super::summary::Summary;
use crate::components::{Empty, FocusTurn, Heading, Icon};
use crate::first::in_turn;
use crate::messages::t;
use crate::pages::{pay, viewer_zone};
use crate::picker::{Months, Picker, PickerState, Times};
use crate::session::Session;
use contract::accounts::User;
use contract::payments::PaymentMode;
use contract::providers::Provider;
use contract::services::Service;
use leptos::prelude::*;

/// Who the booking is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// The person at the screen.
    Oneself,
    /// A client of the provider at the screen.
    Client,
}

/// Booking one service.
#[component]
pub fn Flow(
    provider: Provider,
    service: Service,
    whom: For,
    /// The service may be offered no longer.
    on_gone: Callback<()>,
) -> impl IntoView {
    let zone = if whom == For::Client { provider.time_zone.clone() } else { viewer_zone() };
    // What a provider books is agreed at once and paid there, also on its own page.
    let mine = |user: &User| user.providers.iter().any(|own| own.provider_id == provider.id);
    let service = match untrack(|| Session::here().user()) {
        Some(user) if mine(&user) => {
            Service { payment_mode: PaymentMode::OnSite, payable: true, approval_required: false, ..service }
        }
        _ => service,
    };
    if whom == For::Oneself && !service.payable {
        return not_now(&provider, &service);
    }
    let place = Place::here(zone, service.capacity);
    let times = if whom == For::Client { Times::Client(service.id) } else { Times::Service(service.id) };
    let months = Months::new(times, service.id);
    Effect::new(move |_| {
        if months.is_gone() {
            on_gone.run(());
        }
    });
    let draft = Draft::new(whom == For::Oneself, service.id);
    if whom == For::Oneself {
        booked::prepare();
        if service.price_minor > 0 {
            pay::prepare();
        }
    }
    let (turn, start) = (FocusTurn::here(), place.start);
    // Each step has a heading of its own, which takes the focus when the person gets there.
    Effect::new(move |before: Option<bool>| {
        let chosen = start.get().is_some();
        if before.is_some_and(|before| before != chosen) {
            turn.next();
        }
        chosen
    });
    let in_details = Memo::new(move |_| start.get().is_some());
    let step = {
        let (provider, service) = (provider.clone(), service.clone());
        move || {
            match in_details.get() {
            false => choose_time(place, months, &provider, &service),
            true => view! { <Details provider=provider.clone() service=service.clone() place=place months=months draft=draft whom=whom /> }.into_any(),
        }
        }
    };
    view! {
        <div class="flow">
            {in_turn(move || view! {
                <Summary provider=provider.clone() service=service.clone() start=start zone=place.zone party=place.party />
            }.into_any())}
            <div class="card step">
                <Steps at=Signal::derive(move || if in_details.get() { 1 } else { 0 }) />
                {step}
            </div>
        </div>
    }
    .into_any()
}

/// Said before anything is chosen or typed.
fn not_now(provider: &Provider, service: &Service) -> AnyView {
    let text = &t().provider;
    let href = format!("/p/{}", provider.slug);
    view! {
        <Heading text=service.name.clone() />
        <Empty title=text.not_now text=text.not_now_text><a class="button primary" href=href>{t().booking.change_service}</a></Empty>
    }
    .into_any()
}

fn choose_time(place: Place, months: Months, provider: &Provider, service: &Service) -> AnyView {
    let (capacity, group, zone) = (service.capacity, service.capacity > 1, provider.time_zone.clone());
    let state = PickerState {
        zone: place.zone.into(),
        day: place.day.into(),
        near: None,
        party: place.party.into(),
        on_zone: Callback::new(move |zone| place.show_zone(zone)),
        on_day: Callback::new(move |day| place.show_day(day)),
        on_time: Callback::new(move |slot: contract::slots::Slot| place.choose(slot.start_at)),
    };
    view! {
        <Heading text=t().booking.choose_heading title=(t().booking.choose_title)(&service.name) />
        {group.then(|| view! { <Party value=place.party most=service.capacity on_change=Callback::new(move |party| place.set_party(party)) /> })}
        {in_turn(move || view! { <Picker months=months state=state provider_zone=zone.clone() capacity=capacity /> }.into_any())}
    }
    .into_any()
}

/// How far along the person is.
#[component]
pub fn Steps(#[prop(into)] at: Signal<usize>) -> impl IntoView {
    let words = &t().booking;
    let step = move |index: usize, name: &'static str| {
        view! {
            <li class:past=move || { at.get() > index } aria-current=move || (at.get() == index).then_some("step")>
                <span class="number">{move || if at.get() > index { Icon::Check.draw() } else { (index + 1).into_any() }}</span>
                {name}
            </li>
        }
    };
    view! {
        <ol class="steps" aria-label=words.steps>
            {step(0, words.step_time)}{step(1, words.step_details)}{step(2, words.step_done)}
        </ol>
    }
    .into_any()
}
