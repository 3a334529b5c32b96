//! What stands on a page before the program is there: `web/first/`, in each language, in the frame of `web/index.html`.
//!
//! `{area.word}` is a word of the app, which is put in here, `{_piece}` a file that is no view of its own but stands in views.
//! `{@name}` is told by the server, which alone knows whose page it is.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::inputs::Files;
use crate::messages::{Booking, Common, Find, Home, Provider, de, en};

/// The view of every page that has none of its own.
const PLAIN: &str = "plain";

/// The page around a view, the frame of the app.
const FRAME: &str = "frame.html";

/// How the names of files begin that stand in views.
const PIECE: char = '_';

struct Words {
    tag: &'static str,
    common: Common,
    home: Home,
    find: Find,
    provider: Provider,
    booking: Booking,
}

fn languages() -> [Words; 2] {
    [
        Words {
            tag: "en",
            common: en::common::COMMON,
            home: en::home::HOME,
            find: en::find::FIND,
            provider: en::provider::PROVIDER,
            booking: en::booking::BOOKING,
        },
        Words {
            tag: "de",
            common: de::common::COMMON,
            home: de::home::HOME,
            find: de::find::FIND,
            provider: de::provider::PROVIDER,
            booking: de::booking::BOOKING,
        },
    ]
}

impl Words {
    fn table(&self) -> BTreeMap<&'static str, String> {
        let Self { common, home, find, provider, booking, .. } = self;
        let texts = [
            ("common.app", common.app),
            ("common.skip", common.skip),
            ("common.home_link", common.home_link),
            ("common.main_navigation", common.main_navigation),
            ("common.lost_link", common.lost_link),
            ("common.for_providers", common.for_providers),
            ("common.log_in", common.log_in),
            ("home.title", home.title),
            ("home.lead", home.lead),
            ("home.search", home.search),
            ("home.what", home.what),
            ("home.what_hint", home.what_hint),
            ("home.place", home.place),
            ("home.place_hint", home.place_hint),
            ("home.categories", home.categories),
            ("home.all", home.all),
            ("find.when", find.when),
            ("find.any_day", find.any_day),
            ("find.filters", find.filters),
            ("find.sort", find.sort),
            ("find.sort_soonest", find.sort_soonest),
            ("provider.services", provider.services),
            ("provider.more_times", provider.more_times),
            ("provider.not_now", provider.not_now),
            ("provider.not_now_text", provider.not_now_text),
            ("booking.change_service", booking.change_service),
            ("booking.choose_heading", booking.choose_heading),
            ("booking.steps", booking.steps),
            ("booking.step_time", booking.step_time),
            ("booking.step_details", booking.step_details),
            ("booking.step_done", booking.step_done),
        ];
        let mut table: BTreeMap<_, _> = texts.map(|(name, text)| (name, escaped(text))).into();
        table.insert("language", self.tag.to_owned());
        table.insert("home.results", escaped(&(home.results)("", "", "")));
        table
    }

    /// What the tab is called, as the app does.
    fn title(&self, view: &str) -> String {
        match view {
            "home" => (self.common.title)(self.home.title),
            "provider" => (self.common.title)("{@name}"),
            "picker" => (self.common.title)(&(self.booking.choose_title)("{@service}")),
            "closed" => (self.common.title)("{@service}"),
            _ => self.common.app.to_owned(),
        }
    }
}

/// Every view in every language, by its name: `home.en`.
pub fn pages(page: &str, views: &Files) -> Result<BTreeMap<String, String>> {
    let mut pages = BTreeMap::new();
    let text = |name: &str| -> Result<String> {
        let view = views.get(name).with_context(|| format!("there is no web/first/{name}"))?;
        Ok(dense(std::str::from_utf8(view)?))
    };
    let frame = text(FRAME)?;
    let (pieces, views): (Vec<_>, Vec<_>) =
        views.keys().filter(|name| *name != FRAME).partition(|name| name.starts_with(PIECE));
    for name in views {
        let view = stem(name);
        for words in languages() {
            let mut table = words.table();
            for piece in &pieces {
                table.insert(stem(piece), fill(&text(piece)?, &words.table())?);
            }
            table.insert("title", words.title(view));
            table.insert(
                "description",
                if view == PLAIN || view == "home" {
                    escaped(words.home.lead)
                } else {
                    "{@description}".to_owned()
                },
            );
            table.insert("waits", if view == PLAIN { "" } else { " data-waits" }.to_owned());
            let inner = fill(&text(name)?, &table)?;
            table.insert("view", inner);
            let first = fill(&frame, &table)?;
            table.insert("first", first);
            pages.insert(format!("{view}.{}", words.tag), fill(page, &table)?);
        }
    }
    Ok(pages)
}

/// The page for whoever serves it without knowing whose it is.
pub fn plain(pages: &BTreeMap<String, String>) -> Result<String> {
    let page = pages.get(&format!("{PLAIN}.en")).context("there is no plain page")?;
    Ok(page.replace("{@head}", ""))
}

/// Puts words in; what the server tells stays open.
fn fill(text: &str, words: &BTreeMap<&str, String>) -> Result<String> {
    let mut filled = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('{') {
        let (name, after) = from.split_once('}').context("a brace is not closed")?;
        filled.push_str(before);
        if name.starts_with('@') {
            filled.push_str(&format!("{{{name}}}"));
        } else {
            filled.push_str(words.get(name).with_context(|| format!("there is no word {name}"))?);
        }
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// `home.html` → `home`.
fn stem(name: &str) -> &str {
    name.trim_end_matches(".html")
}

/// Without the space between elements, which the app does not have either.
fn dense(text: &str) -> String {
    text.lines().map(str::trim).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_app_in_each_language() {
        let views = Files::from([
            ("frame.html".to_owned(), b"<a>{common.skip}</a>\n  <main>{view}</main>".to_vec()),
            ("provider.html".to_owned(), b"<h1>{@name}</h1>\n{_rule}\n{_rule}".to_vec()),
            ("_rule.html".to_owned(), b"<hr title=\"{common.app}\">\n".to_vec()),
        ]);
        let pages = pages("<html lang=\"{language}\"><title>{title}</title>{first}", &views).unwrap();
        let expected = "<html lang=\"de\"><title>{@name} · Appointed</title><a>Zum Inhalt</a><main><h1>{@name}</h1>{rule}{rule}</main>"
            .replace("{rule}", "<hr title=\"Appointed\">");
        assert_eq!(pages["provider.de"].replace(de::common::COMMON.skip, "Zum Inhalt"), expected);
        assert!(pages["provider.en"].contains(en::common::COMMON.skip));
        assert_eq!(pages.len(), 2, "a piece is no page");
    }

    #[test]
    fn a_word_that_is_not_there_is_an_error() {
        assert!(fill("{home.nothing}", &BTreeMap::new()).is_err());
        assert_eq!(fill("{@name}", &BTreeMap::new()).unwrap(), "{@name}");
    }
}
