//! Money of a booking that the provider gives back by hand.

use super::Board;
use crate::components::{Button, Dialog, Field, FormMessage, Kind, Toasts};
use crate::form::Form;
use crate::format::{input_amount, money, parse_amount};
use crate::messages::{desk_money, t};
use contract::bookings::Booking;
use contract::payments::GiveRefund;
use contract::problem::Code;
use leptos::prelude::*;

/// The button, where something can be given back, and what it opens.
#[component]
pub fn Refund(
    board: Board,
    booking: Booking,
    on_change: Callback<Booking>,
    on_stale: Callback<()>,
) -> impl IntoView {
    let may = booking.actions.iter().any(|action| action == "refund");
    let open = RwSignal::new(false);
    let name = booking.client.name.clone();
    may.then(|| {
        view! {
            <div class="actions">
                <Button on_press=Callback::new(move |()| open.set(true))>{desk_money().refund}</Button>
            </div>
            <Dialog id="refund" title=Signal::derive(move || (desk_money().refund_title)(&name)) open=open>
                {let booking = booking.clone(); move || view! { <Give board=board booking=booking.clone() open=open on_change=on_change on_stale=on_stale /> }}
            </Dialog>
        }
    })
    .into_any()
}

#[component]
fn Give(
    board: Board,
    booking: Booking,
    open: RwSignal<bool>,
    on_change: Callback<Booking>,
    on_stale: Callback<()>,
) -> impl IntoView {
    let text = desk_money();
    let (form, toasts) = (Form::new(), Toasts::here());
    let kept = booking.money.kept_minor();
    let (currency, who) = (StoredValue::new(booking.currency.clone()), booking.client.name.clone());
    let say = move |minor: i64| currency.with_value(|currency| money(minor, currency));
    let (amount, reason) =
        (RwSignal::new(input_amount(kept, &booking.currency)), RwSignal::new(String::new()));
    let wish = Memo::new(move |_| {
        let minor = currency.with_value(|currency| parse_amount(&amount.get(), currency));
        minor.filter(|minor| (1..=kept).contains(minor))
    });
    let means = move || {
        wish.get().map_or_else(String::new, |minor| match kept - minor {
            0 => (text.refund_all)(&who, &say(minor)),
            left => (text.refund_means)(&who, &say(minor), &say(left)),
        })
    };
    let api = board.own.with_value(|own| own.api);
    let (id, version) = (booking.id, booking.version);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        form.clear();
        let Some(amount_minor) = wish.get_untracked() else {
            return form.refuse("/amount_minor", &(text.refund_too_much)(&say(kept)));
        };
        let reason = reason.get_untracked().trim().to_owned();
        let said = (text.refund_done)(&say(amount_minor));
        form.send_or(
            api.give_refund(id, version, form.key(), GiveRefund { amount_minor, reason }),
            move |booking| {
                toasts.say(said);
                open.try_set(false);
                on_change.try_run(booking);
            },
            move |error| {
                if matches!(error.code(), Some(Code::VersionMismatch | Code::InvalidTransition)) {
                    open.try_set(false);
                    toasts.warn(t().manage.changed_meanwhile);
                    on_stale.try_run(());
                } else {
                    form.fail(error);
                }
            },
        );
    };
    let label = (text.refund_amount)(&booking.currency);
    let yes =
        move || wish.get().map_or_else(|| text.refund.to_owned(), |minor| (text.refund_yes)(&say(minor)));
    view! {
        <form novalidate=true class="form" on:submit=submit>
            <Field id="refund-amount" label=label value=amount inputmode="decimal" hint=(text.refund_most)(&say(kept)) error=form.at("/amount_minor") />
            <output class="notice means">{means}</output>
            <Field id="refund-reason" label=text.refund_reason value=reason rows=2 hint=text.refund_reason_hint optional=true error=form.at("/reason") />
            <FormMessage form=form />
            <div class="actions">
                <Button kind=Kind::Primary submit=true busy=form.busy()>{yes}</Button>
                <Button on_press=Callback::new(move |()| open.set(false))>{t().common.cancel}</Button>
            </div>
        </form>
    }
    .into_any()
}
