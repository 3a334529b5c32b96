//! Routes of receipts.

use super::{app, page};
use crate::app::App;
use crate::bookings::Asker;
use crate::http::headers::Repeatable;
use crate::http::problems::{BadKey, BadQuery, LoginNeeded, NothingHere};
use crate::http::{ApiError, ApiResult, NoBody, Params, User};
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use contract::problem::Problem;
use contract::receipts::{Receipt, ReceiptPageQuery, Receipts};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the routes.
pub fn routes(config: &mut ServiceConfig) {
    config.service(list_receipts).service(create_receipt).service(get_receipt);
}

fn booking_id(id: &str) -> ApiResult<Uuid> {
    id.parse().map_err(|_| ApiError::not_found())
}

/// The receipts of a booking, oldest first. One is issued whenever money arrives, and a credit note when it has gone back.
#[utoipa::path(
    operation_id = "list_receipts", tag = "payments", security((), ("bearer" = []), ("manage_token" = [])),
    params(("booking_id" = Uuid, Path, description = "The booking")),
    responses((status = 200, description = "The receipts", body = Receipts), LoginNeeded, NothingHere),
)]
#[get("/bookings/{booking_id}/receipts")]
async fn list_receipts(app: Data<App>, asker: Asker, id: Path<String>) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(app::list(&app, &asker, booking_id(&id)?).await?))
}

/// Issue a receipt for what of a booking is on none yet, paid or not; or a credit note where more is on receipts than the
/// booking costs by now. Provider only.
#[utoipa::path(
    operation_id = "create_receipt", tag = "payments", security(("bearer" = [])),
    params(("booking_id" = Uuid, Path, description = "The booking"), Repeatable),
    responses(
        (status = 201, description = "The receipt", body = Receipt, headers(("Location" = String))),
        (status = 409, description = "`invalid_transition`: nothing is without a receipt", body = Problem, content_type = "application/problem+json"),
        BadKey,
        LoginNeeded,
        NothingHere,
    ),
)]
#[post("/bookings/{booking_id}/receipts")]
async fn create_receipt(
    app: Data<App>,
    user: User,
    id: Path<String>,
    input: NoBody,
) -> ApiResult<HttpResponse> {
    Ok(app::ask(&app, &user.into(), input.key.as_ref(), booking_id(&id)?).await?.into())
}

/// A receipt as a page to look at and print.
#[utoipa::path(
    operation_id = "get_receipt", tag = "payments", security((), ("bearer" = []), ("manage_token" = [])),
    params(
        ("booking_id" = Uuid, Path, description = "The booking"),
        ("number" = i64, Path, description = "The receipt's number"),
        ReceiptPageQuery,
    ),
    responses(
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        BadQuery,
        LoginNeeded,
        NothingHere,
    ),
)]
#[get("/bookings/{booking_id}/receipts/{number}")]
async fn get_receipt(
    app: Data<App>,
    asker: Asker,
    path: Path<(String, String)>,
    query: Params<ReceiptPageQuery>,
) -> ApiResult<HttpResponse> {
    let number = path.1.parse().map_err(|_| ApiError::not_found())?;
    let html = app::page(&app, &asker, booking_id(&path.0)?, number, &query.0).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_SECURITY_POLICY, page::policy()))
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .body(html))
}
