//! The table of rules, read once.

use super::rule::Rule;
use std::sync::LazyLock;

const RULES: &str = include_str!("rules.tsv");

/// A row of the table.
pub(super) struct Entry {
    pub country: &'static str,
    /// None is nationwide.
    pub regions: Vec<&'static str>,
    pub rule: Rule,
    pub shift: Shift,
    years: Years,
    pub local_name: &'static str,
    pub name: &'static str,
}

/// What happens to a holiday at a weekend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shift {
    /// Nothing.
    Stays,
    /// From Sunday, the next day that is none is free too.
    Sunday,
    /// From Saturday and Sunday, the next working day that is none is free too.
    Weekend,
    /// From Saturday, Friday is free too; from Sunday, Monday.
    Nearest,
}

enum Years {
    All,
    Between(i32, i32),
    Every(i32),
}

/// What a country's list is known to lack, and what else is particular to it.
pub(super) struct Note {
    pub country: &'static str,
    pub kind: NoteKind,
}

pub(super) enum NoteKind {
    /// Holidays of its regions are not in the table.
    Regional,
    /// Holidays that follow another calendar are in the table up to this year.
    MovableUntil(i32),
    /// A working day between two holidays is one too: its name there, and in English.
    Between(&'static str, &'static str),
}

pub(super) struct Table {
    pub entries: Vec<Entry>,
    pub notes: Vec<Note>,
    /// Lines that could not be read; a test holds this to none.
    pub unread: Vec<&'static str>,
}

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { entries: Vec::new(), notes: Vec::new(), unread: Vec::new() };
    for line in RULES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        match (note(&columns), entry(&columns)) {
            (Some(note), _) => table.notes.push(note),
            (_, Some(entry)) => table.entries.push(entry),
            _ => table.unread.push(line),
        }
    }
    table
});

fn note(columns: &[&'static str]) -> Option<Note> {
    let (country, kind) = match columns {
        ["!", country, "regional"] => (*country, NoteKind::Regional),
        ["!", country, "movable", year] => (*country, NoteKind::MovableUntil(year.parse().ok()?)),
        ["!", country, "between", local_name, name] => (*country, NoteKind::Between(local_name, name)),
        _ => return None,
    };
    Some(Note { country, kind })
}

fn entry(columns: &[&'static str]) -> Option<Entry> {
    let [country, regions, rule, shift, years, local_name, name] = *columns else { return None };
    Some(Entry {
        country,
        regions: if regions == "-" { Vec::new() } else { regions.split(',').collect() },
        rule: Rule::parse(rule)?,
        shift: match shift {
            "-" => Shift::Stays,
            "sun" => Shift::Sunday,
            "wkd" => Shift::Weekend,
            "us" => Shift::Nearest,
            _ => return None,
        },
        years: read_years(years)?,
        local_name,
        name,
    })
}

fn read_years(text: &str) -> Option<Years> {
    if text == "-" {
        return Some(Years::All);
    }
    if let Some(every) = text.strip_prefix('%') {
        return every.parse().ok().filter(|every| *every > 0).map(Years::Every);
    }
    let (first, last) = text.split_once('-')?;
    let last = if last.is_empty() { i32::MAX } else { last.parse().ok()? };
    Some(Years::Between(first.parse().ok()?, last))
}

impl Entry {
    /// Whether it is one in that year.
    pub fn holds_in(&self, year: i32) -> bool {
        match self.years {
            Years::All => true,
            Years::Between(first, last) => (first..=last).contains(&year),
            Years::Every(every) => year % every == 0,
        }
    }

    /// Whether it is one in the region; every nationwide one is.
    pub fn is_in(&self, region: &str) -> bool {
        self.regions.is_empty() || self.regions.contains(&region)
    }
}

#[cfg(test)]
mod tests {
    use super::TABLE;

    #[test]
    fn every_line_is_read() {
        assert!(TABLE.unread.is_empty(), "{:?}", TABLE.unread);
        for entry in &TABLE.entries {
            assert!(
                entry.country.len() == 2 && !entry.name.is_empty() && !entry.local_name.is_empty(),
                "{}",
                entry.name
            );
        }
    }
}
