use crate::messages::PageForm;
use crate::messages::grammar::count;

pub static PAGE_FORM: PageForm = PageForm {
    name: "Name",
    name_hint: "Der eigene oder der des Betriebs, so wie ihn die Kundschaft kennt.",
    category: "Bereich",
    headline: "In einer Zeile",
    headline_hint: "Zum Beispiel: Physiotherapie für alle, die laufen oder viel sitzen.",
    bio: "Vorstellung",
    bio_hint: "Was angeboten wird, wie gearbeitet wird, was mitzubringen ist.",
    street: "Straße und Hausnummer",
    city: "Ort",
    city_hint: "Ein Ort aus der Liste legt auch Zeitzone und Währung fest.",
    zone: "Zeitzone",
    zone_hint: "In dieser Zeitzone gelten die Zeiten.",
    currency: "Währung",
    languages: "Gesprochene Sprachen",
    languages_add: "Sprache hinzufügen",
    language_remove: |name| format!("{name} entfernen"),
    slug: "Adresse der Seite",
    slug_hint: |address| format!("Zu finden unter {address}"),
    expiry: "Anfragen verfallen nach",
    expiry_hint: "Eine unbeantwortete Anfrage gibt ihre Zeit wieder frei.",
    expiry_hours: |hours| {
        if hours % 24 == 0 { count(hours / 24, "Tag", "Tagen") } else { count(hours, "Stunde", "Stunden") }
    },
    day_limit: "Höchstens Termine am Tag",
    week_limit: "Höchstens Termine in der Woche",
    tax_number: "Steuernummer oder USt-IdNr.",
    tax_number_hint: "Steht auf den Belegen, sonst nirgends.",
    limit_hint: "Leer lassen, wenn es keine Grenze gibt.",
    basics: "Wer",
    place: "Wo",
    rules: "Regeln",
    profile_title: "Profil",
};
