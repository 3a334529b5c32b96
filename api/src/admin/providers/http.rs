//! Routes of pages, for admins.

use super::app::{self, Change};
use crate::admin::{Admin, Target};
use crate::app::App;
use crate::http::headers::Repeatable;
use crate::http::problems::{BadInput, BadKey, BadQuery, LoginNeeded, NothingHere, Versioned};
use crate::http::{ApiError, ApiResult, Input, NoBody, Params, etag};
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use contract::admin::{AdminProvider, AdminProviderQuery, AdminProviderRow, Suspend};
use contract::page::Page;
use contract::problem::Problem;
use uuid::Uuid;

fn id(path: &str) -> ApiResult<Uuid> {
    path.parse().map_err(|_| ApiError::not_found())
}

/// All pages, published or not, the newest first.
#[utoipa::path(
    operation_id = "list_all_providers", tag = "admin", params(AdminProviderQuery), security(("bearer" = [])),
    responses(
        (status = 200, description = "A page of them", body = Page<AdminProviderRow>),
        BadQuery, LoginNeeded, NothingHere,
    )
)]
#[get("/admin/providers")]
pub async fn list_all_providers(
    app: Data<App>,
    _: Admin,
    query: Params<AdminProviderQuery>,
) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(app::list(&app, query.0).await?))
}

/// A page, with those who act for it.
#[utoipa::path(
    operation_id = "get_any_provider", tag = "admin", security(("bearer" = [])),
    params(("provider_id" = Uuid, Path, description = "The provider")),
    responses(
        (status = 200, description = "The page", body = AdminProvider, headers(("ETag" = String))),
        LoginNeeded, NothingHere,
    )
)]
#[get("/admin/providers/{provider_id}")]
pub async fn get_any_provider(app: Data<App>, _: Admin, path: Path<String>) -> ApiResult<HttpResponse> {
    let provider = app::read(&mut *app.db.acquire().await?, id(&path)?).await?;
    // The counts change without the version, so an unchanged tag does not save the answer.
    Ok(HttpResponse::Ok().insert_header((header::ETAG, etag::tag(provider.version))).json(provider))
}

/// Suspend a page: nobody sees it, and it takes no bookings. Those that stand are kept, and its owner can handle them.
///
/// Its owners are told by mail, with the reason. Suspending it again changes the reason.
#[utoipa::path(
    operation_id = "suspend_provider", tag = "admin", request_body = Suspend, security(("bearer" = [])),
    params(("provider_id" = Uuid, Path, description = "The provider"), ("If-Match" = String, Header, description = "The page's `ETag`"), Repeatable),
    responses(
        (status = 200, description = "The page as it now is", body = AdminProvider, headers(("ETag" = String))),
        BadInput, LoginNeeded, NothingHere, Versioned,
    )
)]
#[post("/admin/providers/{provider_id}/suspend")]
pub async fn suspend_provider(
    app: Data<App>,
    target: Target,
    input: Input<Suspend>,
) -> ApiResult<HttpResponse> {
    Ok(app::change(&app, &target, input.key.as_ref(), &Change::Suspend(input.body.reason)).await?.into())
}

/// Bring a suspended page back as it was: published or hidden.
#[utoipa::path(
    operation_id = "restore_provider", tag = "admin", security(("bearer" = [])),
    params(("provider_id" = Uuid, Path, description = "The provider"), ("If-Match" = String, Header, description = "The page's `ETag`"), Repeatable),
    responses(
        (status = 200, description = "The page as it now is", body = AdminProvider, headers(("ETag" = String))),
        BadKey, LoginNeeded, NothingHere, Versioned,
    )
)]
#[post("/admin/providers/{provider_id}/restore")]
pub async fn restore_provider(app: Data<App>, target: Target, body: NoBody) -> ApiResult<HttpResponse> {
    Ok(app::change(&app, &target, body.key.as_ref(), &Change::Restore).await?.into())
}

/// Publish a page in its owner's stead. It needs an active service and hours.
#[utoipa::path(
    operation_id = "publish_any_provider", tag = "admin", security(("bearer" = [])),
    params(("provider_id" = Uuid, Path, description = "The provider"), ("If-Match" = String, Header, description = "The page's `ETag`"), Repeatable),
    responses(
        (status = 200, description = "The page as it now is", body = AdminProvider, headers(("ETag" = String))),
        (status = 409, description = "`not_publishable` or `provider_suspended`", body = Problem, content_type = "application/problem+json"),
        BadKey, LoginNeeded, NothingHere, Versioned,
    )
)]
#[post("/admin/providers/{provider_id}/publish")]
pub async fn publish_any_provider(app: Data<App>, target: Target, body: NoBody) -> ApiResult<HttpResponse> {
    Ok(app::change(&app, &target, body.key.as_ref(), &Change::Publish(true)).await?.into())
}

/// Hide a page. Its owner can publish it again.
#[utoipa::path(
    operation_id = "unpublish_any_provider", tag = "admin", security(("bearer" = [])),
    params(("provider_id" = Uuid, Path, description = "The provider"), ("If-Match" = String, Header, description = "The page's `ETag`"), Repeatable),
    responses(
        (status = 200, description = "The page as it now is", body = AdminProvider, headers(("ETag" = String))),
        BadKey, LoginNeeded, NothingHere, Versioned,
    )
)]
#[post("/admin/providers/{provider_id}/unpublish")]
pub async fn unpublish_any_provider(app: Data<App>, target: Target, body: NoBody) -> ApiResult<HttpResponse> {
    Ok(app::change(&app, &target, body.key.as_ref(), &Change::Publish(false)).await?.into())
}
