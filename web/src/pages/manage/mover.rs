//! Choosing another time for a booking, or another service.

use super::actions::Side;
use super::refusal::{refused_time, sentence};
use super::service::Wish;
use crate::api::{BookingKey, Change};
use crate::components::{Button, Dialog, FormMessage, Kind, Toasts, clock_note, skeleton_lines};
use crate::form::Form;
use crate::format::{around, wall, when};
use crate::later::{later, show, soon};
use crate::messages::{capital, change_words, t};
use crate::pages::{pay, viewer_zone};
use crate::picker::{Months, Picker, PickerState, Times};
use contract::bookings::Booking;
use contract::payments::PaymentMode;
use contract::problem::Code;
use contract::slots::{MoveQuery, Slot};
use leptos::prelude::*;
use time::{Date, Duration, OffsetDateTime};
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
    let months = StoredValue::new(None::<Months>);
    let wish = Wish::of(&booking, &key, side);
    // Drawn anew, the picker shows the times of the service that is wanted.
    let settled = Memo::new(move |_| wish.is_settled().then(|| wish.service()));
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
    // Clients alone are bound by the policy, and only where money is at stake.
    let bound = side == Side::Client && booking.money.mode != PaymentMode::OnSite;
    let moving = {
        let (booking, key) = (booking.clone(), key.clone());
        move || {
            let start = wanted.get().filter(|_| bound)?;
            Some(pay::moving((booking.clone(), key.clone(), start, zone.get_untracked())))
        }
    };
    let picker = {
        let (key, zone) = (key.clone(), booking.provider.time_zone.clone());
        let (booking_id, own) = (booking.id, booking.service.id);
        move || {
            let service = settled.get()?.map(|service| service.id);
            let times = Months::new(Times::Booking(key.clone(), booking_id, service), service.unwrap_or(own));
            months.set_value(Some(times));
            Some(view! { <Picker months=times state=state provider_zone=zone.clone() capacity=1 /> })
        }
    };
    let (id, before) = (booking.id, RwSignal::new((booking.version, booking.start_at)));
    let go = Callback::new(move |()| {
        let Some(start) = wanted.get_untracked() else { return };
        let other = untrack(|| wish.service());
        let ((version, was), again) = (before.get_untracked(), key.clone());
        let back = Back { key: key.clone(), side, to: was, zone: zone.get_untracked(), toasts, on_moved };
        form.send_or(
            key.clone().change(
                id,
                version,
                match &other {
                    Some(service) => Change::Become(start, service.id),
                    None => Change::Move(start),
                },
            ),
            move |moved: Booking| {
                asking.try_set(false);
                match other {
                    Some(_) => back.tell_service(&moved),
                    None => leptos::task::spawn_local(back.tell(moved.clone())),
                }
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
                if let Some(months) = months.try_get_value().flatten() {
                    months.forget();
                }
                form.refuse("", &sentence(&error, side));
            },
        );
    });
    let question = {
        let (name, length) = (booking.service.name.clone(), booking.end_at - booking.start_at);
        Memo::new(move |_| {
            let (to, (_, from), zone) = (wanted.get()?, before.get(), zone.get());
            let words = |start, length| when(start, start + length, &zone);
            Some(match wish.service() {
                None => (text.move_confirm_text)(&words(from, length), &words(to, length)),
                Some(other) => {
                    let then = words(to, Duration::minutes(other.duration_minutes.into()));
                    let (from, to) =
                        (format!("{name}, {}", words(from, length)), format!("{}, {then}", other.name));
                    (text.move_confirm_text)(&from, &to)
                }
            })
        })
    };
    let changes = move || wish.service().is_some();
    let title = Signal::derive(move || {
        if changes() { change_words().title.to_owned() } else { text.move_confirm_title.to_owned() }
    });
    crate::browser::focus_soon("move-title".to_owned());
    crate::browser::show_soon("move");
    view! {
        <section class="mover" id="move" aria-labelledby="move-title">
            <div class="section-head">
                <h2 id="move-title" tabindex="-1">{text.move_title}</h2>
                <Button kind=Kind::Quiet on_press=on_stop>{text.move_stop}</Button>
            </div>
            {wish.draw()}
            {picker}
        </section>
        <Dialog id="move-question" title=title open=asking>
            <p>{move || question.get()}</p>
            {move || wanted.get().and_then(|to| {
                let (_, from) = before.get();
                clock_note(&zone.get(), &viewer_zone(), &[from.min(to), from.max(to)])
            })}
            {move || wish.told()}
            {moving.clone()}
            <FormMessage form=form />
            <ul class="actions">
                {move || others.get().into_iter().map(|start| {
                    let label = capital(around(start, &zone.get()));
                    view! { <li><Button on_press=Callback::new(move |()| choose(start))>{label}</Button></li> }
                }).collect_view()}
            </ul>
            <div class="actions">
                <Button kind=Kind::Primary busy=form.busy() on_press=go>{move || if changes() { change_words().yes } else { text.move_yes }}</Button>
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
    /// Says what the booking is now. What is paid for it may have changed, so that is not taken back by a press.
    fn tell_service(&self, now: &Booking) {
        let words = when(now.start_at, now.end_at, &self.zone);
        self.toasts.say((change_words().done)(&now.service.name, &words));
    }

    /// Says where the booking is now, and offers to take that back where the server would.
    async fn tell(self, moved: Booking) {
        let (text, length) = (&t().manage, moved.end_at - moved.start_at);
        let said = (text.moved)(&when(moved.start_at, moved.end_at, &self.zone));
        let day = wall(self.to, &self.zone).date();
        let query = MoveQuery { from: day, to: day, time_zone: Some(self.zone.clone()), service_id: None };
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
