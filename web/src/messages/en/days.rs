use super::count;
use crate::messages::Days;

fn bookings(number: usize) -> String {
    count(number as u64, "booking", "bookings")
}

pub const DAYS: Days = Days {
    button: "Whole day",
    move_day: "Move the day …",
    cancel_day: "Call off the day …",
    button_named: |day| format!("Whole day: cancel or move {day}"),
    nothing: "Nothing that day can be changed any more: there is no booking that has not begun.",
    changed: "A booking came or went in the meantime. Nothing was done yet: this is how the day stands now.",
    touched: |number, people| format!("{} of {}.", bookings(number), count(people, "person", "people")),
    without_email: "No e-mail address. Please tell them yourself:",
    what: "What to do with the day",
    cancel: "Cancel",
    relocate: "Move",
    reason: "Message to everyone",
    reason_hint: "Stands in the mail that each client gets.",
    close: "Take no more bookings that day",
    close_hint: "The date is closed in your hours. You can open it again there.",
    cancel_yes: |number| format!("Cancel {}", bookings(number)),
    keep: "Leave as it is",
    whither: "Where to",
    to_date: "Another date",
    later: "Later",
    earlier: "Earlier",
    date: "New date",
    minutes: "By how much",
    minutes_unit: "minutes",
    say_where: "Say where to, and you will see what fits.",
    looking: "Looking what fits …",
    all_fit: |number| if number == 1 { "It fits.".to_owned() } else { format!("All {number} fit.") },
    some_stay: |number| format!("{} cannot go there:", bookings(number)),
    move_yes: |number| format!("Move {}", bookings(number)),
    move_some: |moving, staying| format!("Move {moving}, leave {staying}"),
    cancelled: |number| format!("{} cancelled.", bookings(number)),
    goes_back: |sum| format!("{sum} that clients paid goes back to them."),
    moved: |number| format!("{} moved.", bookings(number)),
    moved_to: |number, day| format!("{} moved to {day}.", bookings(number)),
    told: "Everyone with an address gets a mail.",
    closed: "No more bookings are taken that day.",
    kept: |number| format!("{} stayed:", bookings(number)),
    finish: "Done",
    move_back: "Move back",
    moved_back: "Everything is where it was.",
};
