use super::{count, list};
use crate::messages::Year;

pub static YEAR: Year = Year {
    title: "Das Jahr",
    hint: "Einen Tag wählen oder über mehrere ziehen, um sie zu schließen, andere Zeiten festzulegen oder freizunehmen.",
    show_year: |year| format!("{year} zeigen"),
    sums: |[closed, other, off]| {
        let parts = [(closed, "geschlossen"), (other, "mit anderen Zeiten"), (off, "frei")];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, what)| format!("{} {what}", count(number as u64, "Tag", "Tage")))
            .collect();
        if parts.is_empty() { "Jeder Tag folgt der Woche.".to_owned() } else { parts.join(" · ") }
    },
    open: "Geöffnet",
    week_closed: "Kein Arbeitstag",
    closed: "Geschlossen",
    other: "Andere Zeiten",
    away: "Abwesend",
    partly: "Teilweise abwesend",
    all_day: "rund um die Uhr",
    overnight: |start, end| format!("{start} bis {end} am nächsten Tag"),
    days: |first, last, days| format!("{first} – {last}, {}", count(days.unsigned_abs(), "Tag", "Tage")),
    new_title: "Andere Zeiten oder Abwesenheit",
    what: "Was dann gilt",
    close: "Geschlossen",
    hours: "Andere Zeiten",
    off: "Abwesenheit",
    week: "Wie jede Woche",
    week_hours: |day, hours| format!("Jede Woche, {day}: {hours}."),
    week_none: |day| format!("Jede Woche, {day}: geschlossen."),
    own_closed: "An diesem Datum geschlossen.",
    own_hours: |hours| format!("An diesem Datum: {hours}."),
    off_until: |range| format!("Abwesend: {range}"),
    clocks: |minutes| {
        let hours = match minutes.unsigned_abs() {
            60 => "eine Stunde".to_owned(),
            minutes => count(minutes, "Minute", "Minuten"),
        };
        let word = if minutes < 0 { "kürzer" } else { "länger" };
        format!("Zeitumstellung: Dieser Tag ist {hours} {word}, ebenso Zeiten, die über sie hinweggehen.")
    },
    off_text: "In dieser Zeit kann nichts gebucht werden.",
    week_text: "Tage mit eigenen Zeiten folgen wieder der Woche. Abwesenheit bleibt.",
    many_saved: |days| format!("{} gespeichert.", count(days as u64, "Tag ist", "Tage sind")),
    many_removed: |days| format!("{} wieder der Woche.", count(days as u64, "Tag folgt", "Tage folgen")),
    holiday: "Feiertag",
    holidays: |number, place, year, open| {
        let all = format!("Noch {} {year} in {place}", count(number as u64, "Feiertag", "Feiertage"));
        match (number, open) {
            (0, _) => format!("{year} kommen in {place} keine Feiertage mehr."),
            (_, 0) => format!("{all}. An allen ist geschlossen."),
            (_, open) => format!("{all}, an {open} davon ist geöffnet."),
        }
    },
    holidays_choose: "An Feiertagen schließen",
    holidays_show: "Feiertage zeigen",
    holidays_unknown: "An den Feiertagen des Landes schließen.",
    looking_for_holidays: "Feiertage werden gesucht …",
    holidays_title: |year| format!("Feiertage {year}"),
    country: "Land",
    region_label: "Region",
    all_regions: "Das ganze Land",
    only_in: |regions, more| match more {
        0 => format!("nur in {}", list(regions, "und")),
        _ => format!("nur in {} und {more} weiteren", regions.join(", ")),
    },
    closed_already: "schon geschlossen",
    off_already: "abwesend",
    close_on: |days| {
        let days = if days == 0 { "diesen Tagen".to_owned() } else { count(days as u64, "Tag", "Tagen") };
        format!("An {days} schließen")
    },
    lacks_regional: "Feiertage einzelner Regionen fehlen in dieser Liste.",
    lacks_movable: "Feiertage nach einem anderen Kalender können in diesem Jahr fehlen.",
    undo: "Rückgängig",
    undone: "Alles ist wie vorher.",
    too_many: "Höchstens 366 Tage auf einmal.",
};
