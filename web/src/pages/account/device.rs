//! What a browser calls itself, in words for people.

use crate::messages::privacy_words;

/// The first that a browser's name for itself contains; those that pretend to be others come before them.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
];

/// As above.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// `Firefox on Windows`; what it says itself where that is something else.
pub fn device(user_agent: Option<&str>) -> String {
    let words = privacy_words();
    let Some(text) = user_agent.filter(|text| !text.is_empty()) else {
        return words.unknown_device.to_owned();
    };
    match names(text) {
        (Some(browser), Some(system)) => (words.device)(browser, system),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => text.split([' ', '/']).next().unwrap_or(text).to_owned(),
    }
}

fn names(text: &str) -> (Option<&'static str>, Option<&'static str>) {
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| text.contains(mark)).map(|(_, name)| *name)
    };
    (first(&BROWSERS), first(&SYSTEMS))
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn browsers_are_known_by_what_they_call_themselves() {
        for (text, browser, system) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
                "Chrome",
                "Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0",
                "Edge",
                "Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
                "Safari",
                "macOS",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0 Mobile Safari/604.1",
                "Chrome",
                "iPhone",
            ),
            ("Mozilla/5.0 (Android 15; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0", "Firefox", "Android"),
        ] {
            assert_eq!(names(text), (Some(browser), Some(system)), "{text}");
        }
        assert_eq!(names("curl/8.5.0"), (None, None));
    }
}
