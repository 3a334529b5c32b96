//! Choosing another time for a booking.

use super::actions::Side;
use super::refusal::{refused_time, sentence};
use crate::api::{BookingKey, Change};
use crate::components::{Button, Dialog, FormMessage, Kind, Toasts, skeleton_lines};
use crate::form::Form;
use crate::format::{around, wall, when};
use crate::later::{later, show, soon};
use crate::messages::t;
use crate::pages::pay;
use crate::picker::{Months, Picker, PickerState, Times};
use contract::bookings::Booking;
use contract::payments::PaymentMode;
use contract::problem::Code;
use contract::slots::{Slot, SlotQuery};
use leptos::prelude::*;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A booking to be moved, what opens it, who asks, in which zone, and whom to tell how it ended.
pub type ToMove = (Booking, BookingKey, Side, String, Callback<Booking>, Callback<()>);

later!(mover_later: mover_part(ToMove) = draw);

/// The picker, and a question before anything moves. It is opened rarely, so it comes when it is asked for.
pub fn mover(what: ToMove) -> AnyView {
    show(mover_part, what, || view! { <div class="mover">{skeleton_lines(4)}</div> }.into_any())
}

/// Has it at hand when somebody wants to move.
pub fn prepare() {
    soon(mover_part());
}

fn draw((booking, key, side, zone, on_moved, on_stop): ToMove) -> AnyView {
    let text = &t().manage;
    let (form, toasts) = (Form::new(), Toasts::here().about(booking.id));
    let near = Some(wall(booking.start_at, &zone).date());
    let zone = RwSignal::new(zone);
    let day = RwSignal::new(None::<Date>);
    let wanted = RwSignal::new(None::<OffsetDateTime>);
    let asking = RwSignal::new(false);
    let others = RwSignal::new(Vec::<OffsetDateTime>::new());
    let months = Months::new(Times::Booking(key.clone(), booking.id), booking.service.id);
    let length = booking.end_at - booking.start_at;
    let choose = move |start: OffsetDateTime| {
        form.clear();
        others.set(Vec::new());
        wanted.set(Some(start));
        asking.set(true);
    };
    let state = PickerState {
        zone: zone.into(),
        day: day.into(),
        near,
        party: Signal::derive({
            let party = booking.party_size;
            move || party
        }),
        on_zone: Callback::new(move |chosen| zone.set(chosen)),
        on_day: Callback::new(move |chosen| day.set(Some(chosen))),
        on_time: Callback::new(move |slot: Slot| choose(slot.start_at)),
    };
    let words_of = move |start: OffsetDateTime| when(start, start + length, &zone.get());
    // Clients alone are bound by the policy, and only where money is at stake.
    let bound = side == Side::Client && booking.money.mode != PaymentMode::OnSite;
    let moving = {
        let (booking, key) = (booking.clone(), key.clone());
        move || {
            let start = wanted.get().filter(|_| bound)?;
            Some(pay::moving((booking.clone(), key.clone(), start, zone.get_untracked())))
        }
    };
    let (id, before) = (booking.id, RwSignal::new((booking.version, booking.start_at)));
    let go = Callback::new(move |()| {
        let Some(start) = wanted.get_untracked() else { return };
        let ((version, was), again) = (before.get_untracked(), key.clone());
        let back = Back { key: key.clone(), side, to: was, zone: zone.get_untracked(), toasts, on_moved };
        form.send_or(
            key.clone().change(id, version, Change::Move(start)),
            move |moved: Booking| {
                asking.try_set(false);
                leptos::task::spawn_local(back.tell(moved.clone()));
                on_moved.try_run(moved);
            },
            move |error| {
                if matches!(error.code(), Some(Code::VersionMismatch | Code::InvalidTransition)) {
                    form.fail(error);
                    leptos::task::spawn_local(look_again(again, id, before, on_moved, toasts));
                    return;
                }
                let Some(problem) = refused_time(&error) else { return form.fail(error) };
                if others.try_set(problem.alternatives.clone()).is_some() {
                    // The page is gone.
                    return;
                }
                months.forget();
                form.refuse("", &sentence(&error, side));
            },
        );
    });
    crate::browser::focus_soon("move-title".to_owned());
    crate::browser::show_soon("move");
    view! {
        <section class="mover" id="move" aria-labelledby="move-title">
            <div class="section-head">
                <h2 id="move-title" tabindex="-1">{text.move_title}</h2>
                <Button kind=Kind::Quiet on_press=on_stop>{text.move_stop}</Button>
            </div>
            <Picker months=months state=state provider_zone=booking.provider.time_zone.clone() capacity=1 />
        </section>
        <Dialog id="move-question" title=text.move_confirm_title open=asking>
            <p>{move || wanted.get().map(|to| (text.move_confirm_text)(&words_of(before.get().1), &words_of(to)))}</p>
            {moving.clone()}
            <FormMessage form=form />
            <ul class="actions">
                {move || others.get().into_iter().map(|start| {
                    let label = around(start, &zone.get());
                    view! { <li><Button on_press=Callback::new(move |()| choose(start))>{label}</Button></li> }
                }).collect_view()}
            </ul>
            <div class="actions">
                <Button kind=Kind::Primary busy=form.busy() on_press=go>{text.move_yes}</Button>
                <Button on_press=Callback::new(move |()| asking.set(false))>{t().common.back}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// The way back to where a booking was.
#[derive(Clone)]
struct Back {
    key: BookingKey,
    side: Side,
    to: OffsetDateTime,
    zone: String,
    toasts: Toasts,
    on_moved: Callback<Booking>,
}

impl Back {
    /// Says where the booking is now, and offers to take that back where the server would.
    async fn tell(self, moved: Booking) {
        let (text, length) = (&t().manage, moved.end_at - moved.start_at);
        let said = (text.moved)(&when(moved.start_at, moved.end_at, &self.zone));
        let day = wall(self.to, &self.zone).date();
        let query = SlotQuery {
            from: day,
            to: day,
            time_zone: Some(self.zone.clone()),
            party_size: None,
            for_client: None,
        };
        let days = self.key.clone().slots(moved.id, query).await.map(|list| list.days).unwrap_or_default();
        if days.iter().flat_map(|day| &day.slots).all(|slot| slot.start_at != self.to) {
            return self.toasts.say(said);
        }
        self.toasts.offer(said, t().agenda.undo, move || {
            let Back { key, side, to, zone, toasts, on_moved } = self.clone();
            let call = key.change(moved.id, moved.version, Change::Move(to));
            leptos::task::spawn_local(async move {
                match call.await {
                    Ok(back) => {
                        toasts.say((text.moved)(&when(to, to + length, &zone)));
                        on_moved.try_run(back);
                    }
                    Err(error) => toasts.warn(sentence(&error, side)),
                }
            });
        });
    }
}

/// Somebody else changed the booking. Where it can still be moved, the question stays, from where the booking is now.
async fn look_again(
    key: BookingKey,
    id: Uuid,
    before: RwSignal<(i32, OffsetDateTime)>,
    on_moved: Callback<Booking>,
    toasts: Toasts,
) {
    let Ok(booking) = key.booking(id).await else { return };
    if booking.actions.iter().any(|action| action == "reschedule") {
        before.try_set((booking.version, booking.start_at));
    } else {
        toasts.warn(t().manage.changed_meanwhile);
        on_moved.try_run(booking);
    }
}
