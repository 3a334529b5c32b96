use crate::messages::Provider;

pub const PROVIDER: Provider = Provider {
    services: "Leistungen",
    about: "Über uns",
    place: "Ort",
    speaks: "Sprachen",
    clock: "Ortszeit",
    book: "Zeit wählen",
    book_service: |name| format!("Zeit wählen für {name}"),
    next_free: |when| format!("Nächste Zeit: {when}"),
    nothing_free: "In den nächsten Wochen ist nichts frei",
    looking: "Freie Zeiten werden gesucht",
    on_request: "Auf Anfrage",
    group: |seats| format!("Gruppe mit bis zu {seats} Plätzen"),
    empty_title: "Noch keine Leistungen",
    empty_text: "Hier gibt es gerade nichts zu buchen. Später noch einmal vorbeischauen lohnt sich.",
    preview: "Diese Seite ist noch nicht veröffentlicht. Andere sehen sie nicht.",
    preview_suspended: "Diese Seite ist gesperrt. Andere sehen sie nicht.",
    preview_action: "Zum Profil",
    unavailable_title: "Diese Seite ist gerade nicht da",
    unavailable_text: "Vielleicht ist sie umgezogen, oder sie nimmt gerade keine Buchungen an. Gebuchte Termine gelten weiter.",
};
