use super::icon::Icon;
use crate::messages::t;
use contract::bookings::BookingStatus;
use leptos::prelude::*;

/// The colour class of a state.
pub fn status_class(status: BookingStatus) -> &'static str {
    match status {
        BookingStatus::Pending => "pending",
        BookingStatus::Confirmed => "confirmed",
        BookingStatus::Cancelled => "cancelled",
        BookingStatus::Completed => "completed",
        BookingStatus::NoShow => "no-show",
    }
}

/// The state of a booking: a word and a sign, never colour alone.
#[component]
pub fn StatusBadge(status: BookingStatus) -> impl IntoView {
    let sign = match status {
        BookingStatus::Pending => Icon::Clock,
        BookingStatus::Confirmed | BookingStatus::Completed => Icon::Check,
        BookingStatus::Cancelled => Icon::Cross,
        BookingStatus::NoShow => Icon::Alert,
    };
    view! { <span class=format!("badge {}", status_class(status))>{sign.draw()}{(t().common.status)(status)}</span> }.into_any()
}
