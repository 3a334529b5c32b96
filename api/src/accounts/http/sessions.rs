//! Beginning, keeping and ending a session.

use super::{answer, user_agent};
use crate::accounts::{app, cookie};
use crate::app::App;
use crate::http::actor::Bearer;
use crate::http::problems::{BadInput, FromElsewhere, LoginNeeded, Throttled};
use crate::http::{ApiResult, ClientAddress, Input, SameOrigin, User};
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use contract::accounts::{LogIn, Register, Session};
use contract::problem::Problem;

/// Open an account.
///
/// Logs in at once: the answer is a session, and its refresh token comes in an `HttpOnly` cookie. A mail with a link
/// to prove the address follows. No `Idempotency-Key`: the address itself is one.
#[utoipa::path(
    operation_id = "create_account", tag = "accounts", request_body = Register,
    responses(
        (status = 201, description = "Opened and logged in", body = Session,
            headers(("Set-Cookie" = String, description = "The refresh token"), ("Location" = String))),
        BadInput, FromElsewhere, Throttled,
        (status = 409, description = "`email_taken`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/auth/register")]
pub(super) async fn create_account(
    app: Data<App>,
    request: HttpRequest,
    _: SameOrigin,
    address: ClientAddress,
    input: Input<Register>,
) -> ApiResult<HttpResponse> {
    let opened = app::register(&app, input.body, address, user_agent(&request)).await?;
    let mut response = HttpResponse::Created();
    response.insert_header((header::LOCATION, "/api/v1/me"));
    Ok(answer(&app, response, &opened))
}

/// Log in.
///
/// An unknown address and a wrong password are answered alike. Too many failures are refused for a while, whoever
/// they were meant for.
#[utoipa::path(
    operation_id = "create_session", tag = "accounts", request_body = LogIn,
    responses(
        (status = 200, description = "Logged in", body = Session,
            headers(("Set-Cookie" = String, description = "The refresh token"))),
        BadInput, Throttled,
        (status = 401, description = "`wrong_credentials`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`account_suspended`, with the reason; or `forbidden`: another site may not do this", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/auth/login")]
pub(super) async fn create_session(
    app: Data<App>,
    request: HttpRequest,
    _: SameOrigin,
    address: ClientAddress,
    input: Input<LogIn>,
) -> ApiResult<HttpResponse> {
    let opened = app::log_in(&app, input.body, address, user_agent(&request)).await?;
    Ok(answer(&app, HttpResponse::Ok(), &opened))
}

/// Get a fresh access token.
///
/// Takes the refresh token from its cookie and puts the next one there. A token that comes back after its successor
/// was used, or more than ten seconds after its own use, ends the session: it may have been stolen. Until then
/// asking again gives the same successor, so that a lost answer logs nobody out.
#[utoipa::path(
    operation_id = "refresh_session", tag = "accounts",
    responses(
        (status = 200, description = "The session goes on", body = Session,
            headers(("Set-Cookie" = String, description = "The next refresh token"))),
        FromElsewhere,
        (status = 401, description = "`session_ended`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/auth/refresh")]
pub(super) async fn refresh_session(
    app: Data<App>,
    request: HttpRequest,
    _: SameOrigin,
) -> ApiResult<HttpResponse> {
    let token = cookie::read(&app, &request);
    let opened = app::refresh(&app, token.as_deref(), user_agent(&request)).await?;
    Ok(answer(&app, HttpResponse::Ok(), &opened))
}

/// Log out here.
///
/// Ends the session of the refresh cookie, and that of the access token where one is sent, and takes the cookie away;
/// without either there is nothing to do. A session's access tokens end with it.
#[utoipa::path(
    operation_id = "end_session", tag = "accounts", security((), ("bearer" = [])),
    responses(
        (status = 204, description = "Logged out"),
        FromElsewhere,
    )
)]
#[post("/auth/logout")]
pub(super) async fn end_session(
    app: Data<App>,
    request: HttpRequest,
    bearer: Option<Bearer>,
    _: SameOrigin,
) -> ApiResult<HttpResponse> {
    app::end_presented(&app, cookie::read(&app, &request).as_deref()).await?;
    if let Some(Bearer(user)) = bearer {
        app::end_own(&app, user).await?;
    }
    Ok(HttpResponse::NoContent().cookie(cookie::remove(&app)).finish())
}

/// Log out everywhere.
///
/// Ends every session of the account, this one included.
#[utoipa::path(
    operation_id = "end_all_sessions", tag = "accounts", security(("bearer" = [])),
    responses(
        (status = 204, description = "Logged out"),
        LoginNeeded, FromElsewhere,
    )
)]
#[post("/auth/logout-everywhere")]
pub(super) async fn end_all_sessions(app: Data<App>, _: SameOrigin, user: User) -> ApiResult<HttpResponse> {
    app::end_all(&app, user).await?;
    Ok(HttpResponse::NoContent().cookie(cookie::remove(&app)).finish())
}
