//! Public holidays of countries, for a provider to close on: computed from a table of rules, without a network.
//!
//! The table knows the law as it stands. One-off holidays, and those that a government sets by decree each year, are
//! not in it; [`Gaps`] says where a country's list lacks whole kinds.

mod rule;
mod table;

use std::collections::BTreeSet;
use table::{Entry, NoteKind, Shift, TABLE};
use time::{Date, Duration, Weekday};

/// The years that can be asked for: the rules are those of our time.
pub const YEARS: std::ops::RangeInclusive<i32> = 2025..=2099;

/// A public holiday.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// When it is.
    pub date: Date,
    /// What it is called in English.
    pub name: &'static str,
    /// What it is called there.
    pub local_name: &'static str,
    /// Where in the country, as ISO 3166-2 without the country; empty where it is nationwide.
    pub regions: Vec<&'static str>,
    /// Whether this is the day that is free in place of one at a weekend.
    pub observed: bool,
}

/// What a country's list lacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Holidays of its regions.
    pub regional: bool,
    /// Holidays that follow another calendar, in that year.
    pub movable: bool,
}

/// The countries of the table, sorted: ISO 3166-1, two letters.
pub fn countries() -> Vec<&'static str> {
    let all: BTreeSet<&str> = TABLE.entries.iter().map(|entry| entry.country).collect();
    all.into_iter().collect()
}

/// The regions of a country that have holidays of their own, sorted.
pub fn regions(country: &str) -> Vec<&'static str> {
    let all: BTreeSet<&str> = of(country).flat_map(|entry| entry.regions.iter().copied()).collect();
    all.into_iter().collect()
}

/// What a country's list lacks in a year.
pub fn gaps(country: &str, year: i32) -> Gaps {
    let mut gaps = Gaps::default();
    for note in TABLE.notes.iter().filter(|note| note.country == country) {
        match note.kind {
            NoteKind::Regional => gaps.regional = true,
            NoteKind::MovableUntil(last) => gaps.movable |= year > last,
            NoteKind::Between(..) => {}
        }
    }
    gaps
}

/// The holidays of a country in a year, by date: all of them, or those that hold in one of its regions. Empty for a country
/// that the table does not know.
pub fn holidays(country: &str, region: Option<&str>, year: i32) -> Vec<Holiday> {
    let holds = |entry: &&Entry| entry.holds_in(year) && region.is_none_or(|region| entry.is_in(region));
    let entries: Vec<&Entry> = of(country).filter(holds).collect();
    let mut list: Vec<Holiday> = Vec::new();
    // The day free for a holiday at the end of one year can lie in another.
    for of_year in year - 1..=year + 1 {
        list.extend(with_observed(&entries, of_year));
    }
    list.retain(|holiday| holiday.date.year() == year);
    list.extend(between(country, &list));
    list.sort();
    list.dedup();
    list
}

fn of(country: &str) -> impl Iterator<Item = &'static Entry> {
    TABLE.entries.iter().filter(move |entry| entry.country == country)
}

fn with_observed(entries: &[&Entry], year: i32) -> Vec<Holiday> {
    let mut dated: Vec<(Date, &Entry)> = entries
        .iter()
        .flat_map(|entry| entry.rule.dates(year).into_iter().map(move |date| (date, *entry)))
        .collect();
    dated.sort_by_key(|(date, _)| *date);
    let holiday = |date: Date, entry: &Entry, observed: bool| Holiday {
        date,
        name: entry.name,
        local_name: entry.local_name,
        regions: entry.regions.clone(),
        observed,
    };
    let mut list: Vec<Holiday> = dated.iter().map(|(date, entry)| holiday(*date, entry, false)).collect();
    for (date, entry) in dated {
        if let Some(free) = observed(date, entry, &list) {
            list.push(holiday(free, entry, true));
        }
    }
    list
}

/// The day that is free in place of a holiday at a weekend.
fn observed(date: Date, entry: &Entry, list: &[Holiday]) -> Option<Date> {
    let weekday = date.weekday();
    let is_weekend = matches!(weekday, Weekday::Saturday | Weekday::Sunday);
    let moves = match entry.shift {
        Shift::Stays => false,
        Shift::Sunday => weekday == Weekday::Sunday,
        Shift::Weekend | Shift::Nearest => is_weekend,
    };
    if !moves {
        return None;
    }
    if entry.shift == Shift::Nearest && weekday == Weekday::Saturday {
        return date.previous_day();
    }
    // Holidays elsewhere in the country do not matter here.
    let is_here = |holiday: &&Holiday| {
        holiday.regions.is_empty() || holiday.regions.iter().any(|region| entry.regions.contains(region))
    };
    let mut free = date.next_day()?;
    while matches!(free.weekday(), Weekday::Saturday | Weekday::Sunday)
        || list.iter().filter(is_here).any(|holiday| holiday.date == free)
    {
        free = free.next_day()?;
    }
    Some(free)
}

/// Working days between two holidays, where they are holidays too.
fn between(country: &str, list: &[Holiday]) -> Vec<Holiday> {
    let names = TABLE.notes.iter().find_map(|note| match note.kind {
        NoteKind::Between(local_name, name) if note.country == country => Some((local_name, name)),
        _ => None,
    });
    let Some((local_name, name)) = names else { return Vec::new() };
    let dates: BTreeSet<Date> =
        list.iter().filter(|holiday| !holiday.observed).map(|holiday| holiday.date).collect();
    let mut found = Vec::new();
    for date in &dates {
        let (middle, end) = (date.saturating_add(Duration::DAY), date.saturating_add(Duration::days(2)));
        let is_new =
            !list.iter().any(|holiday| holiday.date == middle) && middle.weekday() != Weekday::Sunday;
        if dates.contains(&end) && is_new {
            found.push(Holiday { date: middle, name, local_name, regions: Vec::new(), observed: false });
        }
    }
    found
}
