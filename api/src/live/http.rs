//! Routes of live updates.

use super::stream::{self, Listener};
use crate::app::App;
use crate::http::actor;
use crate::http::problems::{LoginNeeded, NothingHere};
use crate::http::{ApiError, ApiResult, ClientAddress, ProviderMember, Visitor};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use contract::problem::Problem;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the routes.
pub fn routes(config: &mut ServiceConfig) {
    config.service(watch_slots).service(watch_provider);
}

/// Tells when the free times of a service may have changed, as server-sent events.
///
/// `changed` has no data: list the free times again. `ready` opens the stream. `reset` says that events were missed.
/// The stream resumes after `Last-Event-ID`.
#[utoipa::path(
    operation_id = "watch_slots", tag = "slots", security((), ("bearer" = [])),
    params(
        ("service_id" = Uuid, Path, description = "The service"),
        ("Last-Event-ID" = Option<String>, Header, description = "The last `id` that was read, to be told what was missed"),
    ),
    responses(
        (status = 200, description = "The stream; it stays open", body = String, content_type = "text/event-stream"),
        (status = 401, description = "`unauthenticated`: the token is bad", body = Problem, content_type = "application/problem+json"),
        NothingHere,
        (status = 429, description = "Too many streams are open", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/services/{service_id}/slots/events")]
async fn watch_slots(
    app: Data<App>,
    request: HttpRequest,
    visitor: Visitor,
    from: ClientAddress,
    id: Path<String>,
) -> ApiResult<HttpResponse> {
    let service_id: Uuid = id.parse().map_err(|_| ApiError::not_found())?;
    let provider_id = {
        let mut db = app.db.acquire().await?;
        crate::slots::provider_seen_by(&mut db, visitor.0, service_id).await?
    };
    let lifetime = actor::lifetime(&request);
    stream::open(&app, &request, from, provider_id, Listener::Public, lifetime).await
}

/// Tells what changes for a provider, as server-sent events: which bookings, services, hours, by id and kind.
///
/// `changed` carries `{"changes": [{"kind": "booking", "id": "…"}]}`. `ready` opens the stream. `reset` says that events
/// were missed: read everything again. The stream resumes after `Last-Event-ID`, and ends with the access token: come
/// back with a new one.
#[utoipa::path(
    operation_id = "watch_provider", tag = "providers",
    security(("bearer" = [])),
    params(
        ("provider_id" = Uuid, Path, description = "The provider"),
        ("Last-Event-ID" = Option<String>, Header, description = "The last `id` that was read, to be told what was missed"),
    ),
    responses(
        (status = 200, description = "The stream; it stays open", body = String, content_type = "text/event-stream"),
        LoginNeeded,
        NothingHere,
        (status = 429, description = "Too many streams are open", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/providers/{provider_id}/events")]
async fn watch_provider(
    app: Data<App>,
    request: HttpRequest,
    member: ProviderMember,
    from: ClientAddress,
) -> ApiResult<HttpResponse> {
    let lifetime = actor::lifetime(&request);
    stream::open(&app, &request, from, member.provider_id, Listener::Member(member.user), lifetime).await
}
