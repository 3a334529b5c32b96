//! Where the flow stands: day, time, zone and party are in the address, so "back" and a reload work.

use crate::format::{is_zone, iso, parse_date, parse_instant, utc, wall};
use crate::nav::{Go, address};
use crate::pages::query;
use crate::router::Router;
use leptos::prelude::*;
use time::{Date, OffsetDateTime};

const NAMES: [&str; 5] = ["service", "date", "start", "zone", "party"];

/// The state of the flow, read from and written to the address.
#[derive(Clone, Copy)]
pub struct Place {
    pub day: Memo<Option<Date>>,
    pub start: Memo<Option<OffsetDateTime>>,
    pub zone: Memo<String>,
    pub party: Memo<u32>,
    go: Go,
    path: Memo<String>,
    raw: [Memo<String>; 5],
}

impl Place {
    /// As the address has it; `zone` holds where it names none.
    pub fn here(zone: String, capacity: u32) -> Self {
        let raw = NAMES.map(query);
        let [_, day, start, wanted, party] = raw;
        Self {
            day: Memo::new(move |_| parse_date(&day.get())),
            start: Memo::new(move |_| parse_instant(&start.get())),
            zone: Memo::new(move |_| {
                Some(wanted.get()).filter(|zone| is_zone(zone)).unwrap_or_else(|| zone.clone())
            }),
            party: Memo::new(move |_| party.get().parse().unwrap_or(1).clamp(1, capacity.max(1))),
            go: Go::here(),
            path: Router::here().path(),
            raw,
        }
    }

    /// This page with some values changed.
    fn with(self, changes: &[(&str, String)]) -> String {
        let values: Vec<(&str, String)> = NAMES
            .into_iter()
            .zip(self.raw)
            .map(|(name, raw)| {
                let changed = changes.iter().find(|(changed, _)| *changed == name);
                (name, changed.map_or_else(|| raw.get_untracked(), |(_, value)| value.clone()))
            })
            .collect();
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        address(&self.path.get_untracked(), &values)
    }

    /// Another day; "back" does not walk through days.
    pub fn show_day(self, day: Date) {
        self.go.tune(&self.with(&[("date", iso(day))]));
    }

    /// Another zone. The day stays where it exists; the picker finds another otherwise.
    pub fn show_zone(self, zone: String) {
        self.go.tune(&self.with(&[("zone", zone)]));
    }

    /// More or fewer people.
    pub fn set_party(self, party: u32) {
        self.go.tune(&self.with(&[("party", party.to_string())]));
    }

    /// On to the details of a time.
    pub fn choose(self, start: OffsetDateTime) {
        self.go.to(&self.chosen(start));
    }

    /// The same step with another time.
    pub fn choose_instead(self, start: OffsetDateTime) {
        self.go.tune(&self.chosen(start));
    }

    fn chosen(self, start: OffsetDateTime) -> String {
        let day = wall(start, &self.zone.get_untracked()).date();
        self.with(&[("date", iso(day)), ("start", utc(start))])
    }

    /// Where the times are.
    pub fn without_time(self) -> String {
        self.with(&[("start", String::new())])
    }

    /// This page as it stands, to come back to.
    pub fn here_path(self) -> String {
        self.with(&[])
    }
}
