//! The slice's routes.

use super::app;
use crate::app::App;
use crate::http::actor::Bearer;
use crate::http::headers::Repeatable;
use crate::http::idempotency::IdempotencyKey;
use crate::http::problems::{BadInput, LoginNeeded, Throttled};
use crate::http::{ApiResult, Input, User};
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, get};
use contract::privacy::{DeleteAccount, PersonalData};
use contract::problem::Problem;
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the routes.
pub fn routes(config: &mut ServiceConfig) {
    config.service(export_me).service(delete_me);
}

/// Download everything that is held on oneself.
#[utoipa::path(
    operation_id = "export_me", tag = "accounts", security(("bearer" = [])),
    responses(
        (status = 200, description = "All of it, as a file", body = PersonalData,
            headers(("Content-Disposition" = String))),
        LoginNeeded,
    )
)]
#[get("/me/export")]
async fn export_me(app: Data<App>, user: User) -> ApiResult<HttpResponse> {
    let data = app::export(&app, user).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"appointed-my-data.json\""))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(data))
}

/// Delete one's own account.
///
/// Coming bookings as a client are cancelled and the providers told. Past ones stay, without name, address, phone and
/// notes. Every session ends, and the address is free for a new account. The only owner of a provider that is published
/// or has coming bookings has to hide it and settle them first.
#[utoipa::path(
    operation_id = "delete_me", tag = "accounts", request_body = DeleteAccount, security(("bearer" = [])),
    params(Repeatable),
    responses(
        (status = 204, description = "Deleted"),
        BadInput, LoginNeeded, Throttled,
        (status = 403, description = "`account_suspended`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`sole_owner`: `errors` points to each provider, `/providers/{id}`, with `published` or `has_bookings`; or `last_admin`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`wrong_password` or `invalid_fields`", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`unavailable`: something changed meanwhile; send it again", body = Problem, content_type = "application/problem+json"),
    )
)]
#[delete("/me")]
async fn delete_me(
    app: Data<App>,
    Bearer(user): Bearer,
    request: HttpRequest,
    input: Input<DeleteAccount>,
) -> ApiResult<HttpResponse> {
    // Tied to no body: what is kept of it for repeating must tell nothing of the password.
    let key = IdempotencyKey::of(&request, &[])?;
    Ok(app::delete(&app, user, key.as_ref(), input.body.password).await?.into())
}
