//! The addresses of providers' pages.

use super::fold::fold;
use uuid::Uuid;

/// The longest slug.
const LONGEST: usize = 60;
/// Room that a made slug leaves for a number.
const ROOM: usize = 8;

/// Whether this can be a page's address: words of a–z and 0–9 joined by single hyphens, 3 to 60 characters, and not
/// to be taken for an id.
pub fn is_slug(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    (3..=LONGEST).contains(&text.len()) && text.split('-').all(is_word) && Uuid::parse_str(text).is_err()
}

/// An address made from a name; `provider` where the name has no letter of ours.
pub fn from_name(name: &str) -> String {
    let mut slug = String::new();
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    for word in words {
        if slug.len() + word.len() + 1 > LONGEST - ROOM {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    if is_slug(&slug) { slug } else { "provider".to_owned() }
}

/// The first of `slug`, `slug-2`, `slug-3`, … that is not taken.
pub fn first_free(slug: &str, taken: &[String]) -> String {
    let is_free = |candidate: &String| !taken.contains(candidate);
    let numbered = (2..).map(|number| format!("{slug}-{number}"));
    std::iter::once(slug.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_has_one_form() {
        for good in ["abc", "amira-physio", "studio-54"] {
            assert!(is_slug(good), "{good}");
        }
        let id = Uuid::nil().to_string();
        for bad in ["ab", "Abc", "a--b", "-abc", "abc-", "a b c", "ärzte", &id, &"a".repeat(61)] {
            assert!(!is_slug(bad), "{bad}");
        }
    }

    #[test]
    fn names_of_several_scripts_make_slugs() {
        for (name, slug) in [
            ("Amira Haddad – Physiotherapie", "amira-haddad-physiotherapie"),
            ("Jürgen Weiß", "jurgen-weiss"),
            ("Ольга Щукина", "olga-shchukina"),
            ("李", "provider"),
            ("Al", "provider"),
        ] {
            assert_eq!(from_name(name), slug);
        }
        assert!(is_slug(&from_name(&"very long words ".repeat(20))));
    }

    #[test]
    fn a_taken_slug_gets_a_number() {
        let taken = ["anna".to_owned(), "anna-2".to_owned()];
        assert_eq!(first_free("anna", &taken), "anna-3");
        assert_eq!(first_free("otto", &taken), "otto");
    }
}
