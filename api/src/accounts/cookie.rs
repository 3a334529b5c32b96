//! The cookie that holds the refresh token.

use super::secret::Secret;
use crate::app::App;
use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

/// As long as an unused token lives.
const LIFETIME: Duration = Duration::days(30);

/// `__Host-` binds the cookie to this very host; browsers accept the prefix only over https.
fn name(app: &App) -> &'static str {
    if app.config.https() { "__Host-refresh" } else { "refresh" }
}

/// The refresh token that came with a request.
pub(super) fn read(app: &App, request: &HttpRequest) -> Option<String> {
    request.cookie(name(app)).map(|cookie| cookie.value().to_owned())
}

/// Keeps a refresh token in the browser, out of reach of scripts and of other sites.
pub(super) fn keep(app: &App, token: &Secret) -> Cookie<'static> {
    bare(app, token.reveal(), LIFETIME)
}

/// Takes the cookie away.
pub(super) fn remove(app: &App) -> Cookie<'static> {
    bare(app, String::new(), Duration::ZERO)
}

fn bare(app: &App, value: String, max_age: Duration) -> Cookie<'static> {
    Cookie::build(name(app), value)
        .path("/")
        .http_only(true)
        .secure(app.config.https())
        .same_site(SameSite::Strict)
        .max_age(max_age)
        .finish()
}
