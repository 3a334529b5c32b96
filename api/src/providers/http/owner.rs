//! What providers do with their profiles.

use crate::app::App;
use crate::http::headers::Repeatable;
use crate::http::problems::{BadInput, BadKey, LoginNeeded, NothingHere, Versioned};
use crate::http::{ApiResult, IfMatch, Input, NoBody, ProviderMember, User};
use crate::providers::app;
use actix_web::web::Data;
use actix_web::{HttpResponse, patch, post};
use contract::problem::Problem;
use contract::providers::{CreateProvider, PatchProvider, Provider, ProviderChange};

/// Become a provider. The page is not published yet.
#[utoipa::path(
    operation_id = "create_provider", tag = "providers",
    params(Repeatable),
    request_body = CreateProvider,
    responses(
        (status = 201, description = "The new profile", body = Provider, headers(("ETag" = String), ("Location" = String))),
        (status = 403, description = "`account_suspended`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`slug_taken`", body = Problem, content_type = "application/problem+json"),
        BadInput,
        LoginNeeded,
    ),
    security(("bearer" = [])),
)]
#[post("/providers")]
pub async fn create_provider(
    app: Data<App>,
    user: User,
    input: Input<CreateProvider>,
) -> ApiResult<HttpResponse> {
    Ok(app::create(&app, user, input).await?.into())
}

/// Change a profile.
#[utoipa::path(
    operation_id = "update_provider", tag = "providers",
    params(("provider_id" = Uuid, Path, description = "The provider"), ("If-Match" = String, Header, description = "The profile's `ETag`"), Repeatable),
    request_body = PatchProvider,
    responses(
        (status = 200, description = "The profile as it now is, and the bookings that another zone strands", body = ProviderChange, headers(("ETag" = String))),
        (status = 409, description = "`slug_taken`", body = Problem, content_type = "application/problem+json"),
        BadInput,
        LoginNeeded,
        NothingHere,
        Versioned,
    ),
    security(("bearer" = [])),
)]
#[patch("/providers/{provider_id}")]
pub async fn update_provider(
    app: Data<App>,
    member: ProviderMember,
    version: IfMatch,
    input: Input<PatchProvider>,
) -> ApiResult<HttpResponse> {
    Ok(app::update(&app, member, version, input).await?.into())
}

/// Show the page to customers. It needs an active service and hours.
#[utoipa::path(
    operation_id = "publish_provider", tag = "providers",
    params(("provider_id" = Uuid, Path, description = "The provider"), ("If-Match" = String, Header, description = "The profile's `ETag`"), Repeatable),
    responses(
        (status = 200, description = "The profile, published", body = Provider, headers(("ETag" = String))),
        (status = 409, description = "`not_publishable`: `errors` says what is missing, `/services` or `/hours`; or `provider_suspended`", body = Problem, content_type = "application/problem+json"),
        BadKey,
        LoginNeeded,
        NothingHere,
        Versioned,
    ),
    security(("bearer" = [])),
)]
#[post("/providers/{provider_id}/publish")]
pub async fn publish_provider(
    app: Data<App>,
    member: ProviderMember,
    version: IfMatch,
    body: NoBody,
) -> ApiResult<HttpResponse> {
    Ok(app::set_published(&app, member, version, body, true).await?.into())
}

/// Hide the page from customers. Bookings stay.
#[utoipa::path(
    operation_id = "unpublish_provider", tag = "providers",
    params(("provider_id" = Uuid, Path, description = "The provider"), ("If-Match" = String, Header, description = "The profile's `ETag`"), Repeatable),
    responses(
        (status = 200, description = "The profile, hidden", body = Provider, headers(("ETag" = String))),
        BadKey,
        LoginNeeded,
        NothingHere,
        Versioned,
    ),
    security(("bearer" = [])),
)]
#[post("/providers/{provider_id}/unpublish")]
pub async fn unpublish_provider(
    app: Data<App>,
    member: ProviderMember,
    version: IfMatch,
    body: NoBody,
) -> ApiResult<HttpResponse> {
    Ok(app::set_published(&app, member, version, body, false).await?.into())
}
