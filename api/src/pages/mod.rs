//! Public pages as they are before the program is there: the head that search engines and messengers read, and what there is
//! to read at the top. The app's bundle has them in each language (`web/first/`); here is told whose page it is.

mod describe;
mod template;

use crate::app::App;
use crate::http::{ApiResult, etag, spa};
use crate::{providers, services};
use actix_web::http::{StatusCode, header};
use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use contract::photos::avatar_url;
use contract::problem::Code;
use contract::providers::Provider;
use contract::services::{Service, ServiceStatus};
use describe::Head;
use uuid::Uuid;

pub use template::{Template, escape};

/// Registers the pages, outside the API.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource("/").get(home))
        .service(web::resource("/p/{slug}").get(provider_page))
        .service(web::resource("/p/{slug}/{service}").get(picker_page));
}

async fn home(app: Data<App>, request: HttpRequest) -> ApiResult<HttpResponse> {
    let asks = !request.query_string().is_empty();
    let Some(template) = Template::of(&request, "home").filter(|_| !asks) else { return spa::page(&request) };
    Ok(answer(&request, StatusCode::OK, template.fill(&[("head", Head::of_home(&app).html())])))
}

async fn provider_page(app: Data<App>, request: HttpRequest, slug: Path<String>) -> ApiResult<HttpResponse> {
    // The app works without, so a database that fails is no reason to refuse the page.
    let Ok(found) = published(&app, &slug).await else { return spa::page(&request) };
    let (Some((profile, offered)), Some(template)) = (found, Template::of(&request, "provider")) else {
        return unknown(&request);
    };
    let [before, open, closed, after] = template.around_rows();
    let rows = offered.iter().map(|service| {
        let row = if service.payable { &open } else { &closed };
        row.fill(&[
            ("service", template::escape(&service.name)),
            ("words", paragraph("muted", &service.description)),
            ("href", template::escape(&format!("/p/{}/{}", profile.slug, service.id))),
        ])
    });
    let told = told(&app, &profile, format!("/p/{}", profile.slug));
    let html = [before.fill(&told), rows.collect(), after.fill(&told)].concat();
    Ok(answer(&request, StatusCode::OK, html))
}

async fn picker_page(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> ApiResult<HttpResponse> {
    let (slug, service) = path.into_inner();
    let Ok(found) = published(&app, &slug).await else { return spa::page(&request) };
    let found = found.and_then(|(profile, offered)| {
        let id: Uuid = service.parse().ok()?;
        Some((profile, offered.into_iter().find(|service| service.id == id)?))
    });
    // What cannot be paid has no times.
    let view = if found.as_ref().is_none_or(|(_, service)| service.payable) { "picker" } else { "closed" };
    let (Some((profile, service)), Some(template)) = (found, Template::of(&request, view)) else {
        return unknown(&request);
    };
    // With a time in the address, the app goes on to the details at once.
    if !request.query_string().is_empty() {
        return spa::page(&request);
    }
    let mut told = told(&app, &profile, format!("/p/{}/{}", profile.slug, service.id));
    told.push(("service", template::escape(&service.name)));
    Ok(answer(&request, StatusCode::OK, template.fill(&told)))
}

/// What every page of a provider tells.
fn told(app: &App, profile: &Provider, path: String) -> Vec<(&'static str, String)> {
    let head = Head::of(app, profile, &path);
    vec![
        ("head", head.html()),
        ("description", template::escape(head.description())),
        ("name", template::escape(&profile.name)),
        ("headline", paragraph("headline", &profile.headline)),
        ("portrait", template::escape(&avatar_url(&profile.portrait_url))),
        ("href", template::escape(&format!("/p/{}", profile.slug))),
    ]
}

fn paragraph(class: &str, text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("<p class=\"{class}\">{}</p>", template::escape(text))
    }
}

/// The provider and what is offered, if everybody may see it.
async fn published(app: &App, slug: &str) -> ApiResult<Option<(Provider, Vec<Service>)>> {
    let mut db = app.db.acquire().await?;
    let found = match providers::visible(&mut db, slug, None).await {
        Ok(found) => found,
        Err(error) if error.code() == Code::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let services = services::everything(app, &mut db, found.profile.id).await?;
    let offered = services.into_iter().filter(|service| service.status == ServiceStatus::Active);
    Ok(Some((found.profile, offered.collect())))
}

/// Nobody is to be found here, though the app may know more of it for whoever is logged in.
fn unknown(request: &HttpRequest) -> ApiResult<HttpResponse> {
    match Template::of(request, "plain") {
        Some(page) => Ok(answer(request, StatusCode::NOT_FOUND, page.fill(&[]))),
        None => spa::page(request),
    }
}

/// Answers with a page; 304 where the browser has this very one.
pub fn answer(request: &HttpRequest, status: StatusCode, html: String) -> HttpResponse {
    let (mut response, known) = etag::begin(request, etag::tag_of_text(&html));
    let known = known && status == StatusCode::OK;
    if !known {
        response.status(status);
    }
    response
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::VARY, "Cookie, Accept-Language, Accept-Encoding"));
    if known { response.finish() } else { response.content_type("text/html; charset=utf-8").body(html) }
}
