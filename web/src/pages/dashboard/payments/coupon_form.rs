//! The forms that make and change a coupon.

use super::coupons::last_day;
use crate::components::{Button, Field, FieldNotes, FormMessage, Kind, Toasts, described};
use crate::form::Form;
use crate::format::{at_wall, iso, parse_amount, parse_date};
use crate::messages::{desk_money, t};
use crate::pages::dashboard::frame::Own;
use contract::coupons::{Coupon, CreateCoupon, PatchCoupon};
use leptos::prelude::*;
use time::{OffsetDateTime, Time};

const PERCENT: &str = "percent";
const AMOUNT: &str = "amount";

/// The begin of a day that was picked, or of the one after it.
fn midnight(
    form: Form,
    pointer: &str,
    value: RwSignal<String>,
    zone: &str,
    after: bool,
) -> Option<OffsetDateTime> {
    let text = value.get_untracked();
    if text.is_empty() {
        return None;
    }
    let date = parse_date(&text).and_then(|date| if after { date.next_day() } else { Some(date) });
    if date.is_none() {
        form.refuse(pointer, t().problems.not_a_date);
    }
    Some(at_wall(date?.with_time(Time::MIDNIGHT), zone))
}

/// Makes one.
#[component]
pub fn Create(own: Own, done: Callback<()>) -> impl IntoView {
    let text = desk_money();
    let (form, toasts) = (Form::new(), Toasts::here());
    let empty = || RwSignal::new(String::new());
    let (code, unit, much) = (empty(), RwSignal::new(PERCENT.to_owned()), empty());
    let (from, until, most, each, least) = (empty(), empty(), empty(), empty(), empty());
    let (api, id) = (own.api, own.provider.id);
    let (zone, currency) = (own.provider.time_zone.clone(), own.provider.currency.clone());
    let typed = currency.clone();
    let submit =
        move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            if !form.require(&[("/code", code), ("/percent", much)]) {
                return;
            }
            let word = code.get_untracked().trim().to_owned();
            let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
            if !(3..=40).contains(&word.len()) || !word.chars().all(fits) {
                form.refuse("/code", text.wrong_code);
            }
            let by_percent = unit.with_untracked(|unit| unit == PERCENT);
            let percent = much.with_untracked(|much| much.trim().parse().ok());
            let percent = percent.filter(|percent| by_percent && (1..=100).contains(percent));
            let amount =
                parse_amount(&much.get_untracked(), &typed).filter(|amount| !by_percent && *amount > 0);
            if percent.is_none() && amount.is_none() {
                let words = if by_percent { text.wrong_percent } else { t().problems.not_an_amount };
                form.refuse("/percent", words);
            }
            let least = least.with_untracked(|least| {
                if least.trim().is_empty() { Some(0) } else { parse_amount(least, &typed) }
            });
            if least.is_none() {
                form.refuse("/least_price_minor", t().problems.not_an_amount);
            }
            let body = CreateCoupon {
                code: word.clone(),
                percent,
                amount_minor: amount,
                valid_from: midnight(form, "/valid_from", from, &zone, false),
                valid_until: midnight(form, "/valid_until", until, &zone, true),
                most_uses: form.limit("/most_uses", most),
                most_uses_per_client: form.limit("/most_uses_per_client", each),
                least_price_minor: least.unwrap_or_default(),
            };
            if form.refused() {
                return;
            }
            form.send(api.create_coupon(id, form.key(), body), move |_| {
                toasts.say((text.coupon_created)(&word));
                done.try_run(());
            });
        };
    view! {
        <form novalidate=true class="form" on:submit=submit>
            <Field id="coupon-code" label=text.code value=code hint=text.code_hint error=form.at("/code") />
            <Much form=form unit=unit value=much currency=currency.clone() />
            <div class="row">
                <Field id="coupon-from" kind="date" label=text.from value=from optional=true error=form.at("/valid_from") />
                <Field id="coupon-until" kind="date" label=text.until value=until optional=true error=form.at("/valid_until") />
            </div>
            <div class="row">
                <Field id="coupon-most" label=text.most value=most inputmode="numeric" hint=text.no_limit optional=true error=form.at("/most_uses") />
                <Field id="coupon-each" label=text.most_each value=each inputmode="numeric" optional=true error=form.at("/most_uses_per_client") />
            </div>
            <Field id="coupon-least" label=(text.least)(&currency) value=least inputmode="decimal" hint=text.least_hint optional=true error=form.at("/least_price_minor") />
            <FormMessage form=form />
            <div class="actions"><Button kind=Kind::Primary submit=true busy=form.busy()>{text.coupon_create}</Button></div>
        </form>
    }
    .into_any()
}

/// How much it takes off: a share or an amount.
#[component]
fn Much(form: Form, unit: RwSignal<String>, value: RwSignal<String>, currency: String) -> impl IntoView {
    const ID: &str = "coupon-much";
    let text = desk_money();
    let (share, amount) = (form.at("/percent"), form.at("/amount_minor"));
    let error = Signal::derive(move || share.get().or_else(|| amount.get()));
    let described_by = described(ID, false, error);
    let units = [(PERCENT, text.percent.to_owned()), (AMOUNT, currency)].map(|(code, name)| {
        view! { <option value=code selected=move || unit.with(|unit| unit == code)>{name}</option> }
    });
    view! {
        <div class="field span">
            <label for=ID>{text.takes_off}</label>
            <div class="pair">
                <div class="control">
                    <input id=ID inputmode="decimal" autocomplete="off" aria-required="true" aria-describedby=move || described_by.get()
                        aria-invalid=move || error.with(Option::is_some).then_some("true")
                        prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event)) />
                </div>
                <div class="control select">
                    <select aria-label=(text.unit_of)(text.takes_off) on:change=move |event| unit.set(event_target_value(&event))>{units.collect_view()}</select>
                </div>
            </div>
            <FieldNotes id=ID hint="" error=error />
        </div>
    }
    .into_any()
}

/// Changes how long and how often one is good.
#[component]
pub fn Change(own: Own, coupon: Coupon, done: Callback<()>) -> impl IntoView {
    let text = desk_money();
    let (form, toasts) = (Form::new(), Toasts::here());
    let zone = own.provider.time_zone.clone();
    let until = coupon.valid_until.map(|until| iso(last_day(until, &zone))).unwrap_or_default();
    let until = RwSignal::new(until);
    let most = RwSignal::new(coupon.most_uses.map(|most| most.to_string()).unwrap_or_default());
    let (api, provider, id) = (own.api, own.provider.id, coupon.id);
    let version = RwSignal::new(coupon.version);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        form.clear();
        let body = PatchCoupon {
            valid_until: Some(midnight(form, "/valid_until", until, &zone, true)),
            most_uses: Some(form.limit("/most_uses", most)),
            ..PatchCoupon::default()
        };
        if form.refused() {
            return;
        }
        form.send_or(
            api.patch_coupon(provider, id, version.get_untracked(), body),
            move |_| {
                toasts.say(t().common.saved);
                done.try_run(());
            },
            move |error| {
                let now = async move {
                    let all = api.coupons(provider).await?.items;
                    Ok(all.iter().find(|it| it.id == id).map_or(0, |it| it.version))
                };
                form.renew(error, version, Box::pin(now));
            },
        );
    };
    view! {
        <form novalidate=true class="form" on:submit=submit>
            <p class="muted">{text.coupon_change_text}</p>
            <Field id="change-until" kind="date" label=text.until value=until optional=true error=form.at("/valid_until") />
            <Field id="change-most" label=text.most value=most inputmode="numeric" hint=text.no_limit optional=true error=form.at("/most_uses") />
            <FormMessage form=form />
            <div class="actions"><Button kind=Kind::Primary submit=true busy=form.busy()>{t().common.save}</Button></div>
        </form>
    }
    .into_any()
}
