//! What the regions of countries are called whose holidays are not the same everywhere. They are no part of a language's table,
//! for few people look at holidays.

use super::{LANGUAGES, t};

/// Countries, and their regions by ISO 3166-2 without the country, each with its names in the order of [`LANGUAGES`]; one that
/// is the same in all languages stands once.
type Regions = &'static [(&'static str, &'static [(&'static str, &'static [&'static str])])];

#[rustfmt::skip]
const REGIONS: Regions = &[
    ("DE", &[
        ("BW", &["Baden-Württemberg"]),
        ("BY", &["Bavaria", "Bayern"]),
        ("BE", &["Berlin"]),
        ("BB", &["Brandenburg"]),
        ("HB", &["Bremen"]),
        ("HH", &["Hamburg"]),
        ("HE", &["Hesse", "Hessen"]),
        ("MV", &["Mecklenburg-Western Pomerania", "Mecklenburg-Vorpommern"]),
        ("NI", &["Lower Saxony", "Niedersachsen"]),
        ("NW", &["North Rhine-Westphalia", "Nordrhein-Westfalen"]),
        ("RP", &["Rhineland-Palatinate", "Rheinland-Pfalz"]),
        ("SL", &["Saarland"]),
        ("SN", &["Saxony", "Sachsen"]),
        ("ST", &["Saxony-Anhalt", "Sachsen-Anhalt"]),
        ("SH", &["Schleswig-Holstein"]),
        ("TH", &["Thuringia", "Thüringen"]),
    ]),
    ("CH", &[
        ("AG", &["Aargau"]),
        ("AI", &["Appenzell Innerrhoden"]),
        ("AR", &["Appenzell Ausserrhoden"]),
        ("BE", &["Bern"]),
        ("BL", &["Basel-Landschaft"]),
        ("BS", &["Basel-Stadt"]),
        ("FR", &["Fribourg", "Freiburg"]),
        ("GE", &["Geneva", "Genf"]),
        ("GL", &["Glarus"]),
        ("GR", &["Graubünden"]),
        ("JU", &["Jura"]),
        ("LU", &["Lucerne", "Luzern"]),
        ("NE", &["Neuchâtel", "Neuenburg"]),
        ("NW", &["Nidwalden"]),
        ("OW", &["Obwalden"]),
        ("SG", &["St. Gallen"]),
        ("SH", &["Schaffhausen"]),
        ("SO", &["Solothurn"]),
        ("SZ", &["Schwyz"]),
        ("TG", &["Thurgau"]),
        ("TI", &["Ticino", "Tessin"]),
        ("UR", &["Uri"]),
        ("VD", &["Vaud", "Waadt"]),
        ("VS", &["Valais", "Wallis"]),
        ("ZG", &["Zug"]),
        ("ZH", &["Zürich"]),
    ]),
    ("GB", &[
        ("ENG", &["England"]),
        ("NIR", &["Northern Ireland", "Nordirland"]),
        ("SCT", &["Scotland", "Schottland"]),
        ("WLS", &["Wales"]),
    ]),
    ("FR", &[
        ("57", &["Moselle"]),
        ("67", &["Bas-Rhin"]),
        ("68", &["Haut-Rhin"]),
    ]),
    ("CA", &[
        ("AB", &["Alberta"]),
        ("BC", &["British Columbia"]),
        ("MB", &["Manitoba"]),
        ("NB", &["New Brunswick"]),
        ("NL", &["Newfoundland and Labrador", "Neufundland und Labrador"]),
        ("NS", &["Nova Scotia"]),
        ("NT", &["Northwest Territories", "Nordwest-Territorien"]),
        ("NU", &["Nunavut"]),
        ("ON", &["Ontario"]),
        ("PE", &["Prince Edward Island"]),
        ("QC", &["Quebec", "Québec"]),
        ("SK", &["Saskatchewan"]),
        ("YT", &["Yukon"]),
    ]),
];

/// The name of a region in the app's language, or its code where there is none.
pub fn region(country: &str, code: &str) -> String {
    name_in(t().language, country, code).unwrap_or(code).to_owned()
}

fn name_in(language: &str, country: &str, code: &str) -> Option<&'static str> {
    let (_, regions) = REGIONS.iter().find(|(known, _)| *known == country)?;
    let (_, names) = regions.iter().find(|(known, _)| *known == code)?;
    let place = LANGUAGES.iter().position(|(tag, _)| *tag == language)?;
    names.get(place).or(names.first()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_with_holidays_of_its_own_has_a_name() {
        for country in domain::holidays::countries() {
            for region in domain::holidays::regions(country) {
                assert!(name_in("en", country, region).is_some(), "{country}-{region}");
            }
        }
    }

    #[test]
    fn each_language_has_its_own_names() {
        let names = |country, code| LANGUAGES.map(|(tag, _)| name_in(tag, country, code).unwrap());
        assert_eq!(names("DE", "BY"), ["Bavaria", "Bayern"]);
        assert_eq!(names("CA", "NL"), ["Newfoundland and Labrador", "Neufundland und Labrador"]);
        assert_eq!(names("CH", "ZH"), ["Zürich", "Zürich"]);
        assert_eq!(name_in("en", "CA", "BY"), None);
    }
}
