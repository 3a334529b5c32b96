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
    cancelled_by: |who, own| match who {
        CancelledBy::Client | CancelledBy::Provider if own => "You cancelled this booking.",
        CancelledBy::Declined if own => "You declined this request.",
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
    changed_meanwhile: "The booking was changed in the meantime. This is how it stands now.",
    why: |code, message| {
        match code {
            "booked" => "Something else is booked there.",
            "buffer" => "Too close to another booking.",
            "outside_hours" => "Outside your hours.",
            "busy_block" => "You are away then.",
            "past" => "That is in the past.",
            "horizon" => "That is too far ahead.",
            "shared" => "Others of the group stay.",
            _ => message,
        }
        .to_owned()
    },
};
