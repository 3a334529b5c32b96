//! What makes the fields of an account acceptable, beyond their shape.

use crate::http::Faults;
use contract::text::is_language_tag;
use domain::zone::Zone;

/// Words and runs that most guessed passwords are made of.
const GUESSABLE: &[&str] = &[
    "password",
    "passwort",
    "passw0rd",
    "p@ssword",
    "p@ssw0rd",
    "motdepasse",
    "contrasena",
    "qwerty",
    "qwertz",
    "azerty",
    "asdfgh",
    "zxcvbn",
    "1q2w3e",
    "q1w2e3",
    "1qaz2wsx",
    "qazwsx",
    "letmein",
    "welcome",
    "admin",
    "administrator",
    "iloveyou",
    "changeme",
    "default",
    "secret",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "batman",
    "dragon",
    "monkey",
    "shadow",
    "master",
    "michael",
    "trustno1",
    "starwars",
    "pokemon",
    "abc123",
    "login",
    "guest",
    "test",
    "user",
    "hello",
    "appointed",
    "1234567890",
    "123456789",
    "12345678",
    "1234567",
    "123456",
    "12345",
    "1234",
    "123",
];

/// Runs along the alphabet, the digits and a keyboard's rows.
const RUNS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
];

/// The canonical name of a zone.
pub(super) fn time_zone(faults: &mut Faults, name: &str) -> String {
    Zone::parse(name).map(|zone| zone.name().to_owned()).unwrap_or_else(|_| {
        faults.add("/time_zone", "time_zone", "This is not an IANA time zone.");
        String::new()
    })
}

/// A language tag such as `en`, `de-AT` or `zh-Hant-TW`.
pub(super) fn locale(faults: &mut Faults, tag: &str) {
    faults.unless(is_language_tag(tag), "/locale", "locale", "This is not a BCP 47 language tag.");
}

/// A password that is not among the first to be tried. `about` is what a guesser knows of the person.
pub(super) fn password(faults: &mut Faults, pointer: &str, password: &str, about: &[&str]) {
    let is_good = !is_guessable(password, about);
    faults.unless(is_good, pointer, "guessable", "This password is easy to guess. Please choose another.");
}

/// Whether little is left of the password once well-known words and what is known of the person are taken out.
fn is_guessable(password: &str, about: &[&str]) -> bool {
    let text = password.to_lowercase();
    let mut distinct: Vec<char> = text.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 4 || is_run(&text) {
        return true;
    }
    let known = about.iter().map(|part| part.to_lowercase()).filter(|part| part.chars().count() >= 4);
    let words = GUESSABLE.iter().map(|word| (*word).to_owned());
    let mut rest = text;
    for word in known.chain(words) {
        rest = rest.replace(&word, "");
    }
    rest.chars().count() < 6
}

/// Whether it walks along the alphabet, the digits or a keyboard, either way, perhaps from the start again.
fn is_run(text: &str) -> bool {
    let backwards: String = text.chars().rev().collect();
    RUNS.iter().map(|run| run.repeat(3)).any(|run| run.contains(text) || run.contains(&backwards))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_passwords_are_guessable() {
        for password in [
            "password123",
            "Password1234!",
            "password12345678",
            "1234567890",
            "0987654321",
            "aaaaaaaaaaaa",
            "abababababab",
            "qwertyuiop",
            "qwerty12345",
            "abcdefghijkl",
            "letmein2026",
            "ada@example.org",
            "Ada Lovelace1",
            "1q2w3e4r5t",
        ] {
            assert!(is_guessable(password, &["ada@example.org", "Ada Lovelace"]), "{password}");
        }
    }

    #[test]
    fn others_are_not() {
        for password in [
            "correct horse battery",
            "tr0ub4dor&3x",
            "9w!kd0-Zp2",
            "мой секретный пароль",
            "🦀🐙🐳🐢🦉🐝🦊🐺🐨🐯",
        ] {
            assert!(!is_guessable(password, &["ada@example.org", "Ada"]), "{password}");
        }
    }
}
