//! Routes of services.

use super::app;
use crate::app::App;
use crate::http::headers::Repeatable;
use crate::http::problems::{BadInput, LoginNeeded, NothingHere, Versioned};
use crate::http::{ApiResult, IfMatch, Input, ProviderMember, User, Visitor, etag};
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, patch, post, put};
use contract::services::{CreateService, OrderServices, PatchService, Service, Services};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the routes.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list_provider_services)
        .service(order_services)
        .service(create_service)
        .service(get_service)
        .service(update_service);
}

/// What a provider offers. Its members see archived services too.
#[utoipa::path(
    operation_id = "list_provider_services", tag = "services",
    params(("provider_id" = String, Path, description = "Id or slug of the provider")),
    responses(
        (status = 200, description = "The services, in the provider's order; to its members the `ETag` is the list's version", body = Services, headers(("ETag" = String))),
        (status = 304, description = "Nothing has changed since the `ETag`"),
        LoginNeeded,
        NothingHere,
    ),
    security((), ("bearer" = [])),
)]
#[get("/providers/{provider_id}/services")]
async fn list_provider_services(
    app: Data<App>,
    request: HttpRequest,
    visitor: Visitor,
    provider: Path<String>,
) -> ApiResult<HttpResponse> {
    let mut db = app.db.acquire().await?;
    let (services, is_member) = app::list(&app, &mut db, &provider, visitor.0).await?;
    // The version counts changes of archived services too, which visitors do not see.
    if is_member {
        return Ok(etag::answer(&request, services.version, &services));
    }
    etag::answer_content(&request, &services)
}

/// Put the services in order. The public page and every list follow it.
#[utoipa::path(
    operation_id = "order_services", tag = "services",
    params(
        ("provider_id" = Uuid, Path, description = "The provider"),
        ("If-Match" = String, Header, description = "The list's `version`, in quotes"),
        Repeatable,
    ),
    request_body = OrderServices,
    responses(
        (status = 200, description = "All services, as they now stand", body = Services, headers(("ETag" = String))),
        BadInput,
        LoginNeeded,
        NothingHere,
        Versioned,
    ),
    security(("bearer" = [])),
)]
#[put("/providers/{provider_id}/services/order")]
async fn order_services(
    app: Data<App>,
    member: ProviderMember,
    version: IfMatch,
    input: Input<OrderServices>,
) -> ApiResult<HttpResponse> {
    Ok(app::order(&app, member, version, input).await?.into())
}

/// A service. One that is not offered is there for the provider's members only.
#[utoipa::path(
    operation_id = "get_service", tag = "services",
    params(("service_id" = Uuid, Path, description = "The service")),
    responses(
        (status = 200, description = "The service", body = Service, headers(("ETag" = String))),
        LoginNeeded,
        NothingHere,
    ),
    security((), ("bearer" = [])),
)]
#[get("/services/{service_id}")]
async fn get_service(app: Data<App>, visitor: Visitor, id: Path<Uuid>) -> ApiResult<HttpResponse> {
    let mut db = app.db.acquire().await?;
    let service = app::find(&app, &mut db, *id, visitor.0).await?;
    Ok(HttpResponse::Ok().insert_header((header::ETAG, etag::tag(service.version))).json(service))
}

/// Offer a service.
#[utoipa::path(
    operation_id = "create_service", tag = "services",
    params(("provider_id" = Uuid, Path, description = "The provider"), Repeatable),
    request_body = CreateService,
    responses(
        (status = 201, description = "The new service, last in the list", body = Service, headers(("ETag" = String), ("Location" = String))),
        BadInput,
        LoginNeeded,
        NothingHere,
    ),
    security(("bearer" = [])),
)]
#[post("/providers/{provider_id}/services")]
async fn create_service(
    app: Data<App>,
    member: ProviderMember,
    input: Input<CreateService>,
) -> ApiResult<HttpResponse> {
    Ok(app::create(&app, member, input).await?.into())
}

/// Change a service, archive it or offer it again. Its bookings keep what they were made with.
#[utoipa::path(
    operation_id = "update_service", tag = "services",
    params(("service_id" = Uuid, Path, description = "The service"), ("If-Match" = String, Header, description = "The service's `ETag`"), Repeatable),
    request_body = PatchService,
    responses(
        (status = 200, description = "The service as it now is", body = Service, headers(("ETag" = String))),
        BadInput,
        LoginNeeded,
        NothingHere,
        Versioned,
    ),
    security(("bearer" = [])),
)]
#[patch("/services/{service_id}")]
async fn update_service(
    app: Data<App>,
    user: User,
    id: Path<Uuid>,
    version: IfMatch,
    input: Input<PatchService>,
) -> ApiResult<HttpResponse> {
    Ok(app::update(&app, user, *id, version, input).await?.into())
}
