//! Cities with their coordinates, zones and currencies: a small table that comes with the program.
//!
//! `gazetteer.tsv` has a city a line, sorted by name: name, other names separated by commas, country, degrees north,
//! degrees east, zone, currency.

use super::fold::fold;
use contract::providers::Place;
use std::sync::LazyLock;

static CITIES: LazyLock<Vec<City>> =
    LazyLock::new(|| include_str!("gazetteer.tsv").lines().filter_map(City::read).collect());

/// How many matches a search returns.
const MATCHES: usize = 10;

/// A city of the table.
#[derive(Debug)]
pub struct City {
    /// What is known of it.
    pub place: Place,
    /// Names in other languages.
    other_names: Vec<String>,
    /// All its names, folded, the main one first.
    keys: Vec<String>,
}

impl City {
    fn read(line: &str) -> Option<Self> {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[name, others, country, latitude, longitude, zone, currency] = fields.as_slice() else {
            return None;
        };
        let other_names: Vec<String> =
            others.split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let keys = std::iter::once(name).chain(other_names.iter().map(String::as_str)).map(fold).collect();
        let place = Place {
            city: name.to_owned(),
            country: country.to_owned(),
            latitude: latitude.parse().ok()?,
            longitude: longitude.parse().ok()?,
            time_zone: zone.to_owned(),
            currency: currency.to_owned(),
        };
        Some(Self { place, other_names, keys })
    }

    /// All names the city goes by.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.place.city.as_str()).chain(self.other_names.iter().map(String::as_str))
    }

    /// The name that is being typed: as it is written where one begins so, or else the first that sounds like it.
    fn named(&self, beginning: &str, key: &str) -> Option<&str> {
        let typed = beginning.to_lowercase();
        let written = self.names().find(|name| name.to_lowercase().starts_with(&typed));
        written.or_else(|| {
            self.names().zip(&self.keys).find(|(_, known)| known.starts_with(key)).map(|(name, _)| name)
        })
    }

    fn is_called(&self, key: &str) -> bool {
        self.keys.iter().any(|name| name == key)
    }
}

/// The city of this name in this country, or in any where none is given.
#[must_use]
pub fn city(name: &str, country: Option<&str>) -> Option<&'static City> {
    let key = fold(name);
    let in_country = |city: &&City| country.is_none_or(|country| city.place.country == country);
    CITIES.iter().filter(in_country).find(|city| city.is_called(&key))
}

/// Cities whose name begins so, without regard to case and diacritics: exact matches first, then main names, then
/// names in other languages. Each bears the name by which it was found.
pub fn search(beginning: &str) -> Vec<Place> {
    let key = fold(beginning);
    if key.is_empty() {
        return Vec::new();
    }
    let rank = |city: &'static City| {
        let found = city.keys.iter().position(|name| name.starts_with(&key))?;
        Some((!city.is_called(&key), found > 0, city))
    };
    let mut matches: Vec<_> = CITIES.iter().filter_map(rank).collect();
    matches.sort_by_key(|&(is_partial, is_foreign, _)| (is_partial, is_foreign));
    let found = matches.into_iter().take(MATCHES);
    let found = found.map(|(_, _, city)| {
        let name = city.named(beginning.trim(), &key).unwrap_or(&city.place.city);
        Place { city: name.to_owned(), ..city.place.clone() }
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::super::country;
    use super::*;
    use domain::money::Currency;
    use domain::zone::Zone;
    use std::collections::HashSet;

    #[test]
    fn every_line_is_a_city_whose_facts_hold() {
        assert_eq!(CITIES.len(), include_str!("gazetteer.tsv").lines().count());
        let mut seen = HashSet::new();
        for City { place, .. } in CITIES.iter() {
            let name = &place.city;
            assert!(Zone::parse(&place.time_zone).is_ok(), "zone of {name}");
            assert!(Currency::parse(&place.currency).is_ok(), "currency of {name}");
            assert!(country::is_known(&place.country), "country of {name}");
            assert!(place.latitude.abs() < 72.0 && place.longitude.abs() <= 180.0, "coordinates of {name}");
            assert!(seen.insert((name, &place.country)), "{name} twice");
        }
    }

    #[test]
    fn a_city_is_found_by_any_of_its_names() {
        for (query, name) in [
            ("munich", "Munich"),
            ("Mun", "Munich"),
            ("MÜN", "München"),
            ("munch", "München"),
            ("Munche", "München"),
        ] {
            assert_eq!(search(query)[0].city, name, "{query}");
        }
        assert_eq!(search("москва")[0].city, "Москва");
        assert_eq!(search("san").len(), MATCHES);
        assert_eq!(search("Cali")[0].city, "Cali");
        assert!(search("'").is_empty());
    }

    #[test]
    fn a_country_tells_namesakes_apart() {
        assert_eq!(city("valencia", Some("ES")).unwrap().place.time_zone, "Europe/Madrid");
        assert!(city("valencia", Some("DE")).is_none());
        assert!(city("Köln", None).unwrap().names().any(|name| name == "Cologne"));
    }
}
