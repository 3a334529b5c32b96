//! A provider's money: whether clients can pay when booking, what came in and went out, what they get back when they cancel, and
//! coupons.

mod book;
mod coupon_form;
mod coupons;
mod example;
mod ladder;
mod payouts;
mod policy;
mod rows;
mod setup;
mod with_sums;

use super::frame::{Own, Part, frame, heading};
use crate::components::Tabs;
use crate::format::Named;
use crate::messages::desk_money;
use crate::nav::{Go, address};
use crate::pages::query;
use crate::remote::Load;
use contract::payouts::PaymentScheme;
use contract::problem::Code;
use leptos::prelude::*;

const MONEY: &str = "";
const POLICY: &str = "cancellation";
const COUPONS: &str = "coupons";
const PAYOUTS: &str = "payouts";

/// `/dashboard/{id}/payments?show=…`
#[component]
pub fn Payments() -> impl IntoView {
    let show = query("show");
    frame(Part::Payments, move |own| view! { <Shown own=own show=show /> }.into_any())
}

#[component]
fn Shown(own: Own, show: Memo<String>) -> impl IntoView {
    let text = desk_money();
    let go = Go::here();
    let tab = |code: &str, name: &str| Named { code: code.to_owned(), name: name.to_owned() };
    let setup = setup::setup_of(&own);
    // Only to an account of one's own is anything paid out.
    let pays_out = Memo::new(move |_| match setup.get() {
        Load::Loading => None,
        Load::Ready(setup) => Some(setup.scheme == Some(PaymentScheme::Marketplace)),
        Load::Failed(_) => Some(false),
    });
    // The money is for owners; others see to the rest.
    let is_others = Memo::new(move |_| match setup.get() {
        Load::Failed(error) => error.code() == Some(Code::NotFound),
        _ => false,
    });
    let chosen = Memo::new(move |_| match show.get() {
        show if show.is_empty() && is_others.get() => POLICY.to_owned(),
        show => show,
    });
    let tabs = Signal::derive(move || {
        let mut tabs = vec![tab(POLICY, text.policy), tab(COUPONS, text.coupons)];
        if !is_others.get() {
            tabs.insert(0, tab(MONEY, text.transactions));
        }
        tabs.extend((pays_out.get() == Some(true)).then(|| tab(PAYOUTS, text.payouts)));
        tabs
    });
    let path = format!("/dashboard/{}/payments", own.provider.id);
    let choose = Callback::new(move |show: String| go.tune(&address(&path, &[("show", &show)])));
    let title = heading(text.title, &own.provider);
    // Drawn anew only where it becomes another, not where more is known.
    let front = Memo::new(move |_| match chosen.get().as_str() {
        POLICY => POLICY,
        COUPONS => COUPONS,
        PAYOUTS if pays_out.get() != Some(false) => PAYOUTS,
        _ => MONEY,
    });
    let money = move |own: Own| {
        view! { <div class="stack"><setup::Setup own=own.clone() setup=setup /><book::Book own=own /></div> }
    };
    let body = move || match front.get() {
        POLICY => view! { <policy::Policy own=own.clone() /> }.into_any(),
        COUPONS => view! { <coupons::CouponList own=own.clone() /> }.into_any(),
        PAYOUTS => payouts::payouts(own.clone()),
        _ => money(own.clone()).into_any(),
    };
    view! {
        <div class="payments stack">
            {title}
            <Tabs id="payments" label=text.parts tabs=tabs chosen=chosen on_choose=choose>{body}</Tabs>
        </div>
    }
    .into_any()
}
