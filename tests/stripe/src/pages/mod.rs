//! The pages that Stripe would host, clearly marked as a demo.

mod checkout;
mod onboarding;
mod words;

use crate::server::Shared;
use actix_web::http::header;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;
use words::Words;

/// The hosted pages of a running simulator. They lead to each other by relative addresses, so any server can show them below
/// any path: the one that [`crate::Settings::base_url`] names.
#[derive(Clone)]
pub struct Pages(pub(crate) Arc<Shared>);

impl Pages {
    /// Adds the pages to a scope of their own.
    pub fn configure(&self, config: &mut ServiceConfig) {
        config.app_data(Data::from(self.0.clone())).configure(routes);
    }
}

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route("/pay.css", web::get().to(style))
        .route("/pay/{id}", web::get().to(checkout::show))
        .route("/pay/{id}", web::post().to(checkout::press))
        .route("/connect/{id}", web::get().to(onboarding::show))
        .route("/connect/{id}", web::post().to(onboarding::press));
}

async fn style() -> HttpResponse {
    HttpResponse::Ok().content_type("text/css; charset=utf-8").body(include_str!("style.css"))
}

/// A page around its content, which is HTML already.
fn page(words: &Words, title: &str, content: &str) -> HttpResponse {
    let Words { lang, demo, demo_why, test_mode, .. } = words;
    let html = format!(
        r#"<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{title} · {demo}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="../pay.css">
</head>
<body>
<header><strong>{demo}</strong> <span>{demo_why}</span></header>
<main>
{content}
</main>
<footer>{test_mode}</footer>
</body>
</html>
"#
    );
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
        ))
        .body(html)
}

/// Goes on elsewhere.
fn go(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
}

/// The language: as the caller of the API chose, else as the browser asks.
fn words(request: &HttpRequest, locale: Option<&str>) -> &'static Words {
    let asked = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    match locale.filter(|locale| *locale != "auto").or(asked) {
        Some(lang) if lang.to_ascii_lowercase().starts_with("de") => &words::DE,
        _ => &words::EN,
    }
}

/// Text as HTML shows it.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
