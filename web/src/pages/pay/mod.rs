//! Paying: what is due before booking, the page that a payment leads back to, and what a cancellation brings back.
//!
//! Only the page itself is a part of the app; the rest comes when a page has to say it ([`crate::later`]).

mod coupon;
mod due;
mod held;
mod moving;
mod notice;
mod open;
mod over;
mod page;
mod policy;
mod quote;
mod receipts;
mod rest;
mod sums;
mod underway;
mod wait;
mod waiting;

use crate::api::BookingKey;
use crate::components::{Bone, skeleton_lines};
use crate::later::{later, show, show_at_rest, show_if_had, soon};
use crate::pages::manage::Side;
use contract::bookings::{Booking, BookingStatus};
use contract::providers::Provider;
use leptos::prelude::*;
use time::OffsetDateTime;

pub use due::Due;
pub use moving::Moving;
pub use notice::Notice;
pub use page::PayPage;
pub use quote::Quoted;
pub use sums::{charging_of, rest_of};
pub use underway::follow as follow_money;

/// Whose policy, and for a start in a zone, where one is chosen.
type Policy = (Provider, Option<(OffsetDateTime, String)>);

/// What opens a booking, the booking, who asks, and where to tell how far the answer is.
type Asked = (BookingKey, Booking, Side, RwSignal<Quoted>);

/// A booking, what opens it, and who looks.
type Looked = (Booking, BookingKey, Side);

later!(terms_later: policy_part(Policy) = policy::draw);
later!(terms_later: due_part(Due) = due::draw);
later!(terms_later: agreed_part(Booking) = due::agreed);
later!(money_later: quote_part(Asked) = quote::draw);
later!(money_later: moving_part(Moving) = moving::draw);
later!(money_later: sums_part(Looked) = sums::draw);
later!(money_later: rest_part((Booking, BookingKey)) = rest::theirs);
later!(money_later: notice_part(Notice) = notice::draw);
later!(money_later: held_part(()) = held::draw);

/// What a cancellation brings back, in plain words.
pub fn policy(of: Policy) -> AnyView {
    show_at_rest(policy_part, of, || skeleton_lines(3))
}

/// What is due now and later, with a coupon.
pub fn due(due: Due) -> AnyView {
    if due.is_prepaid() {
        let height = waiting::height(&due);
        view! { <div class="due-place" style:min-height=height>{show(due_part, due, || skeleton_lines(5))}</div> }.into_any()
    } else {
        // There is but a coupon to be typed, behind a line as tall as this.
        show_if_had(due_part, due, || view! { <Bone class="pill" /> }.into_any())
    }
}

/// What was agreed of a booking that waits to be paid.
fn agreed(booking: Booking) -> AnyView {
    show(agreed_part, booking, || skeleton_lines(4))
}

/// What a cancellation would bring back now.
pub fn quote(asked: Asked) -> AnyView {
    show(quote_part, asked, || skeleton_lines(1))
}

/// What a cancellation would bring back after a move.
pub fn moving(moving: Moving) -> AnyView {
    show(moving_part, moving, || skeleton_lines(2))
}

/// What of a booking was paid and went back.
pub fn sums(booking: Booking, key: BookingKey, side: Side) -> AnyView {
    show(sums_part, (booking, key, side), || waiting::sums(2))
}

/// Fetches what draws the sums, so that they are there together with the booking.
pub async fn sums_at_hand() {
    // Where it cannot be had, the sums say so in their place.
    let _ = sums_part().await;
}

/// Says to the provider whether the client can pay the rest online. The client has a way to do so beside the sums.
pub fn rest_note(booking: &Booking, key: &BookingKey, side: Side) -> Option<AnyView> {
    let owed = booking.status == BookingStatus::Confirmed && rest_of(booking) > 0;
    (owed && side == Side::Provider)
        .then(|| show(rest_part, (booking.clone(), key.clone()), || ().into_any()))
}

/// Says that bookings wait to be paid.
pub fn notice(notice: Notice) -> AnyView {
    show(notice_part, notice, || ().into_any())
}

/// Leads to the bookings that wait to be paid.
pub fn held() -> AnyView {
    show(held_part, (), || skeleton_lines(2))
}

/// Has what is due at hand when the details are asked for.
pub fn prepare() {
    soon(due_part());
}
