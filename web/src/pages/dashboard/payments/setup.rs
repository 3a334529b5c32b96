//! Whether clients can pay when booking, and the way to it.

use crate::browser::{leave_for, was_kept};
use crate::components::{Button, FormMessage, Icon, Kind, skeleton_lines};
use crate::form::Form;
use crate::format::decimal;
use crate::messages::desk_money;
use crate::pages::dashboard::frame::Own;
use crate::pages::query;
use crate::remote::Remote;
use contract::payouts::{PaymentScheme, PaymentSetup};
use leptos::prelude::*;

/// How it stands.
pub fn setup_of(own: &Own) -> Remote<PaymentSetup> {
    let back = query("onboarding");
    let (api, id) = (own.api, own.provider.id);
    // Back from the payment processor's page, its answer may be news.
    let fresh = move || back.with_untracked(|back| back == "done");
    let known = move || api.payment_setup(id).known().filter(|_| !fresh());
    Remote::warm(known, move || async move {
        if fresh() {
            match api.look_at_payments(id).await {
                Err(error) if !error.is_lost() => {}
                answer => return answer,
            }
        }
        api.payment_setup(id).await
    })
}

/// The card about it.
#[component]
pub fn Setup(own: Own, setup: Remote<PaymentSetup>) -> impl IntoView {
    let back = query("onboarding");
    let (api, id) = (own.api, own.provider.id);
    let (form, leaving) = (Form::new(), RwSignal::new(false));
    let busy = Signal::derive(move || form.busy().get() || leaving.get());
    let go = Callback::new(move |()| {
        form.send(api.onboarding(id), move |link| {
            leaving.try_set(true);
            leave_for(&link.url, move || {
                leaving.try_set(false);
            });
        });
    });
    // "Back" from there shows this page as it was left.
    let shown = window_event_listener_untyped("pageshow", move |event| {
        if was_kept(&event) {
            leaving.try_set(false);
            setup.refresh();
        }
    });
    on_cleanup(move || shown.remove());
    let look = Callback::new(move |()| {
        form.send(api.look_at_payments(id), move |now| setup.set(now));
    });
    let ready = move |now: PaymentSetup| {
        let again = back.with_untracked(|back| back == "again");
        view! { <div class="card payment-setup">{draw(&now, again, busy, go, look)}<FormMessage form=form /></div> }
            .into_any()
    };
    setup.view(|| view! { <div class="card">{skeleton_lines(5)}</div> }.into_any(), ready)
}

/// How things stand, at a glance.
enum Sign {
    None,
    Good,
    Wait,
    Stop,
}

fn draw(
    setup: &PaymentSetup,
    again: bool,
    busy: Signal<bool>,
    go: Callback<()>,
    look: Callback<()>,
) -> AnyView {
    let text = desk_money();
    let own = setup.scheme == Some(PaymentScheme::Marketplace);
    let missing = setup.missing;
    // What is paid when booking is not paid on site instead.
    let until = |words: String| match setup.prepaid_services {
        0 => format!("{words} {}", text.until_on_site),
        _ => format!("{words} {}", text.until_not_booked),
    };
    let (title, words, sign) = match (setup.available, setup.ready, setup.started) {
        (false, ..) => (text.off_title, text.off_text.to_owned(), Sign::None),
        _ if !own => (text.ready_title, text.ready_shared.to_owned(), Sign::Good),
        (_, true, _) if !setup.can_pay_out => (text.ready_title, text.no_payout.to_owned(), Sign::Wait),
        (_, true, _) if missing > 0 => (text.ready_title, (text.more_text)(missing), Sign::Wait),
        (_, true, _) => (text.ready_title, text.ready_text.to_owned(), Sign::Good),
        (_, _, false) => (text.set_up_title, text.set_up_text.to_owned(), Sign::None),
        // All of it was there once: something was found to be wrong with it, or more is asked for.
        _ if setup.details_submitted && missing > 0 => {
            (text.restricted_title, until((text.almost_text)(missing)), Sign::Stop)
        }
        _ if setup.details_submitted => {
            (text.checking_title, until(text.checking_text.to_owned()), Sign::Wait)
        }
        _ => (text.almost_title, until((text.almost_text)(missing)), Sign::Wait),
    };
    let fine = setup.ready && setup.can_pay_out && missing == 0;
    let checking = setup.started && setup.details_submitted && missing == 0 && !setup.ready;
    let lacks = own && !fine && !checking;
    let looks = own && !fine && setup.started;
    let sign = match sign {
        Sign::None => None,
        Sign::Good => Some(("state-sign good", Icon::Check)),
        Sign::Wait => Some(("state-sign wait", Icon::Clock)),
        Sign::Stop => Some(("state-sign stop", Icon::Alert)),
    };
    let sign = sign.map(|(class, icon)| view! { <span class=class>{icon.draw()}</span> });
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
        {(lacks || looks).then(|| view! {
            <div class="actions">
                {lacks.then(|| view! { <Button kind=Kind::Primary busy=busy on_press=go>{first}</Button> })}
                {looks.then(|| view! { <Button busy=busy on_press=look>{text.set_up_look}</Button> })}
            </div>
        })}
    }
    .into_any()
}
