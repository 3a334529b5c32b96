//! One's own account and sessions.

use crate::accounts::app;
use crate::app::App;
use crate::http::headers::Repeatable;
use crate::http::problems::{BadInput, BadKey, BadQuery, LoginNeeded, NothingHere, Versioned};
use crate::http::{ApiError, ApiResult, IfMatch, Input, NoBody, Params, User, etag, write};
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete, get, patch};
use contract::accounts::{PatchUser, SessionSummary, User as Me};
use contract::page::{Page, PageQuery};

/// Read one's own account.
#[utoipa::path(
    operation_id = "get_me", tag = "accounts", security(("bearer" = [])),
    responses(
        (status = 200, description = "The account", body = Me, headers(("ETag" = String))),
        LoginNeeded,
    )
)]
#[get("/me")]
pub(super) async fn get_me(app: Data<App>, user: User) -> ApiResult<HttpResponse> {
    let me = app::me(&app, user).await?;
    Ok(HttpResponse::Ok().insert_header((header::ETAG, etag::tag(me.version))).json(me))
}

/// Change one's own account.
#[utoipa::path(
    operation_id = "update_me", tag = "accounts", request_body = PatchUser, security(("bearer" = [])),
    params(
        ("If-Match" = String, Header, description = "The `ETag` of the version to change"),
        Repeatable,
    ),
    responses(
        (status = 200, description = "The changed account", body = Me, headers(("ETag" = String))),
        BadInput, LoginNeeded, Versioned,
    )
)]
#[patch("/me")]
pub(super) async fn update_me(
    app: Data<App>,
    user: User,
    wanted: IfMatch,
    input: Input<PatchUser>,
) -> ApiResult<HttpResponse> {
    let body = input.body;
    let reply =
        write(&app, &user.scope(), input.key.as_ref(), async |tx| app::update(tx, user, wanted, &body).await)
            .await?;
    Ok(reply.into())
}

/// List one's sessions, the last seen first.
#[utoipa::path(
    operation_id = "list_sessions", tag = "accounts", security(("bearer" = [])), params(PageQuery),
    responses(
        (status = 200, description = "A page of sessions", body = Page<SessionSummary>),
        BadQuery, LoginNeeded,
    )
)]
#[get("/me/sessions")]
pub(super) async fn list_sessions(
    app: Data<App>,
    user: User,
    query: Params<PageQuery>,
) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(app::list(&app, user, &query.0).await?))
}

/// End one of one's sessions.
#[utoipa::path(
    operation_id = "delete_session", tag = "accounts", security(("bearer" = [])),
    params(
        ("session_id" = uuid::Uuid, Path, description = "The session"),
        Repeatable,
    ),
    responses(
        (status = 204, description = "Ended"),
        BadKey, LoginNeeded, NothingHere,
    )
)]
#[delete("/me/sessions/{session_id}")]
pub(super) async fn delete_session(
    app: Data<App>,
    user: User,
    id: Path<String>,
    empty: NoBody,
) -> ApiResult<HttpResponse> {
    let id = id.parse().map_err(|_| ApiError::not_found())?;
    let reply =
        write(&app, &user.scope(), empty.key.as_ref(), async |tx| app::end_session(tx, user, id).await)
            .await?;
    Ok(reply.into())
}
