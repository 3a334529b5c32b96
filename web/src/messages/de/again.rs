use crate::messages::Again;

pub const AGAIN: Again = Again {
    title: "Bitte neu anmelden",
    text: "Die Anmeldung ist abgelaufen: neu anmelden und weitermachen.",
    kept: "Alle Eingaben bleiben erhalten.",
    password: "Passwort",
    leave: "Ohne Anmeldung weiter",
    unsaved_title: "Ohne Speichern gehen?",
    unsaved_text: "Die Änderungen auf dieser Seite sind noch nicht gespeichert.",
    stay: "Hier bleiben",
    discard: "Ohne Speichern gehen",
};
