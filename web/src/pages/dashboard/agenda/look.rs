//! How a booking looks in the agenda: one that is only kept until its client has paid is none yet.

use crate::components::{Icon, StatusBadge, status_class};
use crate::messages::t;
use contract::bookings::{Awaits, Booking};
use leptos::prelude::*;

/// Whether its time is kept for the client to pay.
pub fn is_unpaid(booking: &Booking) -> bool {
    booking.awaits == Some(Awaits::Payment)
}

/// The class of its colours.
pub fn class_of(booking: &Booking) -> &'static str {
    if is_unpaid(booking) { "unpaid" } else { status_class(booking.status) }
}

/// How it stands, in words.
pub fn state_of(booking: &Booking) -> &'static str {
    if is_unpaid(booking) { t().settle.unpaid } else { (t().common.status)(booking.status) }
}

/// The same with a sign.
pub fn badge(booking: &Booking) -> AnyView {
    if is_unpaid(booking) {
        view! { <span class="badge unpaid">{Icon::Clock.draw()}{state_of(booking)}</span> }.into_any()
    } else {
        view! { <StatusBadge status=booking.status /> }.into_any()
    }
}
