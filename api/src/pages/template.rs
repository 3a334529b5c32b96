//! Pages of the app's bundle with places left open: `{@name}`.

use crate::app::App;
use crate::http::spa;
use actix_web::HttpRequest;
use actix_web::http::header::{AcceptLanguage, Header};
use actix_web::web::Data;

/// The languages that the app speaks; the first is for whoever speaks none of them.
const LANGUAGES: [&str; 2] = ["en", "de"];

/// The cookie by which the app tells which language was chosen, where the browser asks for another.
const CHOSEN: &str = "language";

/// Around each part that is repeated.
const ROW: &str = "{@row}";

/// A page, or a part of one.
pub struct Template(String);

impl Template {
    /// The view in the language of whoever asks; nothing where the app has not been built.
    pub fn of(request: &HttpRequest, view: &str) -> Option<Self> {
        let app = request.app_data::<Data<App>>()?;
        spa::text(app, &format!(".first/{view}.{}.html", language(request))).map(Self)
    }

    /// Fills the places with what is safe in HTML already. What is put in is not looked at again.
    pub fn fill(&self, values: &[(&str, String)]) -> String {
        let mut filled = String::with_capacity(self.0.len() + 1024);
        let mut rest = self.0.as_str();
        while let Some((before, from)) = rest.split_once("{@") {
            let Some((name, after)) = from.split_once('}') else { break };
            filled.push_str(before);
            if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
                filled.push_str(value);
            }
            rest = after;
        }
        filled + rest
    }

    /// What stands before the parts that are repeated, the two kinds of them, and what stands after them.
    pub fn around_rows(&self) -> [Self; 4] {
        let mut parts = self.0.splitn(4, ROW).map(|part| Self(part.to_owned()));
        std::array::from_fn(|_| parts.next().unwrap_or_else(|| Self(String::new())))
    }
}

/// The language that was chosen in the app, else the one that the browser prefers of those the app speaks, as
/// `web/scripts/early.js` chooses it.
pub fn language(request: &HttpRequest) -> &'static str {
    let spoken = |tag: &str| LANGUAGES.into_iter().find(|known| *known == tag);
    let chosen = request.cookie(CHOSEN).and_then(|chosen| spoken(chosen.value()));
    let wanted = || {
        let wanted = AcceptLanguage::parse(request).ok()?.ranked();
        wanted
            .iter()
            .find_map(|preference| spoken(&preference.item()?.primary_language().to_ascii_lowercase()))
    };
    chosen.or_else(wanted).unwrap_or(LANGUAGES[0])
}

/// Makes text safe in HTML, inside quotes too.
pub fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut safe, c| {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
        safe
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn what_is_put_in_is_not_looked_at_again() {
        let template = Template("<h1>{@name}</h1>{@nothing}{@words}".to_owned());
        let filled = template.fill(&[("name", "{@words}".to_owned()), ("words", "so".to_owned())]);
        assert_eq!(filled, "<h1>{@words}</h1>so");
    }

    #[test]
    fn the_language_is_the_most_wanted_that_is_spoken() {
        let of = |header: &'static str| {
            language(&TestRequest::default().insert_header(("accept-language", header)).to_http_request())
        };
        assert_eq!(of("de-CH, en;q=0.5"), "de");
        assert_eq!(of("fr, en;q=0.4, de;q=0.8"), "de");
        assert_eq!(of("fr-FR"), "en");
        assert_eq!(of("*"), "en");
        assert_eq!(language(&TestRequest::default().to_http_request()), "en");
    }

    #[test]
    fn what_was_chosen_counts_more_than_what_the_browser_asks_for() {
        let of = |cookies: &'static str| {
            let request = TestRequest::default().insert_header(("accept-language", "en-GB"));
            language(&request.insert_header(("cookie", cookies)).to_http_request())
        };
        assert_eq!(of("theme=dark; language=de"), "de");
        for nonsense in
            ["language=xx", "language=", "language=../de", "language", "languages=de", "=;;\u{e4}=%"]
        {
            assert_eq!(of(nonsense), "en", "{nonsense}");
        }
    }
}
