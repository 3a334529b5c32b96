use super::count;
use crate::messages::Common;
use contract::bookings::BookingStatus;
use contract::services::Location;

pub const COMMON: Common = Common {
    app: "Appointed",
    title: |page| format!("{page} · Appointed"),
    skip: "Zum Inhalt springen",
    home_link: "Appointed, Startseite",
    main_navigation: "Hauptmenü",
    theme: "Darstellung",
    theme_light: "Hell",
    theme_dark: "Dunkel",
    theme_system: "Wie im System",
    language: "Sprache",
    log_in: "Anmelden",
    account: "Konto",
    my_bookings: "Meine Termine",
    administration: "Verwaltung",
    dashboard: "Verwalten",
    lost_link: "Termin finden",
    for_providers: "Termine anbieten",
    api_docs: "API",
    footer: "Freie Zeiten sind aktuell. Was hier steht, kann gebucht werden.",
    retry: "Noch einmal versuchen",
    request_id: |id| format!("Anfrage {id}"),
    loading: "Wird geladen",
    cancel: "Abbrechen",
    close: "Schließen",
    dismiss: "Ausblenden",
    back: "Zurück",
    save: "Speichern",
    saved: "Gespeichert.",
    edit: "Bearbeiten",
    optional: "optional",
    load_more: "Mehr anzeigen",
    today: "heute",
    tomorrow: "morgen",
    time_zone: "Zeitzone",
    your_zone: "Deine",
    provider_zone: "Die des Anbieters",
    duration,
    free: "Kostenlos",
    location: |location| match location {
        Location::Provider => "Beim Anbieter",
        Location::Customer => "Bei dir",
        Location::Phone => "Am Telefon",
        Location::Online => "Online",
    },
    status: |status| match status {
        BookingStatus::Pending => "Angefragt",
        BookingStatus::Confirmed => "Bestätigt",
        BookingStatus::Cancelled => "Abgesagt",
        BookingStatus::Completed => "Abgeschlossen",
        BookingStatus::NoShow => "Nicht erschienen",
    },
    category: |slug| {
        match slug {
            "beauty" => "Schönheit",
            "health" => "Gesundheit",
            "wellness" => "Wohlbefinden",
            "fitness" => "Fitness",
            "education" => "Unterricht",
            "craft" => "Handwerk",
            "repair" => "Reparatur",
            "home" => "Haushalt",
            "consulting" => "Beratung",
            "photography" => "Fotografie",
            "pets" => "Tiere",
            "stays" => "Unterkünfte",
            other => other,
        }
        .to_owned()
    },
    not_found_title: "Diese Seite gibt es nicht",
    not_found_text: "Vielleicht ist die Adresse falsch geschrieben, oder die Seite ist umgezogen.",
    not_found_action: "Anbieter finden",
    offline: "Keine Verbindung. Was auf dem Bildschirm steht, bleibt; speichern lässt es sich erst wieder mit Verbindung.",
    show_password: "Passwort zeigen",
    hide_password: "Passwort verbergen",
};

fn duration(minutes: u32) -> String {
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let parts = [
        (days > 0).then(|| count(days, "Tag", "Tage")),
        (hours > 0).then(|| format!("{hours} Std.")),
        (rest > 0).then(|| format!("{rest} Min.")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
