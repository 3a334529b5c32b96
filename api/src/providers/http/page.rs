//! The public page for those who do not run the app: search engines, and programs that show what a link leads to.

use crate::app::App;
use crate::http::{ApiResult, etag, spa};
use crate::providers::app;
use actix_web::http::header;
use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use contract::providers::Provider;
use std::fmt::Write;

/// How much of the provider's own words a link shows.
const DESCRIPTION_LENGTH: usize = 200;

/// Registers the page, outside the API.
pub fn configure(config: &mut ServiceConfig) {
    config.service(web::resource("/p/{slug}").get(provider_page));
}

/// The app's one page, with the provider's name, words and photo in its head where there is such a provider.
async fn provider_page(app: Data<App>, request: HttpRequest, slug: Path<String>) -> ApiResult<HttpResponse> {
    let plain = spa::page(&request)?;
    let (Some(template), Some(profile)) = (spa::page_text(&app), published(&app, &slug).await) else {
        return Ok(plain);
    };
    let html = fill(&template, &app, &profile);
    let (mut response, known) = etag::begin(&request, etag::tag_of_text(&html));
    response.insert_header((header::CACHE_CONTROL, "no-cache"));
    Ok(if known { response.finish() } else { response.content_type("text/html; charset=utf-8").body(html) })
}

/// The provider, if everybody may see it. The app works without, so a database that fails is no reason to refuse the page.
async fn published(app: &App, slug: &str) -> Option<Provider> {
    let mut db = app.db.acquire().await.ok()?;
    Some(app::visible(&mut db, slug, None).await.ok()?.profile)
}

fn fill(template: &str, app: &App, profile: &Provider) -> String {
    let title = format!("{} · Appointed", profile.name);
    let words = if profile.headline.trim().is_empty() { &profile.bio } else { &profile.headline };
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut description: String = words.chars().take(DESCRIPTION_LENGTH).collect();
    if description.len() < words.len() {
        description.push('…');
    }
    let url = app.link(&format!("/p/{}", profile.slug));
    let photo = profile.has_photo.then(|| app.link(&profile.portrait_url));

    let mut head = format!("<link rel=\"canonical\" href=\"{}\">", escape(&url));
    let mut tag = |name: &str, content: &str| {
        if !content.is_empty() {
            let _ = write!(head, "\n    <meta property=\"{name}\" content=\"{}\">", escape(content));
        }
    };
    tag("og:site_name", "Appointed");
    tag("og:type", "profile");
    tag("og:title", &profile.name);
    tag("og:description", &description);
    tag("og:url", &url);
    tag("og:image", photo.as_deref().unwrap_or_default());

    let page = between(template, "<title>", "</title>", &escape(&title));
    let page = if description.is_empty() {
        page
    } else {
        between(&page, "<meta name=\"description\" content=\"", "\">", &escape(&description))
    };
    page.replacen("</head>", &format!("    {head}\n</head>"), 1)
}

/// The text with what stands between two marks replaced.
fn between(text: &str, before: &str, after: &str, new: &str) -> String {
    let Some((head, rest)) = text.split_once(before) else { return text.to_owned() };
    let Some((_, tail)) = rest.split_once(after) else { return text.to_owned() };
    [head, before, new, after, tail].concat()
}

/// Makes text safe in HTML, inside quotes too.
fn escape(text: &str) -> String {
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
