//! Back from the payment page before the bank has answered.

use super::open::what;
use super::page::Till;
use crate::browser::sleep;
use crate::components::{Button, FormMessage, Heading, Icon, Kind};
use crate::messages::till;
use crate::remote::Remote;
use contract::bookings::{Booking, BookingStatus, CancelledBy};
use leptos::prelude::*;

/// The first pause before it is looked again, in milliseconds: for whoever has just paid, and for others.
const FIRST: (u32, u32) = (1_000, 5_000);
/// The longest.
const LONGEST: u32 = 15_000;
/// After how long it takes longer than usual.
const LONG: u32 = 25_000;

/// Looks again and again, ever more slowly, as long as something may still happen. Tells when it takes long.
pub fn look(booking: Remote<Booking>, done: bool) -> RwSignal<bool> {
    let long = RwSignal::new(false);
    leptos::task::spawn_local(async move {
        let (mut pause, mut waited) = (if done { FIRST.0 } else { FIRST.1 }, 0);
        loop {
            sleep(pause).await;
            waited += pause;
            pause = (pause * 3 / 2).min(LONGEST);
            // The page is gone.
            if long.try_get_untracked().is_none() {
                return;
            }
            if waited > LONG && !long.get_untracked() {
                long.set(true);
            }
            if booking.try_value().is_some_and(|booking| may_change(&booking)) {
                booking.refresh();
            }
        }
    });
    long
}

/// It or its rest waits for money, or it lapsed and may be revived by money that comes late.
fn may_change(booking: &Booking) -> bool {
    match booking.status {
        BookingStatus::Pending => true,
        BookingStatus::Cancelled => booking.cancelled_by == Some(CancelledBy::Expired),
        _ => super::rest::online(booking).is_some(),
    }
}

/// That there is nothing to do, and after a while two things to do all the same.
pub fn draw(booking: &Booking, page: Till, long: RwSignal<bool>) -> AnyView {
    let words = till();
    let more = move || {
        long.get().then(|| {
            view! {
                <p class="notice">{words.processing_long}</p>
                <div class="actions">
                    <Button on_press=Callback::new(move |()| page.remote.refresh())>{words.look_again}</Button>
                    <Button kind=Kind::Quiet busy=page.form.busy() on_press=Callback::new(move |()| page.pay())>{words.not_paid}</Button>
                </div>
            }
        })
    };
    view! {
        <div class="card">
            <div class="done-mark waiting" aria-hidden="true">{Icon::Clock.draw()}</div>
            <Heading text=words.processing_title />
            {what(booking)}
            <p class="lead">{words.processing_text}</p>
            <FormMessage form=page.form />
            <div role="status">{more}</div>
        </div>
    }
    .into_any()
}
