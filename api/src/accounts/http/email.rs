//! Proving an address.

use crate::accounts::app;
use crate::app::App;
use crate::http::problems::{BadInput, LoginNeeded, Throttled};
use crate::http::{ApiResult, Input, User};
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use contract::accounts::VerifyEmail;
use contract::problem::Problem;

/// Prove an address with the token of a mail.
///
/// The token works once, for seven days, and only for the address it was sent to.
#[utoipa::path(
    operation_id = "verify_email", tag = "accounts", request_body = VerifyEmail,
    responses(
        (status = 204, description = "Proven"),
        BadInput,
        (status = 422, description = "`token_invalid` or `invalid_fields`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/auth/email/verify")]
pub(super) async fn verify_email(app: Data<App>, input: Input<VerifyEmail>) -> ApiResult<HttpResponse> {
    app::verify(&app, &input.body.token).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Ask for the mail that proves one's address once more.
///
/// An address that was proven before gets none. At most five an hour.
#[utoipa::path(
    operation_id = "resend_verification", tag = "accounts", security(("bearer" = [])),
    responses(
        (status = 202, description = "The mail is on its way"),
        LoginNeeded, Throttled,
    )
)]
#[post("/auth/email/resend")]
pub(super) async fn resend_verification(app: Data<App>, user: User) -> ApiResult<HttpResponse> {
    app::resend(&app, user).await?;
    Ok(HttpResponse::Accepted().finish())
}
