//! Routes of coupons.

use super::app;
use crate::app::App;
use crate::http::headers::Repeatable;
use crate::http::problems::{BadInput, LoginNeeded, NothingHere, Versioned};
use crate::http::{ApiError, ApiResult, IfMatch, Input, ProviderMember};
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, patch, post};
use contract::coupons::{Coupon, Coupons, CreateCoupon, PatchCoupon};
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the routes.
pub fn routes(config: &mut ServiceConfig) {
    config.service(list_coupons).service(create_coupon).service(update_coupon);
}

/// A provider's coupons, the newest first.
#[utoipa::path(
    operation_id = "list_coupons", tag = "coupons",
    params(("provider_id" = Uuid, Path, description = "The provider")),
    responses((status = 200, description = "The coupons", body = Coupons), LoginNeeded, NothingHere),
    security(("bearer" = [])),
)]
#[get("/providers/{provider_id}/coupons")]
async fn list_coupons(app: Data<App>, member: ProviderMember) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(app::list(&app, member).await?))
}

/// Make a coupon.
#[utoipa::path(
    operation_id = "create_coupon", tag = "coupons",
    params(("provider_id" = Uuid, Path, description = "The provider"), Repeatable),
    request_body = CreateCoupon,
    responses(
        (status = 201, description = "The new coupon", body = Coupon, headers(("ETag" = String), ("Location" = String))),
        BadInput,
        LoginNeeded,
        NothingHere,
    ),
    security(("bearer" = [])),
)]
#[post("/providers/{provider_id}/coupons")]
async fn create_coupon(
    app: Data<App>,
    member: ProviderMember,
    input: Input<CreateCoupon>,
) -> ApiResult<HttpResponse> {
    Ok(app::create(&app, member, input).await?.into())
}

/// Archive a coupon, take it up again, or change its limits.
#[utoipa::path(
    operation_id = "update_coupon", tag = "coupons",
    params(
        ("provider_id" = Uuid, Path, description = "The provider"),
        ("coupon_id" = Uuid, Path, description = "The coupon"),
        ("If-Match" = String, Header, description = "The coupon's `ETag`"),
        Repeatable,
    ),
    request_body = PatchCoupon,
    responses(
        (status = 200, description = "The coupon as it now is", body = Coupon, headers(("ETag" = String))),
        BadInput,
        LoginNeeded,
        NothingHere,
        Versioned,
    ),
    security(("bearer" = [])),
)]
#[patch("/providers/{provider_id}/coupons/{coupon_id}")]
async fn update_coupon(
    app: Data<App>,
    member: ProviderMember,
    path: Path<(String, String)>,
    version: IfMatch,
    input: Input<PatchCoupon>,
) -> ApiResult<HttpResponse> {
    let id = path.1.parse().map_err(|_| ApiError::not_found())?;
    Ok(app::update(&app, member, id, version, input).await?.into())
}
