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
pub fn StatusBadge(
    status: BookingStatus,
    /// Whether it waits for its client to pay.
    #[prop(optional)]
    unpaid: bool,
) -> impl IntoView {
    let sign = match status {
        BookingStatus::Pending => Icon::Clock,
        BookingStatus::Confirmed | BookingStatus::Completed => Icon::Check,
        BookingStatus::Cancelled => Icon::Cross,
        BookingStatus::NoShow => Icon::Alert,
    };
    let words = if unpaid { t().pay.unpaid } else { (t().common.status)(status) };
    view! { <span class=format!("badge {}", status_class(status))>{sign.draw()}{words}</span> }.into_any()
}
