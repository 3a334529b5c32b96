use crate::messages::Manage;
use contract::bookings::CancelledBy;

pub const MANAGE: Manage = Manage {
    with: "Bei",
    client: "Wer kommt",
    contact: "Kontakt",
    place: "Wo",
    price: "Preis",
    party: "Personen",
    notes: "Notizen",
    answer_until: |when| format!("Wartet bis {when} Uhr auf eine Antwort."),
    cancelled_by: |who, own| match who {
        CancelledBy::Client | CancelledBy::Provider if own => "Selbst abgesagt.",
        CancelledBy::Declined if own => "Selbst abgelehnt.",
        CancelledBy::Client => "Von der Kundenseite abgesagt.",
        CancelledBy::Provider => "Vom Anbieter abgesagt.",
        CancelledBy::Declined => "Der Anbieter konnte die Anfrage nicht annehmen.",
        CancelledBy::Expired => "Die Anfrage wurde nicht rechtzeitig beantwortet.",
    },
    reason_was: |reason| format!("„{reason}“"),
    move_it: "Verschieben",
    cancel_it: "Termin absagen",
    cancel_title: "Diesen Termin absagen?",
    cancel_text: |when| {
        format!("Die Zeit wird für andere frei: {when}. Das lässt sich nicht rückgängig machen.")
    },
    cancel_reason: "Grund",
    cancel_reason_hint: "Die andere Seite bekommt ihn zu lesen.",
    cancel_yes: "Termin absagen",
    keep: "Behalten",
    cancelled: "Der Termin ist abgesagt.",
    move_title: "Neue Zeit wählen",
    move_confirm_title: "Termin verschieben?",
    move_confirm_text: |from, to| format!("Von {from} auf {to}."),
    move_yes: "Termin verschieben",
    moved: |when| format!("Verschoben auf {when}."),
    move_stop: "Bei der jetzigen Zeit bleiben",
    book_again: "Noch einmal buchen",
    history: "Verlauf",
    changed_meanwhile: "Der Termin wurde inzwischen geändert. Hier ist der jetzige Stand.",
    why: |code, message| {
        match code {
            "booked" => "Dort ist schon etwas gebucht.",
            "buffer" => "Zu nah an einem anderen Termin.",
            "outside_hours" => "Außerhalb der Zeiten.",
            "busy_block" => "Dann ist Abwesenheit eingetragen.",
            "past" => "Das ist schon vorbei.",
            "horizon" => "Das ist zu weit voraus.",
            "shared" => "Andere aus der Gruppe bleiben.",
            _ => message,
        }
        .to_owned()
    },
};
