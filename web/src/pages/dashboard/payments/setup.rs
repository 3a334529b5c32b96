//! Whether clients can pay when booking, and the way to it.

use crate::components::{Button, FormMessage, Icon, Kind, skeleton_lines};
use crate::form::Form;
use crate::format::decimal;
use crate::messages::desk_money;
use crate::pages::dashboard::frame::Own;
use crate::pages::query;
use crate::remote::Remote;
use contract::payouts::{PaymentScheme, PaymentSetup};
use leptos::prelude::*;

/// The card about it.
#[component]
pub fn Setup(own: Own) -> impl IntoView {
    let back = query("onboarding");
    let (api, id) = (own.api, own.provider.id);
    let setup = Remote::new(move || async move {
        // Back from the payment processor's page, its answer may be news.
        let fresh = back.with_untracked(|back| back == "done");
        match api.payment_setup(id, fresh).await {
            Err(error) if fresh && !error.is_lost() => api.payment_setup(id, false).await,
            answer => answer,
        }
    });
    let form = Form::new();
    let go = Callback::new(move |()| {
        form.send(api.onboarding(id), |link| {
            // Another site; where the browser refuses, the person presses once more.
            let _ = window().location().assign(&link.url);
        });
    });
    let look = Callback::new(move |()| {
        form.send(async move { api.payment_setup(id, true).await }, move |now| setup.set(now));
    });
    let ready = move |now: PaymentSetup| {
        let again = back.with_untracked(|back| back == "again");
        view! { <div class="card payment-setup">{draw(&now, again, form, go, look)}<FormMessage form=form /></div> }
            .into_any()
    };
    setup.view(|| view! { <div class="card">{skeleton_lines(3)}</div> }.into_any(), ready)
}

fn draw(setup: &PaymentSetup, again: bool, form: Form, go: Callback<()>, look: Callback<()>) -> AnyView {
    let text = desk_money();
    let (title, words) = match (setup.available, setup.scheme, setup.ready) {
        (false, ..) => (text.off_title, text.off_text.to_owned()),
        (_, Some(PaymentScheme::OneAccount), _) => (text.ready_title, text.ready_shared.to_owned()),
        (_, _, true) if !setup.can_pay_out => (text.ready_title, text.no_payout.to_owned()),
        (_, _, true) => (text.ready_title, text.ready_text.to_owned()),
        _ if setup.started => (text.almost_title, (text.almost_text)(setup.missing)),
        _ => (text.set_up_title, text.set_up_text.to_owned()),
    };
    let own = setup.scheme == Some(PaymentScheme::Marketplace);
    let lacks = own && (!setup.ready || !setup.can_pay_out || setup.missing > 0);
    let sign = match (setup.ready, setup.started) {
        (true, _) => Some(view! { <span class="state-sign good">{Icon::Check.draw()}</span> }.into_any()),
        (false, true) => Some(view! { <span class="state-sign wait">{Icon::Clock.draw()}</span> }.into_any()),
        (false, false) => None,
    };
    let fee = (setup.platform_fee_rate > 0).then(|| {
        let words = (text.fee)(&decimal(setup.platform_fee_rate.into(), 2), setup.platform_fee_returned);
        view! { <p class="hint">{words}</p> }
    });
    let first = if setup.started { text.set_up_go_on } else { text.set_up };
    view! {
        <h2>{sign}{title}</h2>
        {again.then(|| view! { <p class="notice">{text.used_up}</p> })}
        <p class="muted">{words}</p>
        {fee}
        {setup.demo.then(|| view! { <p class="hint">{text.demo}</p> })}
        {lacks.then(|| view! {
            <div class="actions">
                <Button kind=Kind::Primary busy=form.busy() on_press=go>{first}</Button>
                {setup.started.then(|| view! { <Button busy=form.busy() on_press=look>{text.set_up_look}</Button> })}
            </div>
        })}
    }
    .into_any()
}
