//! The routes of the API and the document made from them.

use actix_web::App as ActixApp;
use contract::bookings::{Order, Period};
use contract::problem::Problem;
use contract::providers::ProviderSort;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Contact, Info, License, OpenApi, Server};
use utoipa::{PartialSchema, ToSchema};
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;

const DESCRIPTION: &str = "Book time with providers, and run a provider's services, hours and bookings.

Instants are RFC 3339 with an offset, money is in minor units of an ISO 4217 currency. Lists are read page by page with \
`cursor`. Send `Idempotency-Key` with a write to repeat it safely, and `If-Match` with the `ETag` of what you change. \
Errors are `application/problem+json` with a stable `code`; `errors` points to the fields.";

/// Every route of the API. The same list builds the server and the document.
pub(super) fn api(config: &mut ServiceConfig) {
    // A request is held against one route after the other, so what is asked for most comes first.
    config
        .configure(crate::slots::http::routes)
        .configure(crate::bookings::http::routes)
        .configure(crate::bookings::day_http::routes)
        .configure(crate::providers::http::routes)
        .configure(crate::services::http::routes)
        .configure(crate::checkout::http::routes)
        .configure(crate::coupons::http::routes)
        .configure(crate::payments::http::routes)
        .configure(crate::ledger::http::routes)
        .configure(crate::receipts::http::routes)
        .configure(crate::schedules::http::routes)
        .configure(crate::holidays::routes)
        .configure(crate::accounts::routes)
        .configure(crate::live::http::routes)
        .configure(crate::privacy::http::routes)
        .configure(crate::admin::routes);
}

/// The OpenAPI document of the API, built from its routes without a database.
#[must_use]
pub fn openapi() -> OpenApi {
    let routes = ActixApp::new().into_utoipa_app().service(utoipa_actix_web::scope("/api/v1").configure(api));
    let mut document = routes.split_for_parts().1;
    document.info = Info::new("Appointed", env!("CARGO_PKG_VERSION"));
    document.info.description = Some(DESCRIPTION.to_owned());
    document.info.license = Some(License::new("MIT OR Apache-2.0"));
    document.info.contact = None::<Contact>;
    document.servers = Some(vec![Server::new("/")]);
    let components = document.components.get_or_insert_default();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    let manage_token =
        ApiKeyValue::with_description("X-Manage-Token", "From the manage link of a guest's booking.");
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    components.add_security_scheme("manage_token", SecurityScheme::ApiKey(ApiKey::Header(manage_token)));
    // Error answers and query parameters refer to these without registering them.
    let mut schemas = vec![
        (Problem::name().into_owned(), Problem::schema()),
        (Order::name().into_owned(), Order::schema()),
        (Period::name().into_owned(), Period::schema()),
        (ProviderSort::name().into_owned(), ProviderSort::schema()),
    ];
    Problem::schemas(&mut schemas);
    components.schemas.extend(schemas);
    document
}
