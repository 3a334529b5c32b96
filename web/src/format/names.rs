//! Names of languages, countries and currencies.

use super::intl::{locales, options};
use js_sys::Intl;

/// Something with a code and a name for people.
#[derive(Clone, PartialEq, Eq)]
pub struct Named {
    /// The code on the wire.
    pub code: String,
    /// What people call it.
    pub name: String,
}

fn display(kind: &str, code: &str) -> String {
    Intl::DisplayNames::new(&locales(), &options(&[("type", kind)]))
        .of(code)
        .map_or_else(|| code.to_owned(), String::from)
}

/// `German` for `de`.
pub fn language(tag: &str) -> String {
    display("language", tag)
}

/// `Germany` for `DE`.
pub fn country(code: &str) -> String {
    display("region", code)
}

/// `Euro` for `EUR`.
pub fn currency(code: &str) -> String {
    display("currency", code)
}

/// Every currency the browser knows.
pub fn currencies() -> Vec<Named> {
    Intl::supported_values_of(Intl::SupportedValuesKey::Currency)
        .iter()
        .map(|code| String::from(&code))
        .map(|code| Named { name: format!("{code} · {}", currency(&code)), code })
        .collect()
}

/// Languages one may speak with customers in, by name.
pub fn languages() -> Vec<Named> {
    const TAGS: [&str; 40] = [
        "ar", "az", "be", "bg", "bn", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi",
        "hr", "hu", "hy", "id", "it", "ja", "ka", "kk", "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru",
        "sr", "sv", "tr", "uk", "uz", "zh",
    ];
    let mut languages: Vec<Named> =
        TAGS.iter().map(|tag| Named { code: (*tag).to_owned(), name: language(tag) }).collect();
    languages.sort_by(|one, other| one.name.cmp(&other.name));
    languages
}
