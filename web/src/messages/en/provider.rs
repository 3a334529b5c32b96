use crate::messages::Provider;

pub const PROVIDER: Provider = Provider {
    services: "Services",
    about: "About",
    place: "Place",
    speaks: "Speaks",
    clock: "Local time",
    book: "Choose a time",
    book_service: |name| format!("Choose a time for {name}"),
    next_free: |when| format!("Next: {when}"),
    nothing_free: "Nothing free in the coming weeks",
    looking: "Looking for free times",
    on_request: "On request",
    group: |seats| format!("Group of up to {seats}"),
    empty_title: "No services yet",
    empty_text: "There is nothing to book here for now. Please come back later.",
    preview: "Only you can see this page. It is not published yet.",
    preview_suspended: "Only you can see this page. It is suspended.",
    preview_action: "Go to the profile",
    unavailable_title: "This page is not available right now",
    unavailable_text: "It may have moved, or takes no bookings at the moment. Bookings that were made stand.",
};
