//! Routes of categories, for admins.

use super::app;
use crate::admin::Admin;
use crate::app::App;
use crate::http::headers::Repeatable;
use crate::http::problems::{BadInput, BadKey, LoginNeeded, NothingHere, Versioned};
use crate::http::{ApiResult, IfMatch, Input, NoBody};
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, patch, post};
use contract::admin::{AdminCategories, AdminCategory, CreateCategory, PatchCategory};

/// All categories with their names, in the platform's order, retired ones among them.
#[utoipa::path(
    operation_id = "list_all_categories", tag = "admin", security(("bearer" = [])),
    responses(
        (status = 200, description = "The categories", body = AdminCategories),
        LoginNeeded, NothingHere,
    )
)]
#[get("/admin/categories")]
pub async fn list_all_categories(app: Data<App>, _: Admin) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(AdminCategories { items: app::list(&app).await? }))
}

/// Add a category, after all others.
#[utoipa::path(
    operation_id = "create_category", tag = "admin", request_body = CreateCategory, security(("bearer" = [])),
    params(Repeatable),
    responses(
        (status = 201, description = "The new category", body = AdminCategory, headers(("ETag" = String), ("Location" = String))),
        BadInput, LoginNeeded, NothingHere,
    )
)]
#[post("/admin/categories")]
pub async fn create_category(
    app: Data<App>,
    admin: Admin,
    input: Input<CreateCategory>,
) -> ApiResult<HttpResponse> {
    Ok(app::create(&app, &admin, input).await?.into())
}

/// Give a category other names or another place in the order.
#[utoipa::path(
    operation_id = "update_category", tag = "admin", request_body = PatchCategory, security(("bearer" = [])),
    params(("slug" = String, Path, description = "The category"), ("If-Match" = String, Header, description = "The category's `ETag`"), Repeatable),
    responses(
        (status = 200, description = "The category as it now is", body = AdminCategory, headers(("ETag" = String))),
        BadInput, LoginNeeded, NothingHere, Versioned,
    )
)]
#[patch("/admin/categories/{slug}")]
pub async fn update_category(
    app: Data<App>,
    admin: Admin,
    slug: Path<String>,
    version: IfMatch,
    input: Input<PatchCategory>,
) -> ApiResult<HttpResponse> {
    Ok(app::update(&app, &admin, &slug, version, input).await?.into())
}

/// Close a category: no further page can choose it. Those in it stay.
#[utoipa::path(
    operation_id = "retire_category", tag = "admin", security(("bearer" = [])),
    params(("slug" = String, Path, description = "The category"), ("If-Match" = String, Header, description = "The category's `ETag`"), Repeatable),
    responses(
        (status = 200, description = "The category as it now is", body = AdminCategory, headers(("ETag" = String))),
        BadKey, LoginNeeded, NothingHere, Versioned,
    )
)]
#[post("/admin/categories/{slug}/retire")]
pub async fn retire_category(
    app: Data<App>,
    admin: Admin,
    slug: Path<String>,
    version: IfMatch,
    body: NoBody,
) -> ApiResult<HttpResponse> {
    Ok(app::set_retired(&app, &admin, &slug, version, body, true).await?.into())
}

/// Open a retired category again.
#[utoipa::path(
    operation_id = "restore_category", tag = "admin", security(("bearer" = [])),
    params(("slug" = String, Path, description = "The category"), ("If-Match" = String, Header, description = "The category's `ETag`"), Repeatable),
    responses(
        (status = 200, description = "The category as it now is", body = AdminCategory, headers(("ETag" = String))),
        BadKey, LoginNeeded, NothingHere, Versioned,
    )
)]
#[post("/admin/categories/{slug}/restore")]
pub async fn restore_category(
    app: Data<App>,
    admin: Admin,
    slug: Path<String>,
    version: IfMatch,
    body: NoBody,
) -> ApiResult<HttpResponse> {
    Ok(app::set_retired(&app, &admin, &slug, version, body, false).await?.into())
}
