//! What a link to a page shows elsewhere.

use super::template::escape;
use crate::app::App;
use contract::providers::Provider;
use std::fmt::Write;

/// How much of the provider's own words a link shows.
const DESCRIPTION_LENGTH: usize = 200;

/// What stands in the head of a page for search engines and messengers.
#[derive(Default)]
pub struct Head {
    kind: &'static str,
    title: String,
    description: String,
    url: String,
    photo: String,
}

impl Head {
    /// Of the front door; its words are in the template.
    pub fn of_home(app: &App) -> Self {
        Self { kind: "website", title: "Appointed".to_owned(), url: app.link("/"), ..Self::default() }
    }

    /// Of a page of a provider.
    pub fn of(app: &App, profile: &Provider, path: &str) -> Self {
        // Who has written nothing yet is known by name at least.
        let own = [&profile.headline, &profile.bio, &profile.name];
        let words = own.into_iter().find(|words| !words.trim().is_empty()).unwrap_or(&profile.name);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut description: String = words.chars().take(DESCRIPTION_LENGTH).collect();
        if description.len() < words.len() {
            description.push('…');
        }
        Self {
            kind: "profile",
            title: profile.name.clone(),
            description,
            url: app.link(path),
            photo: if profile.has_photo { app.link(&profile.portrait_url) } else { String::new() },
        }
    }

    /// The provider's own words, cut.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// As it stands in the page.
    pub fn html(&self) -> String {
        let mut head = format!("<link rel=\"canonical\" href=\"{}\">", escape(&self.url));
        let tags = [
            ("og:site_name", "Appointed"),
            ("og:type", self.kind),
            ("og:title", &self.title),
            ("og:description", &self.description),
            ("og:url", &self.url),
            ("og:image", &self.photo),
        ];
        for (name, content) in tags.into_iter().filter(|(_, content)| !content.is_empty()) {
            let _ = write!(head, "\n    <meta property=\"{name}\" content=\"{}\">", escape(content));
        }
        head
    }
}
