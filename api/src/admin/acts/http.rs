//! The route of the log.

use super::list;
use crate::admin::Admin;
use crate::app::App;
use crate::http::problems::{BadQuery, LoginNeeded, NothingHere};
use crate::http::{ApiResult, Params};
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use contract::admin::{AdminAct, AdminActQuery};
use contract::page::Page;

/// What admins did, the newest first.
///
/// Lines are never changed or taken away. They name people as they are called today.
#[utoipa::path(
    operation_id = "list_admin_acts", tag = "admin", params(AdminActQuery), security(("bearer" = [])),
    responses(
        (status = 200, description = "A page of the log", body = Page<AdminAct>),
        BadQuery, LoginNeeded, NothingHere,
    )
)]
#[get("/admin/acts")]
pub async fn list_admin_acts(
    app: Data<App>,
    _: Admin,
    query: Params<AdminActQuery>,
) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(list::list(&app, query.0).await?))
}
