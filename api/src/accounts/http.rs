//! The slice's routes.
//!
//! The writes under `/auth` take no `Idempotency-Key`: a stored answer would hold a session's secrets.

mod credentials;
mod email;
mod me;
mod sessions;

use super::app::Opened;
use super::cookie;
use crate::app::App;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the routes.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(sessions::create_account)
        .service(sessions::create_session)
        .service(sessions::refresh_session)
        .service(sessions::end_session)
        .service(sessions::end_all_sessions)
        .service(credentials::request_password_reset)
        .service(credentials::reset_password)
        .service(credentials::change_password)
        .service(email::verify_email)
        .service(email::resend_verification)
        .service(me::get_me)
        .service(me::update_me)
        .service(me::list_sessions)
        .service(me::delete_session);
}

/// Answers with a session: the access token in the body, the refresh token in its cookie.
fn answer(app: &App, mut response: HttpResponseBuilder, opened: &Opened) -> HttpResponse {
    response.cookie(cookie::keep(app, &opened.refresh_token)).json(&opened.session)
}

/// What the browser calls itself, for the list of sessions.
fn user_agent(request: &HttpRequest) -> Option<&str> {
    let text = request.headers().get(header::USER_AGENT)?.to_str().ok()?;
    Some(&text[..text.len().min(200)])
}
