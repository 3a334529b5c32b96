//! The outbox's pages, for people and for programs. Production has none of them.

use super::page;
use crate::app::App;
use crate::config::Config;
use crate::http::{ApiError, ApiResult};
use actix_web::http::header;
use actix_web::web::{self, Data, Path, Query};
use actix_web::{HttpResponse, get};
use serde::Deserialize;
use uuid::Uuid;

/// A mail may style itself and be shown in our frame, and can do nothing else.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'";

/// Registers the pages, except in production.
pub fn configure(routes: &mut web::ServiceConfig, config: &Config) {
    if !config.production {
        routes.service(stylesheet).service(index).service(json).service(show).service(body).service(event);
    }
}

#[derive(Deserialize)]
struct Filter {
    to: Option<String>,
}

/// The latest mails.
#[get("/dev/outbox")]
async fn index(app: Data<App>, filter: Query<Filter>) -> ApiResult<HttpResponse> {
    let mails = super::list(&app.db, filter.to.as_deref()).await?;
    Ok(html(page::index(&mails)))
}

/// The same for programs.
#[get("/dev/outbox.json")]
async fn json(app: Data<App>, filter: Query<Filter>) -> ApiResult<HttpResponse> {
    let items = super::list(&app.db, filter.to.as_deref()).await?;
    Ok(HttpResponse::Ok().json(serde_json::json!({ "items": items })))
}

/// How the pages look.
#[get("/dev/outbox.css")]
async fn stylesheet() -> HttpResponse {
    HttpResponse::Ok().content_type("text/css; charset=utf-8").body(include_str!("outbox.css"))
}

/// One mail with all that belongs to it.
#[get("/dev/outbox/{id}")]
async fn show(app: Data<App>, id: Path<String>) -> ApiResult<HttpResponse> {
    Ok(html(page::mail(&find(&app, &id).await?)))
}

/// The mail as its reader sees it.
#[get("/dev/outbox/{id}/body")]
async fn body(app: Data<App>, id: Path<String>) -> ApiResult<HttpResponse> {
    let mail = find(&app, &id).await?;
    // Links open in the whole window, not in the frame.
    let text = mail.html.replacen("<head>", "<head><base target=\"_top\">", 1);
    let mut response = html(text);
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, header::HeaderValue::from_static(MAIL_POLICY));
    Ok(response)
}

/// The attached event.
#[get("/dev/outbox/{id}/appointment.ics")]
async fn event(app: Data<App>, id: Path<String>) -> ApiResult<HttpResponse> {
    let event = find(&app, &id).await?.calendar.ok_or_else(ApiError::not_found)?;
    Ok(HttpResponse::Ok().content_type("text/calendar; charset=utf-8").body(event))
}

async fn find(app: &App, id: &str) -> ApiResult<super::Kept> {
    let id: Uuid = id.parse().map_err(|_| ApiError::not_found())?;
    super::get(&app.db, id).await?.ok_or_else(ApiError::not_found)
}

fn html(text: String) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(text)
}
