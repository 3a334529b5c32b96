use crate::messages::Home;

pub const HOME: Home = Home {
    title: "Book a time that is really free",
    lead: "Choose a provider, see every open time, and have it settled in a minute.",
    search: "Search",
    what: "What",
    what_hint: "Haircut, physio, piano…",
    place: "Where",
    place_hint: "City",
    categories: "Categories",
    all: "All",
    results: |category, words, city| {
        let who = if category.is_empty() { "Providers".to_owned() } else { category.to_owned() };
        let what = if words.is_empty() { String::new() } else { format!(" for “{words}”") };
        let place = if city.is_empty() { String::new() } else { format!(" in {city}") };
        format!("{who}{what}{place}")
    },
    from_price: |price| format!("from {price}"),
    next_times: |name| format!("Next free times at {name}"),
    book_at: |name, time| format!("Book {name}, {time}"),
    no_times: "No free times in the coming weeks",
    empty_title: "No one matches that yet",
    empty_text: "Try another word, another city, or look at every provider.",
    empty_action: "Show all providers",
    none_title: "No providers yet",
    none_text: "Be the first: make a page, add a service and your hours, and publish it.",
    none_action: "Offer your services",
};
