//! Plain counts.

use super::{Admin, counts};
use crate::app::App;
use crate::http::ApiResult;
use crate::http::problems::{LoginNeeded, NothingHere};
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use contract::admin::AdminOverview;

/// How many accounts, pages and bookings there are.
#[utoipa::path(
    operation_id = "get_admin_overview", tag = "admin", security(("bearer" = [])),
    responses(
        (status = 200, description = "The counts", body = AdminOverview),
        LoginNeeded, NothingHere,
    )
)]
#[get("/admin/overview")]
pub async fn get_admin_overview(app: Data<App>, _: Admin) -> ApiResult<HttpResponse> {
    let counts = counts::read(&mut *app.db.acquire().await?).await?;
    Ok(HttpResponse::Ok().json(counts))
}
