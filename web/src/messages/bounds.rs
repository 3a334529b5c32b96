//! What the server says about the bounds of a value, so that the app can say it in its own words.

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

/// Minutes as a number of the largest unit that needs no fraction, and that unit's minutes: 1440 is one day.
pub fn span(minutes: u64) -> (u64, u64) {
    let unit = [1440, 60].into_iter().find(|unit| minutes > 0 && minutes.is_multiple_of(*unit)).unwrap_or(1);
    (minutes / unit, unit)
}
