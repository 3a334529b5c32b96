use crate::messages::Days;

fn bookings(number: usize) -> String {
    if number == 1 { "1 Termin".to_owned() } else { format!("{number} Termine") }
}

pub const DAYS: Days = Days {
    button: "Ganzer Tag",
    move_day: "Den Tag verschieben …",
    cancel_day: "Den Tag absagen …",
    button_named: |day| format!("Ganzer Tag: {day} absagen oder verschieben"),
    nothing: "An diesem Tag lässt sich nichts mehr ändern: Es gibt keinen Termin, der noch bevorsteht.",
    changed: "Inzwischen kam oder ging eine Buchung. Es ist noch nichts geschehen: so steht der Tag jetzt.",
    touched: |number, people| {
        let people = if people == 1 { "1 Person".to_owned() } else { format!("{people} Personen") };
        format!("{} von {people}.", bookings(number))
    },
    without_email: "Ohne E-Mail-Adresse. Bitte selbst Bescheid geben:",
    what: "Was mit dem Tag geschehen soll",
    cancel: "Absagen",
    relocate: "Verschieben",
    reason: "Nachricht an alle",
    reason_hint: "Steht in der E-Mail, die alle bekommen.",
    close: "An diesem Tag nichts mehr annehmen",
    close_hint: "Der Tag wird in den Zeiten geschlossen und lässt sich dort wieder öffnen.",
    cancel_yes: |number| format!("{} absagen", bookings(number)),
    keep: "So lassen",
    whither: "Wohin",
    to_date: "Anderer Tag",
    later: "Später",
    earlier: "Früher",
    date: "Neuer Tag",
    minutes: "Um wie viel",
    minutes_unit: "Minuten",
    say_where: "Sobald das Ziel feststeht, ist zu sehen, was passt.",
    looking: "Es wird nachgesehen, was passt …",
    all_fit: |number| if number == 1 { "Es passt.".to_owned() } else { format!("Alle {number} passen.") },
    some_stay: |number| {
        format!("{} {} dort keinen Platz:", bookings(number), if number == 1 { "hat" } else { "haben" })
    },
    move_yes: |number| format!("{} verschieben", bookings(number)),
    move_some: |moving, staying| format!("{moving} verschieben, {staying} lassen"),
    cancelled: |number| format!("{} abgesagt.", bookings(number)),
    goes_back: |sum| format!("{sum}, die schon bezahlt sind, gehen an die Kundschaft zurück."),
    moved: |number| format!("{} verschoben.", bookings(number)),
    moved_to: |number, day| format!("{} verschoben auf {day}.", bookings(number)),
    told: "Alle mit Adresse bekommen eine E-Mail.",
    closed: "An diesem Tag wird nichts mehr angenommen.",
    kept: |number| format!("{} {} geblieben:", bookings(number), if number == 1 { "ist" } else { "sind" }),
    finish: "Fertig",
    move_back: "Zurückschieben",
    moved_back: "Alles ist wieder, wo es war.",
};
