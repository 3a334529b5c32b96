//! What makes a category acceptable, beyond the shape of its request.

use crate::http::Faults;
use contract::text::is_language_tag;
use std::collections::BTreeMap;

/// The name that stands in where another language has none.
const FALLBACK: &str = "en";
/// Characters of a name.
const LONGEST: usize = 60;

/// Words of a to z and 0 to 9, joined by hyphens.
pub fn slug(faults: &mut Faults, slug: &str) {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let is_slug = slug.split('-').all(is_word);
    faults.unless(is_slug, "/slug", "slug", "Words of a to z and 0 to 9, joined by hyphens.");
}

/// Trims the names; each language is a language, each name is one line, and English is among them.
pub fn names(faults: &mut Faults, names: &mut BTreeMap<String, String>) {
    for (tag, name) in names.iter_mut() {
        *name = name.trim().to_owned();
        // The tag stands in the pointer, so one that is none is told at the field itself.
        if !is_language_tag(tag) {
            faults.add("/names", "language", "Names are given by BCP 47 language tag.");
            continue;
        }
        let pointer = format!("/names/{tag}");
        let length = name.chars().count();
        faults.unless((1..=LONGEST).contains(&length), &pointer, "length", "Must be 1 to 60 characters.");
        faults.one_line(&pointer, name);
    }
    faults.unless(names.contains_key(FALLBACK), "/names/en", "required", "A name in English is needed.");
}
