use super::count;
use crate::messages::Find;

pub const FIND: Find = Find {
    when: "Wann",
    any_day: "Jeder Tag",
    other_day: "Anderer Tag …",
    day_strip: "Tag",
    filters: "Filter",
    place: "Wo es stattfindet",
    any_place: "Überall",
    price: "Preis",
    any_price: "Jeder Preis",
    price_max: |price| format!("Bis {price}"),
    language: "Sprache",
    any_language: "Jede Sprache",
    sort: "Sortieren nach",
    sort_soonest: "Zuerst frei",
    sort_name: "Name",
    sort_price: "Niedrigster Preis",
    narrowed_by: "Eingegrenzt durch",
    quoted: |words| format!("„{words}“"),
    remove: |what| format!("„{what}“ entfernen"),
    clear: "Alles entfernen",
    found: |number| format!("{number} gefunden"),
    none_that_day: |day| format!("Am {day} hat niemand Zeit"),
    drop_day: "Alle Tage zeigen",
    suggestions: |number| match number {
        0 => String::new(),
        number => count(number as u64, "Vorschlag", "Vorschläge"),
    },
};
