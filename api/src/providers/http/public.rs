//! What everybody can see.

use super::picture;
use crate::app::App;
use crate::http::problems::{BadQuery, LoginNeeded, NothingHere};
use crate::http::{ApiResult, Params, Visitor, etag};
use crate::live;
use crate::providers::{app, gazetteer, listing, photo, store};
use actix_web::http::header::HeaderValue;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use contract::providers::{Categories, PlaceQuery, Places, Provider, ProviderList, ProviderQuery};
use uuid::Uuid;

/// All categories, with how many published providers each has.
#[utoipa::path(
    operation_id = "list_categories", tag = "providers",
    responses(
        (status = 200, description = "The categories, in the platform's order", body = Categories, headers(("ETag" = String))),
        (status = 304, description = "Nothing has changed since the `ETag` in `If-None-Match`"),
    ),
)]
#[get("/categories")]
pub async fn list_categories(app: Data<App>, request: HttpRequest) -> ApiResult<HttpResponse> {
    let mut db = app.db.acquire().await?;
    let categories = Categories { items: store::categories(&mut db).await? };
    etag::answer_cached(&request, &categories, "public, max-age=60")
}

/// Cities whose name begins so, in any of the languages known.
#[utoipa::path(
    operation_id = "list_places", tag = "providers",
    params(PlaceQuery),
    responses(
        (status = 200, description = "The cities that match", body = Places, headers(("ETag" = String))),
        (status = 304, description = "Nothing has changed since the `ETag` in `If-None-Match`"),
        BadQuery,
    ),
)]
#[get("/places")]
pub async fn list_places(request: HttpRequest, query: Params<PlaceQuery>) -> ApiResult<HttpResponse> {
    let places = Places { items: gazetteer::search(&query.0.q) };
    etag::answer_cached(&request, &places, "public, max-age=86400")
}

/// Published providers, each with the next free times of a service.
///
/// The filters leave those that meet all of them. With `date`, a page can have fewer items than `limit` although there is a
/// next one.
#[utoipa::path(
    operation_id = "list_providers", tag = "providers",
    params(ProviderQuery),
    responses(
        (status = 200, description = "A page of providers", body = ProviderList, headers(("ETag" = String))),
        (status = 304, description = "Nothing has changed since the `ETag` in `If-None-Match`"),
        BadQuery,
    ),
)]
#[get("/providers")]
pub async fn list_providers(
    app: Data<App>,
    request: HttpRequest,
    query: Params<ProviderQuery>,
) -> ApiResult<HttpResponse> {
    // Free times are in it, so it is asked for each time, and sent only when something has changed.
    etag::answer_content(&request, &listing::list(&app, query.0).await?)
}

/// A provider's profile. One that is not published is there for its members only.
#[utoipa::path(
    operation_id = "get_provider", tag = "providers",
    params(("provider_id" = String, Path, description = "Id or slug")),
    responses(
        (status = 200, description = "The profile", body = Provider, headers(
            ("ETag" = String),
            ("Last-Event-ID" = Option<String>, description = "For members: where the stream of the provider's changes stands. \
                Whoever reads other things after this, and then opens the stream from here on, misses nothing"),
        )),
        (status = 304, description = "Nothing has changed since the `ETag` in `If-None-Match`"),
        LoginNeeded,
        NothingHere,
    ),
    security((), ("bearer" = [])),
)]
#[get("/providers/{provider_id}")]
pub async fn get_provider(
    app: Data<App>,
    request: HttpRequest,
    visitor: Visitor,
    id_or_slug: Path<String>,
) -> ApiResult<HttpResponse> {
    let mut db = app.db.acquire().await?;
    // Before the profile: what changes in between then comes twice, not never.
    let position = if visitor.0.is_some() { Some(live::position(&mut db).await?) } else { None };
    let found = app::visible(&mut db, &id_or_slug, visitor.0).await?;
    let position = position.filter(|_| found.is_member);
    let version = found.profile.version;
    let mut response = etag::answer(&request, version, &photo::show(&app, found.profile));
    if let Some(position) = position.and_then(|position| HeaderValue::from_str(&position).ok()) {
        response.headers_mut().insert(live::LAST_EVENT_ID, position);
    }
    Ok(response)
}

/// A provider's portrait.
#[utoipa::path(
    operation_id = "get_provider_portrait", tag = "providers",
    params(("provider_id" = Uuid, Path, description = "The provider")),
    responses(
        (status = 200, description = "The picture", body = String, content_type = "image/svg+xml", headers(("ETag" = String))),
        (status = 304, description = "Nothing has changed since the `ETag` in `If-None-Match`"),
        NothingHere,
    ),
)]
#[get("/providers/{provider_id}/portrait")]
pub async fn get_provider_portrait(
    app: Data<App>,
    request: HttpRequest,
    id: Path<Uuid>,
) -> ApiResult<HttpResponse> {
    let portrait = app::portrait(&app, *id).await?;
    Ok(picture(&request, portrait, "public, max-age=86400"))
}
