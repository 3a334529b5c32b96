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
    event: |kind, actor| {
        let what = match kind {
            "requested" => "Angefragt",
            "booked" => "Gebucht",
            "confirmed" => "Bestätigt",
            "declined" => "Abgelehnt",
            "moved" => "Verschoben",
            "cancelled" => "Abgesagt",
            "expired" => "Ohne Antwort abgelaufen",
            "completed" => "Abgeschlossen",
            "no_show" => "Als nicht erschienen vermerkt",
            other => other,
        };
        match actor {
            "client" | "guest" => format!("{what} von der Kundenseite"),
            "provider" => format!("{what} vom Anbieter"),
            _ => what.to_owned(),
        }
    },
    event_moved: |from, to| format!("von {from} auf {to}"),
    changed_meanwhile: "Der Termin wurde inzwischen geändert. Hier ist der jetzige Stand.",
    link_wrong_title: "Dieser Link führt zu keinem Termin",
    link_wrong_text: "Vielleicht ist er abgeschnitten oder veraltet. Neue Links zu allen Terminen kommen auf Wunsch per Mail.",
    link_wrong_action: "Links zuschicken",
    list_title: "Meine Termine",
    coming: "Kommende",
    past: "Vergangene",
    cancelled_tab: "Abgesagte",
    which: "Welche Termine",
    coming_empty_title: "Nichts steht an",
    coming_empty_text: "Gebuchte Termine stehen hier und lassen sich verschieben und absagen.",
    past_empty_title: "Noch nichts hier",
    past_empty_text: "Termine, die vorbei sind, stehen dann hier.",
    cancelled_empty_text: "Abgesagte Termine bleiben hier stehen.",
    find_provider: "Anbieter finden",
    lost_title: "Termin finden",
    lost_text: "Ohne Konto gebucht? Bitte die Adresse angeben, mit der gebucht wurde. Zu jedem kommenden Termin kommt ein Link per Mail.",
    lost_send: "Links zuschicken",
    lost_sent: |email| {
        format!(
            "Wenn es Termine für {email} gibt, sind die Links unterwegs. Bitte auch im Spam-Ordner nachsehen."
        )
    },
};
