//! What the cities of time zones and the parts of the world are called in German where that is not what the zone itself says, and
//! further cities that people look for. They are no part of the language's table, for there are so many of them; what is looked
//! for comes with what finds it.

use super::t;
use crate::format::of_today;

/// Zones by their names of today, and what their city is called in German.
#[rustfmt::skip]
const GERMAN: &[(&str, &str)] = &[
    ("Africa/Addis_Ababa", "Addis Abeba"),
    ("Africa/Algiers", "Algier"),
    ("Africa/Cairo", "Kairo"),
    ("Africa/Dar_es_Salaam", "Daressalam"),
    ("Africa/Khartoum", "Khartum"),
    ("Africa/Mogadishu", "Mogadischu"),
    ("Africa/Tripoli", "Tripolis"),
    ("America/Havana", "Havanna"),
    ("America/Mexico_City", "Mexiko-Stadt"),
    ("Asia/Baghdad", "Bagdad"),
    ("Asia/Damascus", "Damaskus"),
    ("Asia/Dushanbe", "Duschanbe"),
    ("Asia/Ho_Chi_Minh", "Ho-Chi-Minh-Stadt"),
    ("Asia/Hong_Kong", "Hongkong"),
    ("Asia/Kuwait", "Kuwait-Stadt"),
    ("Asia/Nicosia", "Nikosia"),
    ("Asia/Novosibirsk", "Nowosibirsk"),
    ("Asia/Pyongyang", "Pjöngjang"),
    ("Asia/Riyadh", "Riad"),
    ("Asia/Singapore", "Singapur"),
    ("Asia/Tashkent", "Taschkent"),
    ("Asia/Tbilisi", "Tiflis"),
    ("Asia/Tehran", "Teheran"),
    ("Asia/Tokyo", "Tokio"),
    ("Asia/Vladivostok", "Wladiwostok"),
    ("Asia/Yakutsk", "Jakutsk"),
    ("Asia/Yangon", "Rangun"),
    ("Asia/Yekaterinburg", "Jekaterinburg"),
    ("Asia/Yerevan", "Eriwan"),
    ("Atlantic/Canary", "Kanarische Inseln"),
    ("Atlantic/Faroe", "Färöer"),
    ("Atlantic/Reykjavik", "Reykjavík"),
    ("Europe/Athens", "Athen"),
    ("Europe/Belgrade", "Belgrad"),
    ("Europe/Brussels", "Brüssel"),
    ("Europe/Bucharest", "Bukarest"),
    ("Europe/Chisinau", "Chișinău"),
    ("Europe/Copenhagen", "Kopenhagen"),
    ("Europe/Kyiv", "Kiew"),
    ("Europe/Lisbon", "Lissabon"),
    ("Europe/Luxembourg", "Luxemburg"),
    ("Europe/Moscow", "Moskau"),
    ("Europe/Prague", "Prag"),
    ("Europe/Rome", "Rom"),
    ("Europe/Tirane", "Tirana"),
    ("Europe/Vatican", "Vatikanstadt"),
    ("Europe/Vienna", "Wien"),
    ("Europe/Warsaw", "Warschau"),
    ("Europe/Zurich", "Zürich"),
    ("Indian/Maldives", "Malediven"),
    ("Pacific/Easter", "Osterinsel"),
];

/// Cities that have no zone of their own, and names of those that have, by which people look for them in German.
#[rustfmt::skip]
const FURTHER: &[(&str, &[&str])] = &[
    ("Africa/Johannesburg", &["Kapstadt"]),
    ("Asia/Dhaka", &["Dakka"]),
    ("Asia/Jerusalem", &["Tel Aviv"]),
    ("Asia/Kolkata", &["Kalkutta", "Neu-Delhi", "Mumbai"]),
    ("Asia/Shanghai", &["Peking"]),
    ("Atlantic/Reykjavik", &["Island"]),
    ("Europe/Berlin", &["Hamburg", "München", "Köln", "Frankfurt"]),
    ("Europe/Brussels", &["Antwerpen"]),
    ("Europe/Chisinau", &["Kischinau"]),
    ("Europe/Istanbul", &["Ankara"]),
    ("Europe/Ljubljana", &["Laibach"]),
    ("Europe/Moscow", &["Sankt Petersburg"]),
    ("Europe/Paris", &["Straßburg", "Nizza"]),
    ("Europe/Rome", &["Mailand", "Neapel", "Venedig", "Florenz", "Turin"]),
    ("Europe/Vienna", &["Salzburg", "Graz"]),
    ("Europe/Vilnius", &["Wilna"]),
    ("Europe/Warsaw", &["Krakau", "Danzig", "Breslau"]),
    ("Europe/Zagreb", &["Agram"]),
    ("Europe/Zurich", &["Genf", "Bern", "Basel"]),
];

/// The parts of the world that zones are named by, and what they are called in German.
#[rustfmt::skip]
const REGIONS: &[(&str, &str)] = &[
    ("Africa", "Afrika"),
    ("America", "Amerika"),
    ("Antarctica", "Antarktis"),
    ("Arctic", "Arktis"),
    ("Asia", "Asien"),
    ("Atlantic", "Atlantik"),
    ("Australia", "Australien"),
    ("Europe", "Europa"),
    ("Indian", "Indischer Ozean"),
    ("Pacific", "Pazifik"),
];

/// What people who read the app's language call the part of the world that a zone is named by.
pub fn part_of_world(zone: &str) -> String {
    let Some((region, _)) = zone.rsplit_once('/') else { return String::new() };
    let (world, rest) = region.split_once('/').map_or((region, None), |(world, rest)| (world, Some(rest)));
    let world = of_language(REGIONS, world).unwrap_or(world);
    let rest = rest.map(|rest| rest.replace('_', " "));
    [Some(world.to_owned()), rest].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What people who read the app's language call the city of a zone; nothing where that is what the zone itself says.
pub fn city(zone: &str) -> Option<&'static str> {
    find(GERMAN, zone)
}

/// Further names of a zone that people look for who read the app's language.
pub fn further(zone: &str) -> &'static [&'static str] {
    find(FURTHER, zone).unwrap_or_default()
}

fn find<T: Copy>(table: &[(&str, T)], zone: &str) -> Option<T> {
    of_language(table, of_today(zone))
}

fn of_language<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == name && t().language == "de").map(|(_, found)| *found)
}
