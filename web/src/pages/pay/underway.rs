//! Money under way: the page of a booking looks by itself whether it has arrived.

use super::sums::charging_of;
use crate::browser::{is_hidden, sleep};
use crate::remote::Remote;
use crate::session::Session;
use contract::bookings::Booking;
use contract::payments::RefundState;
use leptos::prelude::*;

/// The first pause before it is looked again, in milliseconds.
const FIRST: u32 = 4_000;
/// The longest.
const LONGEST: u32 = 60_000;
/// For how long in all: banks may take days, which nobody waits for at a page.
const WHOLE: u32 = 15 * 60_000;

/// Looks again, ever more slowly, while the page is shown and money is under way.
pub fn follow(booking: Remote<Booking>) {
    let session = Session::here();
    let runs = Memo::new(move |_| booking.value().is_some_and(|booking| is_underway(&booking)));
    // Counts how often money was on its way, so that none of them looks for the next one.
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        if !runs.get() {
            return;
        }
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        leptos::task::spawn_local(async move {
            let (mut pause, mut waited) = (FIRST, 0);
            while waited < WHOLE {
                sleep(pause).await;
                waited += pause;
                pause = (pause * 3 / 2).min(LONGEST);
                // The page is gone, or the money has arrived.
                if turn.try_get_value() != Some(mine) || runs.try_get_untracked() != Some(true) {
                    return;
                }
                // Whose session has ended cannot look, and a hidden page looks when it is shown again.
                if !is_hidden() && !session.is_lapsed() {
                    booking.refresh();
                }
            }
        });
    });
}

/// Whether something goes back, or is being taken.
fn is_underway(booking: &Booking) -> bool {
    let refunds = booking.money.refunds.iter().flatten();
    let mut states = refunds.map(|refund| refund.state);
    charging_of(booking) > 0
        || states.any(|state| matches!(state, RefundState::Pending | RefundState::RequiresAction))
}
