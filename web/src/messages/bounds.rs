//! What the server says about the bounds of a value, so that the app can say it in its own words.

use super::grammar::count;

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Characters,
    Entries,
    Minutes,
    Days,
    Number,
}

/// How little and how much may be.
pub struct Bounds {
    pub least: Option<u64>,
    pub most: Option<u64>,
    pub unit: Unit,
}

/// Reads `Must be 10 to 200 characters.` and its like; the numbers are the same in every language.
pub fn read(message: &str) -> Option<Bounds> {
    // What may be below nothing is said as it comes.
    if message.contains('-') {
        return None;
    }
    let digits = |part: &str| part.parse::<u64>().ok();
    let numbers: Vec<u64> = message.split(|c: char| !c.is_ascii_digit()).filter_map(digits).collect();
    let unit = match message.trim_end_matches('.').rsplit(' ').next() {
        Some("characters") => Unit::Characters,
        Some("entries") => Unit::Entries,
        Some("minutes") => Unit::Minutes,
        Some("days") => Unit::Days,
        _ => Unit::Number,
    };
    let (least, most) = match numbers.as_slice() {
        [least, most] => (Some(*least), Some(*most)),
        [least] if message.contains("least") => (Some(*least), None),
        [most] if message.contains("most") => (None, Some(*most)),
        _ => return None,
    };
    // No text and no length of time is below nothing.
    Some(Bounds { least: least.filter(|least| *least > 0), most, unit })
}

/// How a language says what may be. Amounts are in words already; the last argument tells whether it is about a text or a
/// list, which somebody writes, and not about a number.
pub struct Limits {
    /// One and many of characters, entries, days, hours and minutes.
    pub units: [(&'static str, &'static str); 5],
    pub required: &'static str,
    pub at_most: fn(&str, bool) -> String,
    pub at_least: fn(&str, bool) -> String,
    pub between: fn(&str, &str, bool) -> String,
    pub otherwise: &'static str,
}

/// What may be, in the words of a language.
pub fn within(bounds: &Bounds, words: &Limits) -> String {
    let [characters, entries, days, hours, minutes] = words.units;
    let amount = |number: u64| {
        let (number, (one, many)) = match bounds.unit {
            Unit::Characters => (number, characters),
            Unit::Entries => (number, entries),
            Unit::Days => (number, days),
            Unit::Minutes => match span(number) {
                (number, 1440) => (number, days),
                (number, 60) => (number, hours),
                (number, _) => (number, minutes),
            },
            Unit::Number => return number.to_string(),
        };
        count(number, one, many)
    };
    let is_written = matches!(bounds.unit, Unit::Characters | Unit::Entries);
    match (bounds.least, bounds.most) {
        (Some(1), None) if is_written => words.required.to_owned(),
        (None, Some(most)) => (words.at_most)(&amount(most), is_written),
        (Some(1), Some(most)) if is_written => (words.at_most)(&amount(most), true),
        (Some(least), Some(most)) => {
            // Of lengths of time, each may have a unit of its own.
            let least = if bounds.unit == Unit::Minutes { amount(least) } else { least.to_string() };
            (words.between)(&least, &amount(most), is_written)
        }
        (Some(least), None) => (words.at_least)(&amount(least), is_written),
        (None, None) => words.otherwise.to_owned(),
    }
}

/// Minutes as a number of the largest unit that needs no fraction, and that unit's minutes: 1440 is one day.
fn span(minutes: u64) -> (u64, u64) {
    let unit = [1440, 60].into_iter().find(|unit| minutes > 0 && minutes.is_multiple_of(*unit)).unwrap_or(1);
    (minutes / unit, unit)
}
