//! How a service is paid: on site, a part when booking, or all of it, and the tax inside its price.

use crate::changes::{Rival, follow, follow_all, in_words};
use crate::components::{Field, FieldNotes, Select, described};
use crate::form::Form;
use crate::format::{Named, decimal, input_amount, money, parse_amount, parse_decimal, share};
use crate::messages::{desk_money, t};
use contract::payments::PaymentMode;
use contract::services::{CreateService, Service};
use domain::payment::{share::WHOLE, vat::contained};
use leptos::prelude::*;
use uuid::Uuid;

const MODES: [(&str, PaymentMode); 3] =
    [("on_site", PaymentMode::OnSite), ("deposit", PaymentMode::Deposit), ("full", PaymentMode::Full)];
const PERCENT: &str = "percent";
const AMOUNT: &str = "amount";

fn mode(code: &str) -> Option<PaymentMode> {
    MODES.iter().find(|(known, _)| *known == code).map(|(_, mode)| *mode)
}

/// What the form holds about money besides the price.
#[derive(Clone, Copy)]
pub struct Paying {
    mode: RwSignal<String>,
    unit: RwSignal<String>,
    deposit: RwSignal<String>,
    vat: RwSignal<String>,
}

impl Paying {
    /// On site, without a tax.
    pub fn new() -> Self {
        Self {
            mode: RwSignal::new(MODES[0].0.to_owned()),
            unit: RwSignal::new(PERCENT.to_owned()),
            deposit: RwSignal::default(),
            vat: RwSignal::default(),
        }
    }

    /// As it is stored.
    pub fn of(service: &Service) -> Self {
        let mode = MODES.iter().find(|(_, mode)| *mode == service.payment_mode).map_or("", |(code, _)| code);
        let (unit, deposit) = match (service.deposit_minor, service.deposit_percent) {
            (Some(minor), _) => (AMOUNT, input_amount(minor, &service.currency)),
            (None, Some(percent)) => (PERCENT, percent.to_string()),
            (None, None) => (PERCENT, String::new()),
        };
        Self {
            mode: RwSignal::new(mode.to_owned()),
            unit: RwSignal::new(unit.to_owned()),
            deposit: RwSignal::new(deposit),
            vat: RwSignal::new(service.vat_rate.map(|rate| decimal(rate.into(), 2)).unwrap_or_default()),
        }
    }

    /// The fields, for whoever looks at all of them.
    pub fn texts(self) -> [RwSignal<String>; 4] {
        [self.mode, self.unit, self.deposit, self.vat]
    }

    /// Takes over what was changed elsewhere since `seen`, except where it was changed here as well.
    pub fn follow(self, seen: Self, now: Self) -> Vec<Rival> {
        // Whether it is a share or an amount is no news without its number.
        follow(self.unit, seen.unit, now.unit);
        let told = |all: Self| [all.mode, all.deposit, all.vat];
        let pointers = ["/payment_mode", "/deposit_percent", "/vat_rate"];
        let named = |code: &str| mode(code).map(desk_money().mode_name).unwrap_or_default().to_owned();
        in_words(follow_all(pointers, told(self), told(seen), told(now)), "/payment_mode", named)
    }

    fn mode(self) -> PaymentMode {
        self.mode.with(|code| mode(code)).unwrap_or(PaymentMode::OnSite)
    }

    /// The share of the price that is paid when booking, where that is one.
    fn percent(self) -> Option<u32> {
        let text = self.deposit.get();
        text.trim().parse().ok().filter(|percent| (1..100).contains(percent))
    }

    /// Hundredths of a percent; nothing where it is empty, an error where it is no rate.
    fn rate(self) -> Result<Option<u32>, ()> {
        let text = self.vat.get();
        if text.trim().is_empty() {
            return Ok(None);
        }
        let rate = parse_decimal(&text, 2).filter(|rate| *rate <= i64::from(WHOLE)).ok_or(())?;
        u32::try_from(rate).map(Some).map_err(drop)
    }

    /// Writes it into the request; what cannot be read is marked.
    pub fn read(self, form: Form, currency: &str, body: &mut CreateService) {
        let text = desk_money();
        let (mode, by_percent) = untrack(|| (self.mode(), self.unit.get() == PERCENT));
        body.payment_mode = mode;
        if mode == PaymentMode::Deposit && by_percent {
            body.deposit_percent = untrack(|| self.percent());
            if body.deposit_percent.is_none() {
                form.refuse("/deposit_percent", text.not_a_percentage);
            }
        } else if mode == PaymentMode::Deposit {
            body.deposit_minor = parse_amount(&self.deposit.get_untracked(), currency);
            if body.deposit_minor.is_none() {
                form.refuse("/deposit_minor", t().problems.not_an_amount);
            }
        }
        match untrack(|| self.rate()) {
            Ok(rate) => body.vat_rate = rate,
            Err(()) => form.refuse("/vat_rate", text.not_a_rate),
        }
    }

    /// What that means for somebody who books, in sentences.
    fn means(self, price: i64, currency: &str, approval: bool) -> Vec<String> {
        let text = desk_money();
        let say = |minor: i64| money(minor, currency);
        if price == 0 {
            return Vec::new();
        }
        let due = match self.mode() {
            PaymentMode::OnSite => Some(0),
            PaymentMode::Full => Some(price),
            PaymentMode::Deposit if self.unit.with(|unit| unit == PERCENT) => {
                self.percent().map(|percent| share(price, percent, currency))
            }
            PaymentMode::Deposit => parse_amount(&self.deposit.get(), currency),
        };
        let pays = match due {
            Some(0) => Some((text.pays_on_site)(&say(price))),
            Some(due) if due == price => Some((text.pays_full)(&say(price))),
            Some(due) if (1..price).contains(&due) => Some((text.pays_deposit)(&say(due), &say(price - due))),
            _ => None,
        };
        let held = (approval && due.is_some_and(|due| due > 0)).then(|| text.pays_on_approval.to_owned());
        let vat = self
            .rate()
            .ok()
            .flatten()
            .filter(|rate| *rate > 0)
            .map(|rate| (text.pays_vat)(&say(contained(price, rate)), &decimal(rate.into(), 2)));
        [pays, held, vat].into_iter().flatten().collect()
    }
}

/// The fields, and what they mean for somebody who books.
#[component]
pub fn PayingFields(
    form: Form,
    paying: Paying,
    /// What a place costs, as typed.
    price: RwSignal<String>,
    approval: RwSignal<bool>,
    #[prop(into)] currency: String,
    provider: Uuid,
) -> impl IntoView {
    let text = desk_money();
    let modes =
        MODES.map(|(code, mode)| Named { code: code.to_owned(), name: (text.mode_name)(mode).to_owned() });
    // Where payments are not set up, the way there stands beside what the server says about it.
    let off = move || form.has("/payment_mode", "payments_off");
    let way = move || {
        off().then(|| {
            let href = format!("/dashboard/{provider}/payments");
            view! { <p class="aside-link"><a href=href>{text.set_up}</a></p> }
        })
    };
    let deposit = {
        let currency = currency.clone();
        let is_deposit = Memo::new(move |_| paying.mode() == PaymentMode::Deposit);
        move || {
            is_deposit
                .get()
                .then(|| view! { <DepositField form=form paying=paying currency=currency.clone() /> })
        }
    };
    let means = move || {
        let price = parse_amount(&price.get(), &currency).unwrap_or_default();
        paying.means(price, &currency, approval.get())
    };
    view! {
        <fieldset class="group">
            <legend>{text.how_paid}</legend>
            <div>
                <Select id="payment-mode" label=text.mode value=paying.mode options=modes.to_vec() error=form.at("/payment_mode") />
                {way}
            </div>
            {deposit}
            <Field id="vat" label=text.vat value=paying.vat inputmode="decimal" suffix="%" hint=text.vat_hint optional=true error=form.at("/vat_rate") />
            <output class="notice means">{move || means().into_iter().map(|line| view! { <span>{line}</span> }).collect_view()}</output>
        </fieldset>
    }
    .into_any()
}

/// A number, and whether it is a share or an amount.
#[component]
fn DepositField(form: Form, paying: Paying, currency: String) -> impl IntoView {
    const ID: &str = "deposit";
    let text = desk_money();
    let (share, amount) = (form.at("/deposit_percent"), form.at("/deposit_minor"));
    let error = Signal::derive(move || share.get().or_else(|| amount.get()));
    let described_by = described(ID, true, error);
    let units = [(PERCENT, text.percent.to_owned()), (AMOUNT, currency)];
    let options = units.map(|(code, name)| {
        view! { <option value=code selected=move || paying.unit.with(|unit| unit == code)>{name}</option> }
    });
    let choose = move |event: web_sys::Event| {
        form.clear();
        paying.unit.set(event_target_value(&event));
    };
    view! {
        <div class="field span">
            <label for=ID>{text.deposit}</label>
            <div class="pair">
                <div class="control">
                    <input id=ID inputmode="decimal" autocomplete="off" aria-required="true" aria-describedby=move || described_by.get()
                        aria-invalid=move || error.with(Option::is_some).then_some("true")
                        prop:value=move || paying.deposit.get() on:input=move |event| paying.deposit.set(event_target_value(&event)) />
                </div>
                <div class="control select">
                    <select aria-label=(text.unit_of)(text.deposit) on:change=choose>{options.collect_view()}</select>
                </div>
            </div>
            <FieldNotes id=ID hint=text.deposit_hint error=error />
        </div>
    }
    .into_any()
}

/// What is paid when booking, for the provider's list; nothing where that is nothing.
pub fn fact(service: &Service) -> Option<String> {
    let text = desk_money();
    match (service.payment_mode, service.deposit_minor, service.deposit_percent) {
        (PaymentMode::OnSite, ..) => None,
        (PaymentMode::Full, ..) => Some(text.row_full.to_owned()),
        (PaymentMode::Deposit, Some(minor), _) => Some((text.row_deposit)(&money(minor, &service.currency))),
        (PaymentMode::Deposit, None, percent) => {
            Some((text.row_deposit)(&format!("{}{}", percent.unwrap_or_default(), t().percent)))
        }
    }
}
