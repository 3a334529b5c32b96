//! What can be done to a booking, by its client or its provider.

use crate::api::{ApiError, BookingKey, Change};
use crate::components::{Button, Dialog, Field, FormMessage, Kind, Toasts};
use crate::form::Form;
use crate::format::when;
use crate::messages::t;
use crate::pages::client_zone;
use crate::pages::pay::{self, Quoted};
use contract::bookings::Booking;
use contract::payments::PaymentMode;
use contract::problem::Code;
use leptos::prelude::*;

/// Which side of the booking is looking.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Whoever booked.
    Client,
    /// Whoever is booked.
    Provider,
}

/// Buttons for what the server says may be done now. Moving is the page's own business.
#[component]
pub fn Actions(
    booking: Booking,
    key: BookingKey,
    side: Side,
    /// Only what is asked for most: the answer to a request, or that it took place.
    #[prop(optional)]
    first: bool,
    on_move: Callback<()>,
    /// The booking is being called off: nothing else is asked about it meanwhile.
    #[prop(optional, into)]
    on_end: Option<Callback<()>>,
    on_change: Callback<Booking>,
    /// The booking was changed by somebody else: look again.
    on_stale: Callback<()>,
) -> impl IntoView {
    let (manage, text) = (&t().manage, &t().dashboard);
    let (form, toasts) = (Form::new(), Toasts::here().about(booking.id));
    let asking = RwSignal::new(None::<Asking>);
    let kept = StoredValue::new((booking.clone(), key));
    let act = Callback::new(move |change: Change| {
        if let Some(end) = on_end.filter(|_| matches!(change, Change::Cancel(_))) {
            end.run(());
        }
        let (booking, key) = kept.get_value();
        let said = said(&change, side);
        let undone = if let Change::Settle(settled) = change { Some(Change::Settle(!settled)) } else { None };
        form.send_or(
            key.clone().change(booking.id, booking.version, change),
            move |booking| {
                match undone {
                    Some(undo) => offer(toasts, said, undo, key, booking.clone(), on_change),
                    None => toasts.say(said),
                }
                asking.try_set(None);
                on_change.try_run(booking);
            },
            move |error: ApiError| {
                if matches!(error.code(), Some(Code::VersionMismatch | Code::InvalidTransition)) {
                    toasts.warn(manage.changed_meanwhile);
                    asking.try_set(None);
                    on_stale.try_run(());
                } else {
                    form.fail(error);
                }
            },
        );
    });
    let now = move |change: Change| Callback::new(move |()| act.run(change.clone()));
    let ask = move |what: Asking| Callback::new(move |()| asking.set(Some(what)));
    let provider = side == Side::Provider;
    // A request is declined; calling it off as well would be the same in other words.
    let declines = booking.actions.iter().any(|action| action == "decline");
    let who = format!(
        "{}, {}",
        booking.client.name,
        when(booking.start_at, booking.end_at, &booking.provider.time_zone)
    );
    let shown = move |action: &&String| match action.as_str() {
        "confirm" | "decline" | "complete" => true,
        "cancel" => !first && !declines,
        _ => !first,
    };
    let buttons = booking.actions.iter().filter(shown).filter_map(|action| {
        let (kind, words, press) = match action.as_str() {
            "confirm" => (Kind::Primary, text.confirm, now(Change::Confirm)),
            "decline" => (Kind::Plain, text.decline, ask(Asking::Decline)),
            "reschedule" => (Kind::Plain, if provider { text.move_it } else { manage.move_it }, on_move),
            "cancel" => {
                (Kind::Danger, if provider { text.cancel_it } else { manage.cancel_it }, ask(Asking::Cancel))
            }
            "complete" => (Kind::Plain, text.complete, now(Change::Complete)),
            "settle" => (Kind::Plain, t().settle.mark, now(Change::Settle(true))),
            "unsettle" => (Kind::Plain, t().settle.unmark, now(Change::Settle(false))),
            "no_show" => (Kind::Plain, text.no_show, now(Change::NoShow)),
            _ => return None,
        };
        // In a list, each says whose it is.
        let label = if first { format!("{words}: {who}") } else { words.to_owned() };
        Some(view! { <Button kind=kind busy=form.busy() label=label on_press=press>{words}</Button> })
    });
    view! {
        <div class="actions" role="group" aria-label=provider.then_some(who)>{buttons.collect_view()}</div>
        {move || asking.with(Option::is_none).then(|| view! { <FormMessage form=form /> })}
        {move || asking.get().map(|what| {
            let (booking, key) = kept.get_value();
            view! { <Question booking=booking key=key side=side what=what form=form act=act close=Callback::new(move |()| asking.set(None)) /> }
        })}
    }
    .into_any()
}

/// Says that it is done, and offers to take it back. The page may be gone by then.
fn offer(
    toasts: Toasts,
    done: &'static str,
    undo: Change,
    key: BookingKey,
    booking: Booking,
    on_change: Callback<Booking>,
) {
    toasts.offer(done, t().agenda.undo, move || {
        let (key, undo, words) = (key.clone(), undo.clone(), said(&undo, Side::Provider));
        leptos::task::spawn_local(async move {
            match key.change(booking.id, booking.version, undo).await {
                Ok(booking) => {
                    toasts.say(words);
                    on_change.try_run(booking);
                }
                Err(error) => toasts.warn(error.sentence()),
            }
        });
    });
}

/// What wants a second thought and a reason.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    Cancel,
    Decline,
}

#[component]
fn Question(
    booking: Booking,
    key: BookingKey,
    side: Side,
    what: Asking,
    form: Form,
    act: Callback<Change>,
    close: Callback<()>,
) -> impl IntoView {
    let (manage, text) = (&t().manage, &t().dashboard);
    let (open, reason) = (RwSignal::new(true), RwSignal::new(String::new()));
    Effect::new(move |_| {
        if !open.get() {
            close.run(());
        }
    });
    let (title, question, yes) = match (what, side) {
        (Asking::Decline, _) => (text.decline_title, (text.decline_text)(&booking.client.name), text.decline),
        (Asking::Cancel, Side::Provider) => {
            (text.cancel_title, (text.cancel_text)(&booking.client.name), manage.cancel_yes)
        }
        (Asking::Cancel, Side::Client) => {
            let time = when(booking.start_at, booking.end_at, &client_zone(&booking));
            (manage.cancel_title, (manage.cancel_text)(&time), manage.cancel_yes)
        }
    };
    let go = Callback::new(move |()| {
        let reason = reason.get_untracked().trim().to_owned();
        act.run(if what == Asking::Cancel { Change::Cancel(reason) } else { Change::Decline(reason) });
    });
    // What was never to be paid when booking brings nothing back, and nobody needs to be told.
    let asks = what == Asking::Cancel && booking.money.mode != PaymentMode::OnSite;
    let quoted = booking.clone();
    let known = RwSignal::new(if asks { Quoted::Asked } else { Quoted::Said });
    let quote = move || asks.then(|| pay::quote((key.clone(), quoted.clone(), side, known)));
    // Nobody gives up money without having read how much.
    let busy = Signal::derive(move || form.busy().get() || known.get() == Quoted::Asked);
    let unsaid = Signal::derive(move || known.get() == Quoted::Failed);
    view! {
        <Dialog id="question" title=title open=open>
            <p>{question.clone()}</p>
            {quote()}
            <Field id="reason" label=manage.cancel_reason hint=manage.cancel_reason_hint value=reason rows=3 optional=true error=form.at("/reason") />
            <FormMessage form=form />
            <div class="actions">
                <Button kind=Kind::Danger busy=busy disabled=unsaid on_press=go>{yes}</Button>
                <Button on_press=Callback::new(move |()| open.set(false))>{manage.keep}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// What is said once it is done.
fn said(change: &Change, side: Side) -> &'static str {
    let (manage, text) = (&t().manage, &t().dashboard);
    match change {
        Change::Cancel(_) if side == Side::Client => manage.cancelled,
        Change::Cancel(_) => text.done_cancelled,
        Change::Confirm => text.done_confirmed,
        Change::Decline(_) => text.done_declined,
        Change::Complete => text.done_completed,
        Change::NoShow => text.done_no_show,
        Change::Settle(true) => t().settle.marked,
        Change::Settle(false) => t().settle.unmarked,
        // Whoever moves a booking says where to.
        Change::Move(_) | Change::Become(..) | Change::Retime(..) => "",
    }
}
