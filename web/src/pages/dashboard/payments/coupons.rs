//! A provider's coupons: rows of what each takes off, how long and how often.

use super::coupon_form::{Change, Create};
use crate::components::{Button, Dialog, Empty, FormMessage, Icon, Kind, Toasts, skeleton_rows};
use crate::form::Form;
use crate::format::{money, now, plain, wall};
use crate::messages::{CouponState, desk_money};
use crate::pages::dashboard::frame::Own;
use crate::remote::Remote;
use contract::coupons::{Coupon, Coupons, PatchCoupon};
use leptos::prelude::*;
use time::{Date, Duration, OffsetDateTime};

/// What is open above the list.
#[derive(Clone, PartialEq)]
enum Opened {
    New,
    Change(Box<Coupon>),
}

/// The list.
#[component]
pub fn CouponList(own: Own) -> impl IntoView {
    let text = desk_money();
    let (api, id) = (own.api, own.provider.id);
    let coupons = Remote::new(move || api.coupons(id));
    let opened = RwSignal::new(None::<Opened>);
    let new = move |kind: Kind| {
        let press = Callback::new(move |()| opened.set(Some(Opened::New)));
        view! { <Button kind=kind on_press=press>{Icon::Plus.draw()}{text.coupon_new}</Button> }
    };
    let shown = own.clone();
    let ready = move |Coupons { items }: Coupons| {
        if items.is_empty() {
            return view! { <Empty title=text.coupons_none text=text.coupons_none_text>{new(Kind::Primary)}</Empty> }
                .into_any();
        }
        let rows = items.into_iter().map(|coupon| {
            view! { <Row own=shown.clone() coupon=coupon list=coupons opened=opened /> }
        });
        view! {
            <div class="section-head"><p class="muted">{text.coupons_text}</p>{new(Kind::Primary)}</div>
            <ul class="service-rows coupon-rows">{rows.collect_view()}</ul>
        }
        .into_any()
    };
    view! {
        <section aria-label=text.coupons>
            {coupons.view(|| skeleton_rows(3), ready)}
            <Forms own=own list=coupons opened=opened />
        </section>
    }
    .into_any()
}

/// The dialog of what is open.
#[component]
fn Forms(own: Own, list: Remote<Coupons>, opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let text = desk_money();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(opened.with(Option::is_some)));
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            opened.set(None);
        }
        now
    });
    let title = Signal::derive(move || match opened.get() {
        Some(Opened::Change(coupon)) => (text.coupon_change_of)(&coupon.code),
        _ => text.coupon_new.to_owned(),
    });
    let done = Callback::new(move |()| {
        opened.set(None);
        list.refresh();
    });
    view! {
        <Dialog id="coupon" title=title open=open>
            {
                let own = own.clone();
                move || match opened.get() {
                    Some(Opened::New) => view! { <Create own=own.clone() done=done /> }.into_any(),
                    Some(Opened::Change(coupon)) => view! { <Change own=own.clone() coupon=*coupon done=done /> }.into_any(),
                    None => ().into_any(),
                }
            }
        </Dialog>
    }
    .into_any()
}

#[component]
fn Row(own: Own, coupon: Coupon, list: Remote<Coupons>, opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let text = desk_money();
    let (form, toasts) = (Form::new(), Toasts::here());
    let (api, provider, id, version) = (own.api, own.provider.id, coupon.id, coupon.version);
    let active = coupon.active;
    let switch = Callback::new(move |()| {
        let body = PatchCoupon { active: Some(!active), ..PatchCoupon::default() };
        form.send(api.patch_coupon(provider, id, version, body), move |_| {
            toasts.say(if active { text.coupon_archived } else { text.coupon_restored });
            list.refresh();
        });
    });
    let change = {
        let coupon = coupon.clone();
        Callback::new(move |()| opened.set(Some(Opened::Change(Box::new(coupon.clone())))))
    };
    let state = state(&coupon, now());
    let (class, sign) = match state {
        CouponState::Good => ("badge confirmed", Icon::Check),
        CouponState::Early => ("badge pending", Icon::Clock),
        CouponState::Over | CouponState::UsedUp | CouponState::Archived => ("badge completed", Icon::Cross),
    };
    let currency = own.provider.currency.clone();
    view! {
        <li class="service-row coupon-row" class:archived-row=!active>
            <div class="what">
                <h2><code>{coupon.code.clone()}</code>" "<span class=class>{sign.draw()}{(text.coupon_state)(state)}</span></h2>
                <p class="facts">{facts(&coupon, &own.provider.time_zone, &currency).join(" · ")}</p>
                <FormMessage form=form />
            </div>
            <p class="price">{(text.off)(&much(&coupon, &currency))}</p>
            <div class="actions">
                {active.then(|| view! { <Button label=(text.coupon_change_of)(&coupon.code) on_press=change>{text.coupon_change}</Button> })}
                <Button busy=form.busy() on_press=switch>{if active { text.coupon_archive } else { text.coupon_restore }}</Button>
            </div>
        </li>
    }
    .into_any()
}

/// How it stands now.
fn state(coupon: &Coupon, now: OffsetDateTime) -> CouponState {
    if !coupon.active {
        CouponState::Archived
    } else if coupon.valid_until.is_some_and(|until| until <= now) {
        CouponState::Over
    } else if coupon.most_uses.is_some_and(|most| coupon.uses >= most) {
        CouponState::UsedUp
    } else if coupon.valid_from.is_some_and(|from| from > now) {
        CouponState::Early
    } else {
        CouponState::Good
    }
}

fn much(coupon: &Coupon, currency: &str) -> String {
    match coupon.amount_minor {
        Some(minor) => money(minor, currency),
        None => format!("{} %", coupon.percent.unwrap_or_default()),
    }
}

fn facts(coupon: &Coupon, zone: &str, currency: &str) -> Vec<String> {
    let text = desk_money();
    [
        Some((text.fact_uses)(coupon.uses, coupon.most_uses)),
        coupon.valid_from.map(|from| (text.fact_from)(&plain(wall(from, zone).date()))),
        coupon.valid_until.map(|until| (text.fact_until)(&plain(last_day(until, zone)))),
        coupon.most_uses_per_client.map(text.fact_each),
        (coupon.least_price_minor > 0).then(|| (text.fact_least)(&money(coupon.least_price_minor, currency))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The last day on which something is good that ends at this instant.
pub fn last_day(until: OffsetDateTime, zone: &str) -> Date {
    wall(until - Duration::seconds(1), zone).date()
}
