//! Refuses requests that another site's page sent with our cookies.

use super::problem::{ApiError, ApiResult};
use crate::app::App;
use crate::config::Config;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use contract::problem::Code;
use std::future::{Ready, ready};

/// Proof that no foreign page is behind this request: `Origin` is absent, ours, or allowed by configuration.
///
/// For the few handlers that read or set a cookie. Browsers always send `Origin` with a cross-origin POST and let
/// no page forge it; programs that are no browsers need not send it.
#[derive(Debug, Clone, Copy)]
pub struct SameOrigin(());

impl FromRequest for SameOrigin {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(origin) = request.headers().get(header::ORIGIN) else { return ready(Ok(Self(()))) };
        let Some(app) = request.app_data::<Data<App>>() else {
            return ready(Err(ApiError::internal("no application data")));
        };
        let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
        let ours = origin.to_str().is_ok_and(|origin| is_ours(origin, host, &app.config));
        let refusal = || ApiError::new(Code::Forbidden).detail("Another site may not do this.");
        ready(if ours { Ok(Self(())) } else { Err(refusal()) })
    }
}

fn is_ours(origin: &str, host: Option<&str>, config: &Config) -> bool {
    let same_host = origin.split_once("://").is_some_and(|(_, authority)| Some(authority) == host);
    same_host
        || origin_of(&config.base_url) == origin
        || config.allowed_origins.iter().any(|one| one == origin)
}

/// The scheme and authority of an address.
fn origin_of(url: &str) -> &str {
    let authority = url.find("://").map_or(0, |at| at + 3);
    let end = url[authority..].find('/').map_or(url.len(), |at| authority + at);
    &url[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(origin: &str, host: &str) -> bool {
        let config = Config::read(|name| match name {
            "BASE_URL" => Some("https://book.example.org".into()),
            "ALLOWED_ORIGINS" => Some("https://partner.example.net".into()),
            _ => None,
        });
        is_ours(origin, Some(host), &config.unwrap())
    }

    #[test]
    fn only_our_own_and_allowed_pages_pass() {
        assert!(ours("https://book.example.org", "internal:8080"));
        assert!(ours("http://127.0.0.1:8080", "127.0.0.1:8080"));
        assert!(ours("https://partner.example.net", "internal:8080"));
        assert!(!ours("https://book.example.org.evil.test", "internal:8080"));
        assert!(!ours("https://evil.test", "internal:8080"));
        assert!(!ours("null", "internal:8080"));
    }
}
