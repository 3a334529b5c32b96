use super::count;
use crate::messages::Hours;
use contract::schedules::Day;

pub const HOURS: Hours = Hours {
    title: "Zeiten",
    lead: |zone| format!("Innerhalb dieser Zeiten kann gebucht werden. Alle Zeiten gelten in {zone}."),
    weekly: "Jede Woche",
    day: |day| match day {
        Day::Monday => "Montag",
        Day::Tuesday => "Dienstag",
        Day::Wednesday => "Mittwoch",
        Day::Thursday => "Donnerstag",
        Day::Friday => "Freitag",
        Day::Saturday => "Samstag",
        Day::Sunday => "Sonntag",
    },
    closed: "Geschlossen",
    add_window: |day| format!("Zeiten hinzufügen: {day}"),
    add: "Hinzufügen",
    remove_window: |window| format!("{window} entfernen"),
    from: |day, number| format!("{day} von, {number}"),
    until: |day, number| format!("{day} bis, {number}"),
    overnight: |end| format!("Bis {end} Uhr am nächsten Tag."),
    slide_start: |day, number| format!("{day}, Zeitraum {number}, Beginn"),
    slide_end: |day, number| format!("{day}, Zeitraum {number}, Ende"),
    midnight: "Mitternacht",
    next_day: |time| format!("{time} am nächsten Tag"),
    ruler_hint: "An den Enden eines Balkens ziehen, ihn verschieben oder im Leeren einen neuen aufziehen. Zeiten lassen sich auch eintippen.",
    worked,
    worked_a_week: |minutes| {
        if minutes == 0 { "Noch keine Zeiten".to_owned() } else { format!("{} pro Woche", worked(minutes)) }
    },
    weekdays: "Werktage",
    all_days: "Alle Tage",
    restored: "Das sind die Änderungen, die noch nicht gespeichert waren.",
    rival: "Diese Zeiten wurden inzwischen anderswo gespeichert.",
    rival_text: "Die eigenen Änderungen sind noch da. Tage ohne eigene Änderung folgen in jedem Fall dem gespeicherten Stand.",
    rival_day: |day, saved, mine| format!("{day}: gespeichert {saved}, hier {mine}"),
    keep_mine: "Eigene Änderungen behalten",
    take_saved: "Gespeicherte Zeiten übernehmen",
    discard: "Änderungen verwerfen",
    copy: |day| format!("{day} auf andere Tage kopieren"),
    copy_short: "Kopieren …",
    copy_title: |day| format!("{day} kopieren auf"),
    copy_action: "Kopieren",
    save: "Zeiten speichern",
    unsaved: "Noch nicht gespeichert.",
    saved: "Die Zeiten sind gespeichert.",
    empty_text: "Noch sind keine Zeiten eingetragen, also kann nichts gebucht werden. Am einfachsten: mit der üblichen Woche anfangen und sie anpassen.",
    usual: "Montag bis Freitag, 9 bis 17 Uhr",
    exceptions: "Abweichende Zeiten",
    exceptions_text: "Feiertage, lange Abende: ein Datum, das von der Woche abweicht.",
    exceptions_empty: "Kein Datum weicht von der Woche ab.",
    exception_add: "Datum hinzufügen",
    other_hours: "Andere Zeiten",
    note: "Notiz",
    note_hint: "Nur intern zu sehen.",
    exception_saved: |date| format!("{date} ist gespeichert."),
    exception_removed: |date| format!("{date} folgt wieder der Woche."),
    edit_exception: |date| format!("{date} bearbeiten"),
    remove_exception: |date| format!("{date} entfernen"),
    time_off: "Abwesenheit",
    time_off_text: "Eine Weile weg: In dieser Zeit kann nichts gebucht werden.",
    time_off_empty: "Keine Abwesenheit geplant.",
    time_off_add: "Abwesenheit eintragen",
    time_off_title: "Abwesenheit eintragen",
    first_day: "Erster Tag",
    last_day: "Letzter Tag",
    whole_days: "Ganze Tage",
    time_off_saved: "Die Abwesenheit ist gespeichert.",
    time_off_removed: "Die Abwesenheit ist entfernt.",
    remove_time_off: |range| format!("Abwesenheit {range} entfernen"),
    stranded: |number| {
        let verb = if number == 1 { "liegt" } else { "liegen" };
        format!("{} {verb} jetzt außerhalb der Zeiten", count(number as u64, "Termin", "Termine"))
    },
    stranded_text: |number| {
        if number == 1 {
            "Er bleibt bestehen und lässt sich verschieben oder absagen."
        } else {
            "Sie bleiben bestehen und lassen sich verschieben oder absagen."
        }
    },
    changed_meanwhile: "Die Zeiten wurden inzwischen geändert. Was dort geändert wurde, steht jetzt hier, und das hier Geänderte ist noch da. Bitte ansehen und noch einmal versuchen.",
};

/// `7 Std. 30 Min.`; hours are not made days of.
fn worked(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} Min."),
        (hours, 0) => format!("{hours} Std."),
        (hours, rest) => format!("{hours} Std. {rest} Min."),
    }
}
