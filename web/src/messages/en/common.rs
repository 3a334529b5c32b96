use super::count;
use crate::messages::Common;
use contract::bookings::BookingStatus;
use contract::services::Location;

pub const COMMON: Common = Common {
    app: "Appointed",
    title: |page| format!("{page} · Appointed"),
    skip: "Skip to content",
    home_link: "Appointed, home",
    main_navigation: "Main",
    theme: "Appearance",
    theme_light: "Light",
    theme_dark: "Dark",
    theme_system: "System",
    language: "Language",
    log_in: "Log in",
    account: "Account",
    my_bookings: "My bookings",
    administration: "Admin",
    dashboard: "Dashboard",
    lost_link: "Find a booking",
    for_providers: "Offer your services",
    api_docs: "API",
    footer: "Free times are live. What you see can be booked.",
    retry: "Try again",
    request_id: |id| format!("Request {id}"),
    loading: "Loading",
    cancel: "Cancel",
    close: "Close",
    dismiss: "Dismiss",
    back: "Back",
    save: "Save",
    saved: "Saved.",
    edit: "Edit",
    optional: "optional",
    load_more: "Show more",
    today: "today",
    tomorrow: "tomorrow",
    time_zone: "Time zone",
    your_zone: "Yours",
    provider_zone: "The provider’s",
    duration,
    free: "Free",
    location: |location| match location {
        Location::Provider => "At the provider’s",
        Location::Customer => "At your place",
        Location::Phone => "By phone",
        Location::Online => "Online",
    },
    status: |status| match status {
        BookingStatus::Pending => "Awaiting answer",
        BookingStatus::Confirmed => "Confirmed",
        BookingStatus::Cancelled => "Cancelled",
        BookingStatus::Completed => "Completed",
        BookingStatus::NoShow => "Did not come",
    },
    category: |slug| {
        match slug {
            "beauty" => "Beauty",
            "health" => "Health",
            "wellness" => "Wellness",
            "fitness" => "Fitness",
            "education" => "Lessons",
            "craft" => "Craft",
            "repair" => "Repair",
            "home" => "Home",
            "consulting" => "Advice",
            "photography" => "Photography",
            "pets" => "Pets",
            "stays" => "Stays",
            other => other,
        }
        .to_owned()
    },
    not_found_title: "There is no such page",
    not_found_text: "The address may be mistyped, or what stood here has moved.",
    not_found_action: "Find a provider",
    offline: "You are offline. What is on the screen stays; changes can be saved once you are back.",
    show_password: "Show password",
    hide_password: "Hide password",
};

fn duration(minutes: u32) -> String {
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let parts = [
        (days > 0).then(|| count(days, "day", "days")),
        (hours > 0).then(|| format!("{hours} h")),
        (rest > 0).then(|| format!("{rest} min")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
