//! Routes of accounts, for admins.

use super::app::{self, Change};
use crate::admin::{Admin, Target};
use crate::app::App;
use crate::http::headers::Repeatable;
use crate::http::problems::{BadInput, BadKey, BadQuery, LoginNeeded, NothingHere, Versioned};
use crate::http::{ApiError, ApiResult, Input, NoBody, Params, etag};
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use contract::admin::{AdminUser, AdminUserQuery, AdminUserRow, Suspend};
use contract::page::Page;
use contract::problem::Problem;
use uuid::Uuid;

fn id(path: &str) -> ApiResult<Uuid> {
    path.parse().map_err(|_| ApiError::not_found())
}

/// Accounts, the newest first.
#[utoipa::path(
    operation_id = "list_users", tag = "admin", params(AdminUserQuery), security(("bearer" = [])),
    responses(
        (status = 200, description = "A page of accounts", body = Page<AdminUserRow>),
        BadQuery, LoginNeeded, NothingHere,
    )
)]
#[get("/admin/users")]
pub async fn list_users(app: Data<App>, _: Admin, query: Params<AdminUserQuery>) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(app::list(&app, query.0).await?))
}

/// An account, with the pages it acts for and how many sessions are open.
#[utoipa::path(
    operation_id = "get_user", tag = "admin", security(("bearer" = [])),
    params(("user_id" = Uuid, Path, description = "The account")),
    responses(
        (status = 200, description = "The account", body = AdminUser, headers(("ETag" = String))),
        LoginNeeded, NothingHere,
    )
)]
#[get("/admin/users/{user_id}")]
pub async fn get_user(app: Data<App>, _: Admin, path: Path<String>) -> ApiResult<HttpResponse> {
    let user = app::read(&mut *app.db.acquire().await?, id(&path)?).await?;
    // The counts change without the version, so an unchanged tag does not save the answer.
    Ok(HttpResponse::Ok().insert_header((header::ETAG, etag::tag(user.version))).json(user))
}

/// Suspend an account: its sessions end, and nobody can log in to it. Its pages and bookings stay.
///
/// Suspending it again changes the reason.
#[utoipa::path(
    operation_id = "suspend_user", tag = "admin", request_body = Suspend, security(("bearer" = [])),
    params(("user_id" = Uuid, Path, description = "The account"), ("If-Match" = String, Header, description = "The account's `ETag`"), Repeatable),
    responses(
        (status = 200, description = "The account as it now is", body = AdminUser, headers(("ETag" = String))),
        (status = 409, description = "`last_admin`", body = Problem, content_type = "application/problem+json"),
        BadInput, LoginNeeded, NothingHere, Versioned,
    )
)]
#[post("/admin/users/{user_id}/suspend")]
pub async fn suspend_user(app: Data<App>, target: Target, input: Input<Suspend>) -> ApiResult<HttpResponse> {
    Ok(app::change(&app, &target, input.key.as_ref(), &Change::Suspend(input.body.reason)).await?.into())
}

/// Let a suspended account be used again.
#[utoipa::path(
    operation_id = "restore_user", tag = "admin", security(("bearer" = [])),
    params(("user_id" = Uuid, Path, description = "The account"), ("If-Match" = String, Header, description = "The account's `ETag`"), Repeatable),
    responses(
        (status = 200, description = "The account as it now is", body = AdminUser, headers(("ETag" = String))),
        BadKey, LoginNeeded, NothingHere, Versioned,
    )
)]
#[post("/admin/users/{user_id}/restore")]
pub async fn restore_user(app: Data<App>, target: Target, body: NoBody) -> ApiResult<HttpResponse> {
    Ok(app::change(&app, &target, body.key.as_ref(), &Change::Restore).await?.into())
}

/// Let a person administer the platform.
#[utoipa::path(
    operation_id = "grant_admin", tag = "admin", security(("bearer" = [])),
    params(("user_id" = Uuid, Path, description = "The account"), ("If-Match" = String, Header, description = "The account's `ETag`"), Repeatable),
    responses(
        (status = 200, description = "The account as it now is", body = AdminUser, headers(("ETag" = String))),
        BadKey, LoginNeeded, NothingHere, Versioned,
    )
)]
#[post("/admin/users/{user_id}/grant-admin")]
pub async fn grant_admin(app: Data<App>, target: Target, body: NoBody) -> ApiResult<HttpResponse> {
    Ok(app::change(&app, &target, body.key.as_ref(), &Change::SetAdmin(true)).await?.into())
}

/// Take the right to administer the platform away, at once. The last admin keeps it.
#[utoipa::path(
    operation_id = "revoke_admin", tag = "admin", security(("bearer" = [])),
    params(("user_id" = Uuid, Path, description = "The account"), ("If-Match" = String, Header, description = "The account's `ETag`"), Repeatable),
    responses(
        (status = 200, description = "The account as it now is", body = AdminUser, headers(("ETag" = String))),
        (status = 409, description = "`last_admin`", body = Problem, content_type = "application/problem+json"),
        BadKey, LoginNeeded, NothingHere, Versioned,
    )
)]
#[post("/admin/users/{user_id}/revoke-admin")]
pub async fn revoke_admin(app: Data<App>, target: Target, body: NoBody) -> ApiResult<HttpResponse> {
    Ok(app::change(&app, &target, body.key.as_ref(), &Change::SetAdmin(false)).await?.into())
}
