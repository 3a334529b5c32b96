//! The form of a service.

use super::paying::{Paying, PayingFields};
use super::span::{Span, SpanField};
use crate::changes::{Rival, follow, follow_all, in_words};
use crate::components::{Check, Field, Select};
use crate::form::Form;
use crate::format::{Named, input_amount, parse_amount};
use crate::messages::{service_words, t};
use contract::payments::PaymentMode;
use contract::services::{CreateService, Location, Service};
use leptos::prelude::*;
use uuid::Uuid;

const PLACES: [(&str, Location); 4] = [
    ("provider", Location::Provider),
    ("customer", Location::Customer),
    ("phone", Location::Phone),
    ("online", Location::Online),
];

/// Where the texts and spans of the form stand in a request, each in the order of the form's own lists.
const TEXTS: [&str; 9] = [
    "/name",
    "/description",
    "/price_minor",
    "/location",
    "/location_detail",
    "/horizon_days",
    "/capacity",
    "/day_limit",
    "/week_limit",
];
const SPANS: [&str; 5] = [
    "/duration_minutes",
    "/buffer_before_minutes",
    "/buffer_after_minutes",
    "/slot_step_minutes",
    "/minimum_notice_minutes",
];

fn place(code: &str) -> Option<Location> {
    PLACES.iter().find(|(known, _)| *known == code).map(|(_, place)| *place)
}

/// What the form holds.
#[derive(Clone, Copy)]
pub struct ServiceFields {
    name: RwSignal<String>,
    description: RwSignal<String>,
    duration: Span,
    price: RwSignal<String>,
    currency: StoredValue<String>,
    location: RwSignal<String>,
    location_detail: RwSignal<String>,
    approval: RwSignal<bool>,
    before: Span,
    after: Span,
    step: Span,
    notice: Span,
    horizon: RwSignal<String>,
    capacity: RwSignal<String>,
    day_limit: RwSignal<String>,
    week_limit: RwSignal<String>,
    paying: Paying,
}

impl ServiceFields {
    /// What most services begin with.
    pub fn new(currency: &str) -> Self {
        Self {
            name: RwSignal::default(),
            description: RwSignal::default(),
            duration: Span::new(Some(60), 1),
            price: RwSignal::default(),
            currency: StoredValue::new(currency.to_owned()),
            location: RwSignal::new("provider".to_owned()),
            location_detail: RwSignal::default(),
            approval: RwSignal::new(false),
            before: Span::new(None, 1),
            after: Span::new(None, 1),
            step: Span::new(None, 1),
            notice: Span::new(None, 60),
            horizon: RwSignal::new("60".to_owned()),
            capacity: RwSignal::new("1".to_owned()),
            day_limit: RwSignal::default(),
            week_limit: RwSignal::default(),
            paying: Paying::new(),
        }
    }

    /// As it is stored.
    pub fn of(service: &Service) -> Self {
        let some = |minutes: u32| Some(minutes).filter(|minutes| *minutes > 0);
        let limit =
            |limit: Option<u32>| RwSignal::new(limit.map(|limit| limit.to_string()).unwrap_or_default());
        let place =
            PLACES.iter().find(|(_, place)| *place == service.location).map_or("provider", |(code, _)| code);
        Self {
            name: RwSignal::new(service.name.clone()),
            description: RwSignal::new(service.description.clone()),
            duration: Span::new(Some(service.duration_minutes), 1),
            price: RwSignal::new(input_amount(service.price_minor, &service.currency)),
            currency: StoredValue::new(service.currency.clone()),
            location: RwSignal::new(place.to_owned()),
            location_detail: RwSignal::new(service.location_detail.clone().unwrap_or_default()),
            approval: RwSignal::new(service.approval_required),
            before: Span::new(some(service.buffer_before_minutes), 1),
            after: Span::new(some(service.buffer_after_minutes), 1),
            step: Span::new(service.slot_step_minutes, 1),
            notice: Span::new(some(service.minimum_notice_minutes), 60),
            horizon: RwSignal::new(service.horizon_days.to_string()),
            capacity: RwSignal::new(service.capacity.to_string()),
            day_limit: limit(service.day_limit),
            week_limit: limit(service.week_limit),
            paying: Paying::of(service),
        }
    }

    /// All of it as one line, to see whether something was changed.
    pub fn written(self) -> String {
        let (texts, spans) = (self.texts().map(|field| field.get()), self.spans().map(Span::written));
        let paying = self.paying.texts().map(|field| field.get());
        [&texts[..], &spans, &paying, &[self.approval.get().to_string()]].concat().join("\u{0}")
    }

    /// Takes over what was changed elsewhere since `seen`, except where it was changed here as well.
    pub fn follow(self, seen: Self, now: Self) -> Vec<Rival> {
        let texts = follow_all(TEXTS, self.texts(), seen.texts(), now.texts());
        let named = |code: &str| place(code).map(service_words().place).unwrap_or_default().to_owned();
        let texts = in_words(texts, "/location", named);
        let spans = SPANS.into_iter().zip(self.spans()).zip(seen.spans().into_iter().zip(now.spans()));
        let spans =
            spans.filter_map(|((pointer, mine), (seen, now))| Some((pointer, mine.follow(seen, now)?)));
        follow(self.approval, seen.approval, now.approval);
        let paying = self.paying.follow(seen.paying, now.paying);
        texts.into_iter().chain(spans).chain(paying).collect()
    }

    fn texts(self) -> [RwSignal<String>; 9] {
        [
            self.name,
            self.description,
            self.price,
            self.location,
            self.location_detail,
            self.horizon,
            self.capacity,
            self.day_limit,
            self.week_limit,
        ]
    }

    fn spans(self) -> [Span; 5] {
        [self.duration, self.before, self.after, self.step, self.notice]
    }

    /// The request, unless a field cannot be read; those are marked.
    pub fn read(self, form: Form) -> Option<CreateService> {
        if !form.require(&[
            ("/name", self.name),
            ("/duration_minutes", self.duration.number()),
            ("/price_minor", self.price),
        ]) {
            return None;
        }
        let span = |pointer: &str, span: Span| {
            span.minutes().unwrap_or_else(|()| {
                form.refuse(pointer, t().problems.not_a_number);
                None
            })
        };
        let price = self.currency.with_value(|currency| parse_amount(&self.price.get_untracked(), currency));
        if price.is_none() {
            form.refuse("/price_minor", t().problems.not_an_amount);
        }
        let text = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
        let location = self.location.with_untracked(|code| place(code));
        let mut body = CreateService {
            name: text(self.name),
            description: text(self.description),
            duration_minutes: span("/duration_minutes", self.duration).unwrap_or_default(),
            price_minor: price.unwrap_or_default(),
            payment_mode: PaymentMode::OnSite,
            deposit_minor: None,
            deposit_percent: None,
            vat_rate: None,
            buffer_before_minutes: span("/buffer_before_minutes", self.before).unwrap_or_default(),
            buffer_after_minutes: span("/buffer_after_minutes", self.after).unwrap_or_default(),
            capacity: form.limit("/capacity", self.capacity).unwrap_or(1),
            minimum_notice_minutes: span("/minimum_notice_minutes", self.notice).unwrap_or_default(),
            horizon_days: form.limit("/horizon_days", self.horizon).unwrap_or(60),
            slot_step_minutes: span("/slot_step_minutes", self.step),
            day_limit: form.limit("/day_limit", self.day_limit),
            week_limit: form.limit("/week_limit", self.week_limit),
            approval_required: self.approval.get_untracked(),
            location: location.unwrap_or_default(),
            location_detail: text(self.location_detail),
        };
        self.currency.with_value(|currency| self.paying.read(form, currency, &mut body));
        (!form.refused()).then_some(body)
    }
}

/// A service as it was made, to see what was changed.
pub fn stored(service: &Service) -> CreateService {
    CreateService {
        name: service.name.clone(),
        description: service.description.clone(),
        duration_minutes: service.duration_minutes,
        price_minor: service.price_minor,
        payment_mode: service.payment_mode,
        deposit_minor: service.deposit_minor,
        deposit_percent: service.deposit_percent,
        vat_rate: service.vat_rate,
        buffer_before_minutes: service.buffer_before_minutes,
        buffer_after_minutes: service.buffer_after_minutes,
        capacity: service.capacity,
        minimum_notice_minutes: service.minimum_notice_minutes,
        horizon_days: service.horizon_days,
        slot_step_minutes: service.slot_step_minutes,
        day_limit: service.day_limit,
        week_limit: service.week_limit,
        approval_required: service.approval_required,
        location: service.location,
        location_detail: service.location_detail.clone().unwrap_or_default(),
    }
}

/// The fields, what matters most first.
#[component]
pub fn ServiceForm(form: Form, fields: ServiceFields, provider: Uuid) -> impl IntoView {
    let text = service_words();
    let places =
        PLACES.map(|(code, place)| Named { code: code.to_owned(), name: (text.place)(place).to_owned() });
    let price = fields.currency.with_value(|currency| (text.price)(currency));
    view! {
        <fieldset class="group">
            <legend>{text.what}</legend>
            <Field id="service-name" label=text.name value=fields.name hint=text.name_hint error=form.at("/name") />
            <div class="row">
                <SpanField id="duration" label=text.duration value=fields.duration error=form.at("/duration_minutes") />
                <Field id="price" label=price value=fields.price inputmode="decimal" hint=text.price_hint error=form.at("/price_minor") />
            </div>
            <Field id="description" label=text.description value=fields.description rows=3 hint=text.description_hint optional=true error=form.at("/description") />
        </fieldset>
        <PayingFields form=form paying=fields.paying price=fields.price approval=fields.approval currency=fields.currency.get_value() provider=provider />
        <fieldset class="group">
            <legend>{text.where_it_is}</legend>
            <Select id="location" label=text.location value=fields.location options=places.to_vec() error=form.at("/location") />
            <Field id="location-detail" label=text.location_detail value=fields.location_detail hint=text.location_detail_hint optional=true error=form.at("/location_detail") />
        </fieldset>
        <fieldset class="group">
            <legend>{text.when}</legend>
            <Check id="approval" label=text.approval hint=text.approval_hint value=fields.approval />
            <div class="row">
                <SpanField id="notice" label=text.notice value=fields.notice hint=text.notice_hint optional=true error=form.at("/minimum_notice_minutes") />
                <Field id="horizon" label=text.horizon value=fields.horizon inputmode="numeric" suffix=text.days hint=text.horizon_hint error=form.at("/horizon_days") />
            </div>
            <div class="row">
                <SpanField id="before" label=text.buffer_before value=fields.before hint=text.buffer_hint optional=true error=form.at("/buffer_before_minutes") />
                <SpanField id="after" label=text.buffer_after value=fields.after optional=true error=form.at("/buffer_after_minutes") />
            </div>
            <SpanField id="step" label=text.step value=fields.step hint=text.step_hint optional=true error=form.at("/slot_step_minutes") />
        </fieldset>
        <fieldset class="group">
            <legend>{text.limits}</legend>
            <Field id="capacity" label=text.capacity value=fields.capacity inputmode="numeric" hint=text.capacity_hint error=form.at("/capacity") />
            <div class="row">
                <Field id="day-limit" label=text.day_limit value=fields.day_limit inputmode="numeric" hint=text.no_limit optional=true error=form.at("/day_limit") />
                <Field id="week-limit" label=text.week_limit value=fields.week_limit inputmode="numeric" optional=true error=form.at("/week_limit") />
            </div>
        </fieldset>
    }
    .into_any()
}
