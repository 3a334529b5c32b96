//! Passwords, forgotten and changed.

use crate::accounts::app;
use crate::app::App;
use crate::http::problems::{BadInput, LoginNeeded, Throttled};
use crate::http::{ApiResult, ClientAddress, Input, User};
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use contract::accounts::{ChangePassword, EmailOnly, ResetPassword};
use contract::problem::Problem;

/// Ask for a mail that sets a new password.
///
/// The answer is the same whether or not an account has this address. An address gets at most five such mails an
/// hour.
#[utoipa::path(
    operation_id = "request_password_reset", tag = "accounts", request_body = EmailOnly,
    responses(
        (status = 202, description = "If there is such an account, a mail is on its way"),
        BadInput, Throttled,
    )
)]
#[post("/auth/password/forgot")]
pub(super) async fn request_password_reset(
    app: Data<App>,
    address: ClientAddress,
    input: Input<EmailOnly>,
) -> ApiResult<HttpResponse> {
    app::forgot(&app, &input.body.email, address).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// Set a new password with the token of a mail.
///
/// The token works once, for an hour. Every session of the account ends.
#[utoipa::path(
    operation_id = "reset_password", tag = "accounts", request_body = ResetPassword,
    responses(
        (status = 204, description = "Set; log in with it"),
        BadInput, Throttled,
        (status = 422, description = "`token_invalid` or `invalid_fields`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/auth/password/reset")]
pub(super) async fn reset_password(
    app: Data<App>,
    address: ClientAddress,
    input: Input<ResetPassword>,
) -> ApiResult<HttpResponse> {
    app::reset(&app, input.body, address).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Change the password.
///
/// This session goes on, all others of the account end.
#[utoipa::path(
    operation_id = "change_password", tag = "accounts", request_body = ChangePassword, security(("bearer" = [])),
    responses(
        (status = 204, description = "Changed"),
        BadInput, LoginNeeded, Throttled,
        (status = 422, description = "`wrong_password` or `invalid_fields`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/auth/password/change")]
pub(super) async fn change_password(
    app: Data<App>,
    user: User,
    input: Input<ChangePassword>,
) -> ApiResult<HttpResponse> {
    app::change(&app, user, input.body).await?;
    Ok(HttpResponse::NoContent().finish())
}
