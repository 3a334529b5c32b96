use crate::messages::Welcome;

pub static WELCOME: Welcome = Welcome {
    steps: "Schritte zur eigenen Seite",
    step_of: |step, of, name| format!("Schritt {step} von {of}: {name}"),
    step_is_done: "erledigt",
    step_profile: "Profil",
    step_service: "Leistungen",
    step_hours: "Zeiten",
    step_preview: "Vorschau",
    step_done: "Veröffentlicht",
    go_on: "Weiter",
    skip: "Vorerst überspringen",
    profile_title: "Die eigene Seite anlegen",
    profile_lead: "Name, Bereich und Ort genügen. In zwei Minuten steht eine Seite, über die gebucht werden kann.",
    city_hint: "Optional. Zeitzone und Währung ergeben sich daraus.",
    guess: |zone, currency| format!("Zeiten gelten in {zone}, Preise in {currency}."),
    change: "Ändern",
    change_guess: "Zeitzone und Währung ändern",
    service_title: "Was wird angeboten?",
    service_lead: "Passendes antippen und nach Belieben ändern. Mehr kann später dazukommen.",
    suggestions: "Vorschläge",
    offers,
    own_service: "Etwas anderes",
    offered: "Die Leistungen bisher",
    remove_service: |name| {
        if name.trim().is_empty() {
            "Diese Leistung entfernen".to_owned()
        } else {
            format!("{name} entfernen")
        }
    },
    minutes: "Minuten",
    none_yet: "Einen Vorschlag antippen, etwas anderes hinzufügen oder den Schritt vorerst überspringen.",
    hours_title: "Wann wird gearbeitet?",
    hours_lead: |zone| format!("Innerhalb dieser Zeiten kann gebucht werden. Alle Zeiten gelten in {zone}."),
    begin_with: "Anfangen mit",
    presets: [
        ("Werktage", "9–17 Uhr"),
        ("Mit Mittagspause", "9–12, 13–17 Uhr"),
        ("Abends", "17–21 Uhr"),
        ("Wochenende", "10–16 Uhr"),
        ("Rund um die Uhr", "jeden Tag"),
    ],
    preview_title: "So sieht die Seite für andere aus",
    preview_lead: "Noch ist sie für niemanden sonst zu sehen.",
    lacking: "Das fehlt noch, bevor gebucht werden kann:",
    lacks_service: "Eine Leistung hinzufügen",
    lacks_hours: "Zeiten festlegen",
    whole_page: "Die ganze Seite ansehen",
    more_profile: "Text und mehr hinzufügen",
    done_title: "Die Seite ist veröffentlicht",
    done_lead: |name| format!("{name} ist jetzt zu finden und zu buchen."),
    link: "Der Link zur Seite",
    code: "QR-Code speichern",
    link_hint: "Er passt auf die eigene Website, in Profile und unter jede E-Mail.",
    copy: "Kopieren",
    copied: "Der Link ist kopiert.",
    not_copied: "Der Browser hat das Kopieren nicht erlaubt. Bitte den Link von Hand kopieren.",
    see: "Seite ansehen",
    to_agenda: "Zum Kalender",
    first_steps_action: "Weiter",
};

fn offers(category: &str) -> [&'static str; 4] {
    match category {
        "beauty" => ["Haarschnitt", "Farbe", "Maniküre", "Gesichtsbehandlung"],
        "health" => ["Beratung", "Erster Termin", "Behandlung", "Kontrolle"],
        "wellness" => ["Massage", "Rückenmassage", "Lange Massage", "Yogastunde"],
        "fitness" => ["Einzeltraining", "Kurzes Training", "Gruppenkurs", "Erstgespräch"],
        "education" => ["Unterrichtsstunde", "Lange Stunde", "Doppelstunde", "Probestunde"],
        "craft" => ["Beratung vor Ort", "Kurs", "Langer Kurs", "Erstgespräch"],
        "repair" => ["Reparatur vor Ort", "Kleine Reparatur", "Große Reparatur", "Kostenvoranschlag"],
        "home" => ["Reinigung", "Große Reinigung", "Gartenarbeit", "Erster Besuch"],
        "consulting" => ["Erstgespräch", "Beratung", "Lange Beratung", "Seminar"],
        "photography" => ["Porträts", "Bewerbungsfoto", "Familienfotos", "Erstgespräch"],
        "pets" => ["Training", "Spaziergang", "Fellpflege", "Kennenlernen"],
        "stays" => ["Eine Nacht", "Ein halber Tag", "Eine Stunde", "Besichtigung"],
        _ => ["Kurzer Termin", "Termin", "Langer Termin", "Erstgespräch"],
    }
}
