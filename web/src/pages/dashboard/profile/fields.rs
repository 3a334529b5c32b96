//! What the profile's form holds, and the requests made of it.

use crate::categories;
use crate::changes::{Rival, follow, follow_all, follow_with, in_words};
use crate::format::{self, language, zone_label};
use crate::messages::t;
use contract::providers::{Address, CreateProvider, PatchProvider, Place, Provider};
use leptos::prelude::*;

/// What the profile's form holds.
#[derive(Clone, Copy)]
pub struct ProfileFields {
    pub name: RwSignal<String>,
    pub category: RwSignal<String>,
    pub headline: RwSignal<String>,
    pub bio: RwSignal<String>,
    pub street: RwSignal<String>,
    pub city: RwSignal<String>,
    pub zone: RwSignal<String>,
    pub currency: RwSignal<String>,
    pub languages: RwSignal<Vec<String>>,
    /// The city as it was chosen or stored, with its country and coordinates.
    place: RwSignal<Address>,
}

impl ProfileFields {
    /// As it is stored.
    pub fn of(provider: &Provider) -> Self {
        let text = |value: &String| RwSignal::new(value.clone());
        Self {
            name: text(&provider.name),
            category: text(&provider.category),
            headline: text(&provider.headline),
            bio: text(&provider.bio),
            street: text(&provider.address.line),
            city: text(&provider.address.city),
            zone: text(&provider.time_zone),
            currency: text(&provider.currency),
            languages: RwSignal::new(provider.languages.clone()),
            place: RwSignal::new(provider.address.clone()),
        }
    }

    /// All of it as one line, to see whether something was changed.
    pub fn written(self) -> String {
        let Self { name, category, headline, bio, street, city, zone, currency, languages, place: _ } = self;
        let lines = [name, category, headline, bio, street, city, zone, currency].map(|field| field.get());
        languages.with(|languages| [&lines[..], languages].concat()).join("\u{0}")
    }

    /// Takes over what was changed elsewhere since `seen`, except where it was changed here as well.
    pub fn follow(self, seen: Self, now: Self) -> Vec<Rival> {
        // A city and what came with it belong together.
        let chosen = |all: Self| [all.city, all.zone, all.currency];
        let [city, zone, currency] =
            follow_with([self.place, seen.place, now.place], chosen(self), chosen(seen), chosen(now));
        let typed = |all: Self| [all.name, all.category, all.headline, all.bio, all.street];
        let pointers = ["/name", "/category", "/headline", "/bio", "/address/line"];
        let rivals = follow_all(pointers, typed(self), typed(seen), typed(now));
        let rivals = in_words(rivals, "/category", categories::name);
        let languages = follow(self.languages, seen.languages, now.languages).then(|| {
            let names: Vec<_> = now.languages.get_untracked().iter().map(|tag| language(tag)).collect();
            ("/languages", names.join(", "))
        });
        let place = [
            city.then(|| ("/address/city", now.city.get_untracked())),
            // The field of a zone shows no faults: it is said below the form, by its name.
            zone.then(|| (t().common.time_zone, zone_label(&now.zone.get_untracked(), format::now()))),
            currency.then(|| ("/currency", now.currency.get_untracked())),
        ];
        let place = place.into_iter().flatten();
        rivals.into_iter().chain(languages).chain(place).collect()
    }

    /// What must not stay empty.
    pub fn needed(self) -> [(&'static str, RwSignal<String>); 2] {
        [("/name", self.name), ("/category", self.category)]
    }

    /// Takes a city with all that is known of it.
    pub fn choose_place(self, place: Place) {
        self.zone.set(place.time_zone);
        self.currency.set(place.currency);
        self.place.set(Address {
            line: String::new(),
            city: place.city,
            country: Some(place.country),
            latitude: Some(place.latitude),
            longitude: Some(place.longitude),
        });
    }

    /// The address; coordinates hold only for the city they came with.
    fn address(self) -> Address {
        let city = trimmed(self.city);
        let known = self.place.get_untracked();
        let same = known.city == city;
        Address {
            line: trimmed(self.street),
            country: known.country.filter(|_| same),
            latitude: known.latitude.filter(|_| same),
            longitude: known.longitude.filter(|_| same),
            city,
        }
    }

    fn create(self) -> CreateProvider {
        CreateProvider {
            name: trimmed(self.name),
            slug: None,
            category: self.category.get_untracked(),
            headline: trimmed(self.headline),
            bio: trimmed(self.bio),
            address: self.address(),
            time_zone: self.zone.get_untracked(),
            currency: self.currency.get_untracked(),
            languages: self.languages.get_untracked(),
        }
    }

    /// The request to change a page.
    pub fn patch(self) -> PatchProvider {
        let CreateProvider {
            name,
            slug: _,
            category,
            headline,
            bio,
            address,
            time_zone,
            currency,
            languages,
        } = self.create();
        PatchProvider {
            name: Some(name),
            category: Some(category),
            headline: Some(headline),
            bio: Some(bio),
            address: Some(address),
            time_zone: Some(time_zone),
            currency: Some(currency),
            languages: Some(languages),
            ..PatchProvider::default()
        }
    }
}

/// What was typed, without space around it.
pub fn trimmed(field: RwSignal<String>) -> String {
    field.get_untracked().trim().to_owned()
}
