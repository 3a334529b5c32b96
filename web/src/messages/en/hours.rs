use super::count;
use crate::messages::Hours;
use contract::schedules::Day;

pub const HOURS: Hours = Hours {
    title: "Hours",
    lead: |zone| format!("Customers can book inside these hours. All times are in {zone}."),
    weekly: "Every week",
    day: |day| match day {
        Day::Monday => "Monday",
        Day::Tuesday => "Tuesday",
        Day::Wednesday => "Wednesday",
        Day::Thursday => "Thursday",
        Day::Friday => "Friday",
        Day::Saturday => "Saturday",
        Day::Sunday => "Sunday",
    },
    closed: "Closed",
    add_window: |day| format!("Add hours on {day}"),
    add: "Add hours",
    remove_window: |window| format!("Remove {window}"),
    from: |day, number| format!("{day} from, {number}"),
    until: |day, number| format!("{day} until, {number}"),
    overnight: |end| format!("Until {end} the next day."),
    slide_start: |day, number| format!("{day}, stretch {number}, start"),
    slide_end: |day, number| format!("{day}, stretch {number}, end"),
    midnight: "midnight",
    next_day: |time| format!("{time} the next day"),
    ruler_hint: "Drag the ends of a bar, move it, or draw a new one in an empty place. Times can be typed as well.",
    worked,
    worked_a_week: |minutes| {
        if minutes == 0 { "No hours yet".to_owned() } else { format!("{} a week", worked(minutes)) }
    },
    weekdays: "Weekdays",
    all_days: "All days",
    restored: "These are the changes that you had not saved.",
    rival: "These hours were saved elsewhere after you had begun to change them.",
    rival_text: "Your changes are still here. Days that you did not change follow what was saved, whichever you choose.",
    rival_day: |day, saved, mine| format!("{day}: saved {saved}, here {mine}"),
    keep_mine: "Keep my changes",
    take_saved: "Take the saved hours",
    discard: "Discard changes",
    copy: |day| format!("Copy {day} to other days"),
    copy_short: "Copy to…",
    copy_title: |day| format!("Copy {day} to"),
    copy_action: "Copy",
    save: "Save hours",
    unsaved: "Not saved yet.",
    saved: "The hours are saved.",
    empty_text: "You have no hours yet, so nothing can be booked. Start with the usual week and change it as you like.",
    usual: "Start with Monday to Friday, 9 to 17",
    exceptions: "Other hours on a date",
    exceptions_text: "Holidays, late evenings: a date that differs from the week.",
    exceptions_empty: "No dates differ from the week.",
    exception_add: "Add a date",
    other_hours: "Other hours",
    note: "Note",
    note_hint: "For your own eyes.",
    exception_saved: |date| format!("{date} is saved."),
    exception_removed: |date| format!("{date} follows the week again."),
    edit_exception: |date| format!("Edit {date}"),
    remove_exception: |date| format!("Remove {date}"),
    time_off: "Time off",
    time_off_text: "Away for a while: nothing can be booked in between.",
    time_off_empty: "No time off is planned.",
    time_off_add: "Take time off",
    time_off_title: "Take time off",
    first_day: "First day",
    last_day: "Last day",
    whole_days: "Whole days",
    time_off_saved: "The time off is saved.",
    time_off_removed: "The time off is removed.",
    remove_time_off: |range| format!("Remove time off {range}"),
    stranded: |number| {
        let (bookings, verb) =
            (count(number as u64, "booking", "bookings"), if number == 1 { "lies" } else { "lie" });
        format!("{bookings} now {verb} outside your hours")
    },
    stranded_text: |number| {
        if number == 1 { "It is kept: move or cancel it." } else { "They are kept: move or cancel them." }
    },
    changed_meanwhile: "The hours were changed in the meantime. What was changed there shows, and what you changed is still here. Look, and try again.",
};

/// `7 h 30 min`; hours are not made days of.
fn worked(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}
