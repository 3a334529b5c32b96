//! What is due now and what at the appointment, as the server works it out.

use super::{coupon, policy, waiting};
use crate::api::{Api, ApiError};
use crate::components::Button;
use crate::form::Form;
use crate::format::{decimal, money};
use crate::messages::{t, till};
use crate::pages::client_zone;
use crate::session::Session;
use contract::bookings::Booking;
use contract::coupons::{PriceQuery, PriceQuote};
use contract::payments::{CancellationPolicy, PaymentMode};
use contract::providers::Provider;
use contract::services::Service;
use leptos::prelude::*;
use time::OffsetDateTime;

/// What is about to be booked, and where to tell what is due.
#[derive(Clone)]
pub struct Due {
    /// Whose policy holds.
    pub provider: Provider,
    /// What is booked.
    pub service: Service,
    /// When, once it is chosen.
    pub start: Signal<Option<OffsetDateTime>>,
    /// The zone in which it was chosen.
    pub zone: Signal<String>,
    /// For how many.
    pub party: Signal<u32>,
    /// The coupon that was typed.
    pub coupon: RwSignal<String>,
    /// The form around it.
    pub form: Form,
    /// Here it tells the price, and what of it is due now.
    pub quote: RwSignal<Option<PriceQuote>>,
    /// Here it tells that a price which was said is being asked for anew.
    pub stale: RwSignal<bool>,
}

impl Due {
    /// Whether anything is paid when booking.
    pub fn is_prepaid(&self) -> bool {
        self.service.payment_mode != PaymentMode::OnSite
    }
}

/// How far the price is known.
#[derive(Clone, Copy)]
pub struct Price {
    /// What it costs.
    pub quote: RwSignal<Option<PriceQuote>>,
    /// What is wrong with the coupon.
    pub refused: RwSignal<Option<String>>,
    /// Why the price is not known.
    failed: RwSignal<Option<ApiError>>,
    /// Whether it is being asked for.
    pub busy: RwSignal<bool>,
    /// The coupon that was asked about.
    pub applied: RwSignal<String>,
}

/// What is due, the policy, and a coupon.
pub fn draw(due: Due) -> AnyView {
    let price = Price {
        quote: due.quote,
        refused: RwSignal::new(None),
        failed: RwSignal::new(None),
        busy: RwSignal::new(false),
        applied: RwSignal::new(due.coupon.get_untracked().trim().to_owned()),
    };
    let prepaid = due.is_prepaid();
    price.follow(&due);
    let service = due.service.clone();
    let tax = service.vat_rate;
    let sums = move || match (price.quote.get(), price.failed.get()) {
        (Some(quote), _) => sums(&quote, prepaid, tax),
        (None, Some(error)) => failed(&error, price),
        (None, None) if prepaid => waiting::price(&service),
        (None, None) => ().into_any(),
    };
    let on_answer = (prepaid && due.service.approval_required)
        .then(|| view! { <p class="hint">{(till().on_answer)(&due.provider.name)}</p> });
    let (provider, start, zone) = (due.provider.clone(), due.start, due.zone);
    let request = due.service.approval_required;
    // A coupon may leave nothing to pay, and so nothing to come back.
    let owes = Memo::new(move |_| {
        prepaid && price.quote.with(|quote| quote.as_ref().is_none_or(|quote| quote.due_minor > 0))
    });
    let terms = move || {
        owes.get().then(|| {
            let start = start.get()?;
            let before = request.then(|| view! { <p class="hint">{till().before_answer}</p> });
            Some(view! { {before}{policy_of(&provider.cancellation_policy, start, &zone.get())} })
        })
    };
    view! {
        <div class="due">
            {sums}
            {on_answer}
            {terms}
            {coupon::draw(due.coupon, due.form, price)}
        </div>
    }
    .into_any()
}

/// What is due now and what at the appointment of a booking, the tax in it, and what a cancellation brings back.
pub fn agreed(booking: Booking) -> AnyView {
    let Booking { money, price_minor, .. } = &booking;
    let quote = PriceQuote {
        price_minor: *price_minor,
        discount_minor: money.discount_minor,
        due_minor: money.due_minor,
        vat_minor: money.vat_minor,
        currency: booking.currency.clone(),
    };
    view! {
        {sums(&quote, true, money.vat_rate)}
        {policy_of(&money.cancellation_policy, booking.start_at, &client_zone(&booking))}
    }
    .into_any()
}

fn policy_of(policy: &CancellationPolicy, start: OffsetDateTime, zone: &str) -> AnyView {
    let lines = policy::lines(policy, Some((start, zone)));
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! { <ul class="policy hint" aria-label=till().policy>{lines}</ul> }.into_any()
}

impl Price {
    /// Asks again whenever the number of people or the coupon becomes another.
    fn follow(self, due: &Due) {
        let (id, party, prepaid, stale) = (due.service.id, due.party, due.is_prepaid(), due.stale);
        let (session, turn) = (Session::here(), StoredValue::new(0_u32));
        Effect::new(move |_| {
            let (party, code) = (party.get(), self.applied.get());
            let mine = turn.get_value() + 1;
            turn.set_value(mine);
            self.failed.set(None);
            if !prepaid && code.is_empty() {
                self.refused.set(None);
                self.quote.set(None);
                self.busy.set(false);
                stale.set(false);
                return;
            }
            self.busy.set(true);
            // Nobody books at a price that holds no longer.
            stale.set(self.quote.with_untracked(Option::is_some));
            let api = session.api_now();
            let ask = move |coupon: Option<String>| {
                Api.price(api, id, &PriceQuery { party_size: Some(party), coupon }).into_future()
            };
            leptos::task::spawn_local(async move {
                let coupon = Some(code).filter(|code| !code.is_empty());
                let mut answer = ask(coupon.clone()).await;
                let mut refused = None;
                if let (Err(error), Some(_)) = (&answer, coupon) {
                    refused = Some(what_is_wrong(error));
                    // What it costs without.
                    answer = ask(None).await;
                }
                // The page may be gone, or have asked for something else since.
                if turn.try_get_value() == Some(mine) {
                    self.busy.try_set(false);
                    stale.try_set(false);
                    self.refused.try_set(refused);
                    self.failed.try_set(answer.as_ref().err().cloned());
                    self.quote.try_set(answer.ok());
                }
            });
        });
    }
}

fn what_is_wrong(error: &ApiError) -> String {
    let field = error.problem().and_then(|problem| problem.errors.first());
    field.map_or_else(|| error.sentence(), |field| (t().problems.field)(&field.code, &field.message))
}

fn failed(error: &ApiError, price: Price) -> AnyView {
    let again = Callback::new(move |()| price.applied.update(|_| ()));
    view! { <div class="notice bad" role="alert"><p>{error.sentence()}</p><Button on_press=again>{t().common.retry}</Button></div> }
        .into_any()
}

/// The price with what a coupon takes off, and when which part of it is paid.
fn sums(quote: &PriceQuote, prepaid: bool, tax: Option<u32>) -> AnyView {
    let words = till();
    let amount = |minor: i64| money(minor, &quote.currency);
    let row = |name: &'static str, value: String, class: &'static str| {
        view! { <div class=class><dt>{name}</dt><dd>{value}</dd></div> }
    };
    let reduced = (quote.discount_minor > 0).then(|| {
        view! {
            {row(words.price, amount(quote.price_minor + quote.discount_minor), "")}
            {row(words.coupon_off, format!("−{}", amount(quote.discount_minor)), "")}
        }
    });
    let rest = quote.price_minor - quote.due_minor;
    let now = prepaid.then(|| row(words.due_now, amount(quote.due_minor), "total"));
    let later = (rest > 0).then(|| row(words.later, amount(rest), if prepaid { "" } else { "total" }));
    let free = (!prepaid && rest == 0).then(|| row(words.later, amount(0), "total"));
    let tax = tax.zip(quote.vat_minor).map(|(percent, minor)| {
        view! { <p class="hint">{(words.vat)(&amount(minor), &decimal(percent.into(), 2))}</p> }
    });
    view! { <dl class="facts-table sums" aria-live="polite">{reduced}{now}{later}{free}</dl>{tax} }.into_any()
}
