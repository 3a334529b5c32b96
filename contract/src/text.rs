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

/// The rule for an e-mail address: the form that browsers ask for, at a domain with a dot in it. Mail to a bare host such as
/// `gina@x` goes nowhere, and whoever typed it left something out.
///
/// # Errors
/// `email`.
#[cfg(feature = "server")]
pub fn email_address(text: &str) -> Result<(), validator::ValidationError> {
    use validator::ValidateEmail as _;
    let (_, domain) = text.rsplit_once('@').unwrap_or_default();
    let top = domain.rsplit_once('.').map(|(_, top)| top);
    let is_name = top.is_some_and(|top| top.len() > 1 && !top.starts_with(|c: char| c.is_ascii_digit()));
    if is_name && text.validate_email() {
        return Ok(());
    }
    let message = "This is not a whole e-mail address, such as ada@example.org.";
    Err(validator::ValidationError::new("email").with_message(message.into()))
}

/// The rule for a phone number: what people write one with.
///
/// # Errors
/// `phone`.
#[cfg(feature = "server")]
pub fn phone_number(text: &str) -> Result<(), validator::ValidationError> {
    if text.chars().all(|c| c.is_ascii_digit() || " +-()./#x".contains(c)) {
        return Ok(());
    }
    Err(validator::ValidationError::new("phone").with_message("This is not a phone number.".into()))
}

/// Whether this has the form of a BCP 47 language tag: a language of two or three letters, then subtags of up to eight
/// letters and digits, 35 characters in all. `en`, `de-AT`, `zh-Hant-TW`.
#[must_use]
pub fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let is_subtag =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && tag.len() <= 35
        && parts.all(is_subtag)
}

/// A language tag in its one form, as BCP 47 advises: `de`, `pt-BR`, `zh-Hant-TW`.
#[must_use]
pub fn language_tag(tag: &str) -> String {
    let mut parts = tag.split('-').map(str::to_ascii_lowercase);
    let language = parts.next().unwrap_or_default();
    parts.fold(language, |tag, mut part| {
        match part.len() {
            2 => part.make_ascii_uppercase(),
            4 => part[..1].make_ascii_uppercase(),
            _ => {}
        }
        format!("{tag}-{part}")
    })
}

#[cfg(test)]
mod tests {
    use super::{is_language_tag, language_tag};

    #[test]
    fn language_tags_have_one_form() {
        for tag in ["de", "pt-BR", "zh-Hant-TW", "yue", "de-1996", "es-419"] {
            assert_eq!(language_tag(&tag.to_uppercase()), tag);
            assert_eq!(language_tag(&tag.to_lowercase()), tag);
        }
    }

    #[cfg(feature = "server")]
    #[test]
    fn addresses_name_a_domain() {
        use super::email_address;
        for good in ["ada@example.org", "a.b+c@mail.example.co.uk", "gina@bücher.example", "a@b.xn--p1ai"] {
            assert!(email_address(good).is_ok(), "{good}");
        }
        for bad in
            ["", "gina", "gina@", "gina@x", "gina@x.", "gina@.org", "gina@x..org", "@x.org", "gina@1.2.3.44"]
        {
            assert!(email_address(bad).is_err(), "{bad}");
        }
        for bad in ["gina@[1.2.3.44]", "gina@x.o", "a b@x.org", "a@b@"] {
            assert!(email_address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn language_tags_have_a_form() {
        for good in ["en", "pt-BR", "zh-Hant-TW", "yue", "de-1996"] {
            assert!(is_language_tag(good), "{good}");
        }
        for bad in ["", "e", "english", "en_GB", "en-", "de-ÄÖ", "e1", "12"] {
            assert!(!is_language_tag(bad), "{bad}");
        }
    }
}
