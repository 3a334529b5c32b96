//! Text as people type it.

use serde::{Deserialize, Deserializer};

/// Reads one line of text without the spaces around it, which nobody means.
///
/// # Errors
/// Those of a string.
pub fn trimmed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map(|text| text.trim().to_owned())
}

/// Reads optional text like [`trimmed`].
///
/// # Errors
/// Those of a string.
pub fn trimmed_option<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.map(|text| text.trim().to_owned()))
}

/// Reads optional text like [`trimmed`]; an empty field of a form is an absent one.
///
/// # Errors
/// Those of a string.
pub fn filled<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(trimmed_option(deserializer)?.filter(|text| !text.is_empty()))
}

/// Reads an e-mail address: trimmed, and in lower case, so that one mailbox is one account.
///
/// # Errors
/// Those of a string.
pub fn email<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map(|text| text.trim().to_lowercase())
}
