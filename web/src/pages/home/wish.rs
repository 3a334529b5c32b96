//! What the person looks for. It stands in the address, so it can be shared and "back" works.

use crate::format::{iso, parse_date};
use crate::nav::address;
use crate::pages::{query, viewer_zone};
use contract::providers::{ProviderQuery, ProviderSort};
use contract::services::Location;
use leptos::prelude::*;
use time::Date;

/// Names in the address.
const NAMES: [&str; 9] =
    ["q", "city", "category", "date", "location", "price", "currency", "language", "sort"];
const PAGE: u32 = 12;

/// The values of [`NAMES`], empty where nothing is wanted.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Values([String; 9]);

impl Values {
    /// One of them.
    pub fn get(&self, name: &str) -> &str {
        NAMES.iter().position(|known| *known == name).map_or("", |index| &self.0[index])
    }

    /// The same with some changed.
    pub fn with(&self, changes: &[(&str, &str)]) -> Self {
        let mut values = self.clone();
        for (name, value) in changes {
            if let Some(index) = NAMES.iter().position(|known| known == name) {
                values.0[index] = (*value).to_owned();
            }
        }
        values
    }

    /// The address of this list.
    pub fn path(&self) -> String {
        let pairs: Vec<(&str, &str)> = NAMES.into_iter().zip(self.0.iter().map(String::as_str)).collect();
        address("/", &pairs)
    }

    /// The day that is wanted.
    pub fn day(&self) -> Option<Date> {
        parse_date(self.get("date"))
    }

    /// The price that is not to be passed, in minor units.
    pub fn price(&self) -> Option<i64> {
        self.get("price").parse().ok().filter(|price| *price >= 0)
    }

    /// Where it is to take place.
    pub fn location(&self) -> Option<Location> {
        location(self.get("location"))
    }

    /// Whether anything narrows the list.
    pub fn narrows(&self) -> bool {
        NAMES
            .iter()
            .zip(&self.0)
            .any(|(name, value)| !matches!(*name, "sort" | "currency") && !value.is_empty())
    }

    /// The question to the server.
    pub fn question(&self) -> ProviderQuery {
        let given = |name: &str| Some(self.get(name).to_owned()).filter(|value| !value.is_empty());
        let day = self.day();
        ProviderQuery {
            category: given("category"),
            city: given("city"),
            q: given("q"),
            date: day,
            time_zone: day.map(|_| untrack(viewer_zone)),
            price_max: self.price(),
            currency: given("currency").filter(|code| code.len() == 3),
            location: self.location(),
            language: given("language").filter(|tag| (2..=35).contains(&tag.len())),
            sort: Some(match self.get("sort") {
                "name" => ProviderSort::Name,
                "price" => ProviderSort::Price,
                _ => ProviderSort::Soonest,
            }),
            cursor: None,
            limit: Some(PAGE),
        }
    }
}

/// Reads where a service takes place.
pub fn location(code: &str) -> Option<Location> {
    match code {
        "provider" => Some(Location::Provider),
        "customer" => Some(Location::Customer),
        "phone" => Some(Location::Phone),
        "online" => Some(Location::Online),
        _ => None,
    }
}

/// The wish as the address has it.
#[derive(Clone, Copy)]
pub struct Wish(Memo<Values>);

impl Wish {
    /// Follows the address.
    pub fn here() -> Self {
        let raw = NAMES.map(query);
        Self(Memo::new(move |_| Values(raw.map(|value| value.get()))))
    }

    /// As it stands, reactively.
    pub fn get(self) -> Values {
        self.0.get()
    }

    /// As it stands.
    pub fn now(self) -> Values {
        self.0.get_untracked()
    }

    /// The day that is wanted, reactively.
    pub fn day(self) -> Signal<Option<Date>> {
        Signal::derive(move || self.0.with(Values::day))
    }

    /// The list with another day.
    pub fn on(self, day: Option<Date>) -> String {
        self.now().with(&[("date", &day.map(iso).unwrap_or_default())]).path()
    }
}
