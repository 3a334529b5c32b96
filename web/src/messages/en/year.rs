use super::count;
use crate::messages::Year;

pub const YEAR: Year = Year {
    title: "The year",
    hint: "Choose a day, or drag over several, to close them, to set other hours, or to take time off.",
    show_year: |year| format!("Show {year}"),
    sums: |[closed, other, off]| {
        let parts = [(closed, "closed"), (other, "with other hours"), (off, "off")];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, what)| format!("{} {what}", count(number as u64, "day", "days")))
            .collect();
        if parts.is_empty() { "Every day follows the week.".to_owned() } else { parts.join(" · ") }
    },
    open: "Open",
    week_closed: "Not a working day",
    closed: "Closed",
    other: "Other hours",
    away: "Time off",
    partly: "Partly off",
    all_day: "around the clock",
    overnight: |start, end| format!("{start} until {end} the next day"),
    days: |first, last, days| format!("{first} – {last}, {}", count(days.unsigned_abs(), "day", "days")),
    new_title: "Other hours or time off",
    what: "What holds then",
    close: "Closed",
    hours: "Other hours",
    off: "Time off",
    week: "As every week",
    week_hours: |day, hours| format!("Every {day}: {hours}."),
    week_none: |day| format!("Closed every {day}."),
    own_closed: "Closed on this date.",
    own_hours: |hours| format!("On this date: {hours}."),
    off_until: |range| format!("Time off: {range}"),
    clocks: |minutes| {
        let hours = match minutes.unsigned_abs() {
            60 => "an hour".to_owned(),
            minutes => count(minutes, "minute", "minutes"),
        };
        let word = if minutes < 0 { "shorter" } else { "longer" };
        format!("The clocks change: this day is {hours} {word}, and so are hours across the change.")
    },
    off_text: "Nothing can be booked in between.",
    week_text: "Dates with hours of their own follow the week again. Time off stays.",
    many_saved: |days| format!("{} saved.", count(days as u64, "day is", "days are")),
    many_removed: |days| format!("{} the week again.", count(days as u64, "day follows", "days follow")),
    undo: "Undo",
    undone: "As it was before.",
    too_many: "At most 366 days at once.",
};
