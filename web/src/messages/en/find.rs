use super::count;
use crate::messages::Find;

pub const FIND: Find = Find {
    when: "When",
    any_day: "Any day",
    other_day: "Another day…",
    day_strip: "Day",
    filters: "Filters",
    place: "Where it happens",
    any_place: "Anywhere",
    price: "Price",
    any_price: "Any price",
    price_max: |price| format!("Up to {price}"),
    language: "Language",
    any_language: "Any language",
    sort: "Sort by",
    sort_soonest: "Free soonest",
    sort_name: "Name",
    sort_price: "Lowest price",
    narrowed_by: "Narrowed by",
    quoted: |words| format!("“{words}”"),
    remove: |what| format!("Remove “{what}”"),
    clear: "Clear all",
    found: |number| format!("{number} found"),
    none_that_day: |day| format!("Nobody is free on {day}"),
    drop_day: "Show every day",
    suggestions: |number| match number {
        0 => String::new(),
        number => count(number as u64, "suggestion", "suggestions"),
    },
};
