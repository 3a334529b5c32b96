use crate::messages::Lookup;

pub const LOOKUP: Lookup = Lookup {
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
    cancelled_empty_text: "Bookings that are cancelled are kept here.",
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
