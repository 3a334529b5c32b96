//! A provider's coupons: rows of what each takes off, how long and how often.

use super::coupon_form::{Change, Create};
use crate::components::{Button, Dialog, Empty, FormMessage, Icon, Kind, Toasts, skeleton_rows};
use crate::form::Form;
use crate::format::{DOT, money, now, plain, wall};
use crate::messages::{CouponState, desk_money, t};
use crate::pages::dashboard::frame::Own;
use crate::remote::Remote;
use contract::coupons::{Coupon, Coupons, PatchCoupon};
use contract::problem::Code;
use leptos::prelude::*;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

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
    let coupons = Remote::new(move || api.coupons(id)).agree();
    let opened = RwSignal::new(None::<Opened>);
    let new = move |kind: Kind| {
        let press = Callback::new(move |()| opened.set(Some(Opened::New)));
        view! { <Button kind=kind on_press=press>{Icon::Plus.draw()}{text.coupon_new}</Button> }
    };
    let empty = Memo::new(move |_| coupons.value().is_none_or(|list| list.items.is_empty()));
    let shown = StoredValue::new(own.clone());
    // What changes is drawn anew; the rows stay, with the focus in them.
    let ids = move || -> Vec<Uuid> {
        coupons.value().map(|list| list.items.iter().map(|it| it.id).collect()).unwrap_or_default()
    };
    let ready = move || {
        if empty.get() {
            return view! { <Empty title=text.coupons_none text=text.coupons_none_text>{new(Kind::Primary)}</Empty> }
                .into_any();
        }
        view! {
            <div class="section-head"><p class="muted">{text.coupons_text}</p>{new(Kind::Primary)}</div>
            <ul class="service-rows coupon-rows">
                <For each=ids key=|id| *id let(id)><Row own=shown.get_value() id=id list=coupons opened=opened /></For>
            </ul>
        }
        .into_any()
    };
    view! {
        <section aria-label=text.coupons>
            {coupons.frame(|| skeleton_rows(3), ready)}
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
fn Row(own: Own, id: Uuid, list: Remote<Coupons>, opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let text = desk_money();
    let (form, toasts) = (Form::new(), Toasts::here());
    let (api, provider) = (own.api, own.provider.id);
    let found = move || list.value().and_then(|list| list.items.into_iter().find(|it| it.id == id));
    let Some(first) = untrack(found) else { return ().into_any() };
    let code = first.code.clone();
    // Gone from the list, the row goes with it.
    let coupon = Memo::new(move |before: Option<&Coupon>| {
        found().or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    });
    let is_active = Memo::new(move |_| coupon.with(|coupon| coupon.active));
    let switch = Callback::new(move |()| {
        let (active, version) = coupon.with_untracked(|coupon| (coupon.active, coupon.version));
        let body = PatchCoupon { active: Some(!active), ..PatchCoupon::default() };
        form.send_or(
            api.patch_coupon(provider, id, version, body),
            move |_| {
                toasts.say(if active { text.coupon_archived } else { text.coupon_restored });
                list.refresh();
            },
            // Somebody else changed it: it is shown as it is now, to be decided anew.
            move |error| {
                if error.code() == Some(Code::VersionMismatch) {
                    list.refresh();
                }
                form.fail(error);
            },
        );
    });
    let change = Callback::new(move |()| opened.set(Some(Opened::Change(Box::new(coupon.get_untracked())))));
    let zone = own.provider.time_zone;
    let off = move || (text.off)(&coupon.with(much));
    let told = move || coupon.with(|coupon| facts(coupon, &zone)).join(DOT);
    let badge = move || {
        let state = coupon.with(|coupon| state(coupon, now()));
        let (class, sign) = match state {
            CouponState::Good => ("badge confirmed", Icon::Check),
            CouponState::Early => ("badge pending", Icon::Clock),
            CouponState::Over | CouponState::UsedUp | CouponState::Archived => {
                ("badge completed", Icon::Cross)
            }
        };
        view! { <span class=class>{sign.draw()}{(text.coupon_state)(state)}</span> }
    };
    let label = (text.coupon_change_of)(&code);
    view! {
        <li class="service-row coupon-row" class:archived-row=move || !is_active.get()>
            <div class="what">
                <h2><code>{code}</code>" "{badge}</h2>
                <p class="facts">{told}</p>
                <FormMessage form=form />
            </div>
            <p class="price">{off}</p>
            <div class="actions">
                {move || is_active.get().then(|| view! { <Button label=label.clone() on_press=change>{text.coupon_change}</Button> })}
                <Button busy=form.busy() on_press=switch>{move || if is_active.get() { text.coupon_archive } else { text.coupon_restore }}</Button>
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

fn much(coupon: &Coupon) -> String {
    match coupon.amount_minor {
        Some(minor) => money(minor, &coupon.currency),
        None => format!("{}{}", coupon.percent.unwrap_or_default(), t().percent),
    }
}

fn facts(coupon: &Coupon, zone: &str) -> Vec<String> {
    let text = desk_money();
    [
        Some((text.fact_uses)(coupon.uses, coupon.most_uses)),
        coupon.valid_from.map(|from| (text.fact_from)(&plain(wall(from, zone).date()))),
        coupon.valid_until.map(|until| (text.fact_until)(&plain(last_day(until, zone)))),
        coupon.most_uses_per_client.map(text.fact_each),
        (coupon.least_price_minor > 0)
            .then(|| (text.fact_least)(&money(coupon.least_price_minor, &coupon.currency))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The last day on which something is good that ends at this instant.
pub fn last_day(until: OffsetDateTime, zone: &str) -> Date {
    wall(until - Duration::seconds(1), zone).date()
}
