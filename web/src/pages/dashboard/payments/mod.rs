//! A provider's money: whether clients can pay when booking, what came in and went out, what they get back when they cancel, and
//! coupons.

mod book;
mod coupon_form;
mod coupons;
mod example;
mod ladder;
mod policy;
mod setup;

use super::frame::{Own, Part, frame, heading};
use crate::components::Tabs;
use crate::format::Named;
use crate::messages::desk_money;
use crate::nav::{Go, address};
use crate::pages::query;
use leptos::prelude::*;

const MONEY: &str = "";
const POLICY: &str = "cancellation";
const COUPONS: &str = "coupons";

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
    let tabs = vec![tab(MONEY, text.transactions), tab(POLICY, text.policy), tab(COUPONS, text.coupons)];
    let path = format!("/dashboard/{}/payments", own.provider.id);
    let choose = Callback::new(move |show: String| go.tune(&address(&path, &[("show", &show)])));
    let title = heading(text.title, &own.provider);
    let body = move || match show.get().as_str() {
        COUPONS => view! { <coupons::CouponList own=own.clone() /> }.into_any(),
        POLICY => view! { <policy::Policy own=own.clone() /> }.into_any(),
        _ => {
            view! { <div class="stack"><setup::Setup own=own.clone() /><book::Book own=own.clone() /></div> }
                .into_any()
        }
    };
    view! {
        <div class="payments stack">
            {title}
            <Tabs id="payments" label=text.parts tabs=tabs chosen=show on_choose=choose>{body}</Tabs>
        </div>
    }
    .into_any()
}
