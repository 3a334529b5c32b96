//! What the cities of time zones are called in other languages than that of their names, and further cities that people look for.
//! They are no part of a language's table, for there are so many of them, and most go by the same name everywhere.

use super::t;
use crate::format::of_today;

/// Zones by their names of today, what their city is called in German, and cities that have no zone of their own.
#[rustfmt::skip]
const GERMAN: &[(&str, &str, &[&str])] = &[
    ("Africa/Addis_Ababa", "Addis Abeba", &[]),
    ("Africa/Algiers", "Algier", &[]),
    ("Africa/Cairo", "Kairo", &[]),
    ("Africa/Dar_es_Salaam", "Daressalam", &[]),
    ("Africa/Johannesburg", "Johannesburg", &["Kapstadt"]),
    ("Africa/Khartoum", "Khartum", &[]),
    ("Africa/Mogadishu", "Mogadischu", &[]),
    ("Africa/Tripoli", "Tripolis", &[]),
    ("America/Havana", "Havanna", &[]),
    ("America/Mexico_City", "Mexiko-Stadt", &[]),
    ("Asia/Baghdad", "Bagdad", &[]),
    ("Asia/Damascus", "Damaskus", &[]),
    ("Asia/Dhaka", "Dhaka", &["Dakka"]),
    ("Asia/Dushanbe", "Duschanbe", &[]),
    ("Asia/Ho_Chi_Minh", "Ho-Chi-Minh-Stadt", &[]),
    ("Asia/Hong_Kong", "Hongkong", &[]),
    ("Asia/Jerusalem", "Jerusalem", &["Tel Aviv"]),
    ("Asia/Kolkata", "Kolkata", &["Kalkutta", "Neu-Delhi", "Mumbai"]),
    ("Asia/Kuwait", "Kuwait-Stadt", &[]),
    ("Asia/Nicosia", "Nikosia", &[]),
    ("Asia/Novosibirsk", "Nowosibirsk", &[]),
    ("Asia/Pyongyang", "Pjöngjang", &[]),
    ("Asia/Riyadh", "Riad", &[]),
    ("Asia/Shanghai", "Shanghai", &["Peking"]),
    ("Asia/Singapore", "Singapur", &[]),
    ("Asia/Tashkent", "Taschkent", &[]),
    ("Asia/Tbilisi", "Tiflis", &[]),
    ("Asia/Tehran", "Teheran", &[]),
    ("Asia/Tokyo", "Tokio", &[]),
    ("Asia/Vladivostok", "Wladiwostok", &[]),
    ("Asia/Yakutsk", "Jakutsk", &[]),
    ("Asia/Yangon", "Rangun", &[]),
    ("Asia/Yekaterinburg", "Jekaterinburg", &[]),
    ("Asia/Yerevan", "Eriwan", &[]),
    ("Atlantic/Canary", "Kanarische Inseln", &[]),
    ("Atlantic/Faroe", "Färöer", &[]),
    ("Atlantic/Reykjavik", "Reykjavík", &["Island"]),
    ("Europe/Athens", "Athen", &[]),
    ("Europe/Belgrade", "Belgrad", &[]),
    ("Europe/Berlin", "Berlin", &["Hamburg", "München", "Köln", "Frankfurt"]),
    ("Europe/Brussels", "Brüssel", &["Antwerpen"]),
    ("Europe/Bucharest", "Bukarest", &[]),
    ("Europe/Chisinau", "Chișinău", &["Kischinau"]),
    ("Europe/Copenhagen", "Kopenhagen", &[]),
    ("Europe/Istanbul", "Istanbul", &["Ankara"]),
    ("Europe/Kyiv", "Kiew", &[]),
    ("Europe/Lisbon", "Lissabon", &[]),
    ("Europe/Ljubljana", "Ljubljana", &["Laibach"]),
    ("Europe/Luxembourg", "Luxemburg", &[]),
    ("Europe/Moscow", "Moskau", &["Sankt Petersburg"]),
    ("Europe/Paris", "Paris", &["Straßburg", "Nizza"]),
    ("Europe/Prague", "Prag", &[]),
    ("Europe/Rome", "Rom", &["Mailand", "Neapel", "Venedig", "Florenz", "Turin"]),
    ("Europe/Tirane", "Tirana", &[]),
    ("Europe/Vatican", "Vatikanstadt", &[]),
    ("Europe/Vienna", "Wien", &["Salzburg", "Graz"]),
    ("Europe/Vilnius", "Vilnius", &["Wilna"]),
    ("Europe/Warsaw", "Warschau", &["Krakau", "Danzig", "Breslau"]),
    ("Europe/Zagreb", "Zagreb", &["Agram"]),
    ("Europe/Zurich", "Zürich", &["Genf", "Bern", "Basel"]),
    ("Indian/Maldives", "Malediven", &[]),
    ("Pacific/Easter", "Osterinsel", &[]),
];

/// What people who read the app's language call the city of a zone and others in it, the city first; nothing where that is
/// what the zone itself says.
pub fn cities(zone: &str) -> impl Iterator<Item = &'static str> {
    let zone = of_today(zone);
    let known = GERMAN.iter().find(|(known, ..)| *known == zone).filter(|_| t().language == "de");
    known.into_iter().flat_map(|(_, city, others)| std::iter::once(*city).chain(others.iter().copied()))
}
