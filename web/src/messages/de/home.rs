use crate::messages::Home;

pub const HOME: Home = Home {
    title: "Termine buchen, die wirklich frei sind",
    lead: "Anbieter wählen, alle freien Zeiten sehen, in einer Minute gebucht.",
    search: "Suchen",
    what: "Was",
    what_hint: "Haarschnitt, Physio, Klavier …",
    place: "Wo",
    place_hint: "Ort",
    categories: "Bereiche",
    all: "Alle",
    results: |category, words, city| {
        let who = if category.is_empty() { "Anbieter".to_owned() } else { category.to_owned() };
        let what = if words.is_empty() { String::new() } else { format!(" für „{words}“") };
        let place = if city.is_empty() { String::new() } else { format!(" in {city}") };
        format!("{who}{what}{place}")
    },
    from_price: |price| format!("ab {price}"),
    next_times: |name| format!("Nächste freie Zeiten bei {name}"),
    book_at: |name, time| format!("{name} buchen, {time}"),
    no_times: "In den nächsten Wochen ist nichts frei",
    empty_title: "Dazu gibt es noch niemanden",
    empty_text: "Vielleicht hilft ein anderes Wort, ein anderer Ort oder der Blick auf alle Anbieter.",
    empty_action: "Alle Anbieter zeigen",
    none_title: "Noch keine Anbieter",
    none_text: "Den Anfang machen: Seite anlegen, Leistung und Zeiten eintragen, veröffentlichen.",
    none_action: "Termine anbieten",
};
