use crate::messages::PageForm;
use crate::messages::grammar::count;

pub static PAGE_FORM: PageForm = PageForm {
    name: "Name",
    name_hint: "Yours or your business’s, as customers know it.",
    category: "Category",
    headline: "In one line",
    headline_hint: "For example: Physiotherapy for runners and desk workers.",
    bio: "About",
    bio_hint: "What you do, how you work, what to bring.",
    street: "Street and number",
    city: "City",
    city_hint: "Choosing a city from the list also sets zone and currency.",
    zone: "Time zone",
    zone_hint: "Your hours are meant in this zone.",
    currency: "Currency",
    languages: "Languages you speak",
    languages_add: "Add a language",
    language_remove: |name| format!("Remove {name}"),
    slug: "Address of the page",
    slug_hint: |address| format!("Customers find you at {address}"),
    expiry: "Requests expire after",
    expiry_hint: "An unanswered request gives its time back.",
    expiry_hours: |hours| {
        if hours % 24 == 0 { count(hours / 24, "day", "days") } else { count(hours, "hour", "hours") }
    },
    day_limit: "Most bookings a day",
    week_limit: "Most bookings a week",
    tax_number: "Tax number or VAT ID",
    tax_number_hint: "It stands on your receipts; only you see it here.",
    limit_hint: "Leave empty for no limit.",
    basics: "Who you are",
    place: "Where you are",
    rules: "Rules",
    profile_title: "Profile",
};
