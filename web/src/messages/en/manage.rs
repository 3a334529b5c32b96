use crate::messages::Manage;
use contract::bookings::CancelledBy;

pub const MANAGE: Manage = Manage {
    with: "With",
    client: "Client",
    contact: "Contact",
    place: "Where",
    price: "Price",
    party: "People",
    notes: "Notes",
    answer_until: |when| format!("Awaits an answer until {when}."),
    cancelled_by: |who| match who {
        CancelledBy::Client => "Cancelled by the client.",
        CancelledBy::Provider => "Cancelled by the provider.",
        CancelledBy::Declined => "The provider could not accept this request.",
        CancelledBy::Expired => "The request was not answered in time.",
    },
    reason_was: |reason| format!("“{reason}”"),
    move_it: "Move",
    cancel_it: "Cancel booking",
    cancel_title: "Cancel this booking?",
    cancel_text: |when| format!("The time on {when} becomes free for others. This cannot be undone."),
    cancel_reason: "Reason",
    cancel_reason_hint: "The other side gets to read this.",
    cancel_yes: "Cancel booking",
    keep: "Keep it",
    cancelled: "The booking is cancelled.",
    move_title: "Choose a new time",
    move_confirm_title: "Move the booking?",
    move_confirm_text: |from, to| format!("From {from} to {to}."),
    move_yes: "Move booking",
    moved: |when| format!("Moved to {when}."),
    move_stop: "Keep the present time",
    book_again: "Book again",
    history: "History",
    event: |kind, actor| {
        let what = match kind {
            "requested" => "Requested",
            "booked" => "Booked",
            "confirmed" => "Confirmed",
            "declined" => "Declined",
            "moved" => "Moved",
            "cancelled" => "Cancelled",
            "expired" => "Expired without an answer",
            "completed" => "Completed",
            "no_show" => "Marked as did not come",
            other => other,
        };
        match actor {
            "client" | "guest" => format!("{what} by the client"),
            "provider" => format!("{what} by the provider"),
            _ => what.to_owned(),
        }
    },
    event_moved: |from, to| format!("from {from} to {to}"),
    changed_meanwhile: "The booking was changed in the meantime. This is how it stands now.",
    link_wrong_title: "This link does not open a booking",
    link_wrong_text: "It may be cut off or out of date. We can mail you fresh links to all your bookings.",
    link_wrong_action: "Mail me my links",
    list_title: "My bookings",
    coming: "Coming",
    past: "Past",
    cancelled_tab: "Cancelled",
    which: "Which bookings",
    coming_empty_title: "Nothing coming up",
    coming_empty_text: "What you book shows up here, with everything to move or cancel it.",
    past_empty_title: "Nothing here yet",
    past_empty_text: "Bookings move here once they are over.",
    find_provider: "Find a provider",
    lost_title: "Find a booking",
    lost_text: "Booked without an account? Give the address you booked with. We mail you a link to each coming booking.",
    lost_send: "Mail me my links",
    lost_sent: |email| {
        format!(
            "If there are bookings for {email}, the links are on their way. Please look in the spam folder too."
        )
    },
};
