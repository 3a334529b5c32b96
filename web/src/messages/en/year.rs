use super::{count, list};
use crate::messages::Year;

pub static YEAR: Year = Year {
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
    holiday: "Public holiday",
    holidays: |number, place, year, open| {
        let all = format!(
            "{} to come in {place} in {year}",
            count(number as u64, "public holiday", "public holidays")
        );
        match (number, open) {
            (0, _) => format!("No more public holidays in {place} in {year}."),
            (_, 0) => format!("{all}. You are closed on all of them."),
            (_, open) => format!("{all}. You are open on {open} of them."),
        }
    },
    holidays_choose: "Close on holidays",
    holidays_show: "Show holidays",
    holidays_unknown: "Close on the public holidays of your country.",
    looking_for_holidays: "Looking for public holidays …",
    holidays_title: |year| format!("Public holidays in {year}"),
    country: "Country",
    region_label: "Region",
    all_regions: "The whole country",
    only_in: |regions, more| match more {
        0 => format!("only in {}", list(regions, "and")),
        _ => format!("only in {} and {more} more", regions.join(", ")),
    },
    closed_already: "closed already",
    off_already: "time off",
    close_on: |days| {
        let days = if days == 0 { "these days".to_owned() } else { count(days as u64, "day", "days") };
        format!("Close on {days}")
    },
    lacks_regional: "Holidays of single regions are not in this list.",
    lacks_movable: "Holidays that follow another calendar may be missing in this year.",
    undo: "Undo",
    undone: "As it was before.",
    too_many: "At most 366 days at once.",
};
