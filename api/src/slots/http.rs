//! Routes of free times.

use super::app;
use super::free::Days;
use crate::app::App;
use crate::http::calendar::within_calendar;
use crate::http::problems::{BadQuery, LoginNeeded, NothingHere};
use crate::http::{ApiError, ApiResult, Visitor, input};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use contract::slots::{ExplainQuery, Explanation, SlotList, SlotQuery};
use domain::range::Range;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the routes.
pub fn routes(config: &mut ServiceConfig) {
    config.service(list_slots).service(explain_slot);
}

/// The free times of a service, grouped by the customer's local day.
///
/// Every listed time can be booked, with `for_client` by the provider for a client. Send the `ETag` back as `If-None-Match` to poll cheaply.
#[utoipa::path(
    operation_id = "list_slots", tag = "slots", security((), ("bearer" = [])),
    params(("service_id" = Uuid, Path, description = "The service"), SlotQuery),
    responses(
        (status = 200, description = "The free times", body = SlotList, headers(("ETag" = String))),
        (status = 304, description = "Nothing has changed since the `ETag`"),
        BadQuery,
        LoginNeeded,
        NothingHere,
    )
)]
#[get("/services/{service_id}/slots")]
async fn list_slots(
    app: Data<App>,
    request: HttpRequest,
    visitor: Visitor,
    id: Path<String>,
) -> ApiResult<HttpResponse> {
    let service_id: Uuid = id.parse().map_err(|_| ApiError::not_found())?;
    let query: SlotQuery = input::query(request.query_string())?;
    let days = Days::wanted(query.from, query.to, query.time_zone.as_deref())?;
    let party = query.party_size.unwrap_or(1);
    let whom = if query.for_client == Some(true) { app::For::Client } else { app::For::Oneself };
    let mut db = app.db.acquire().await?;
    Ok(app::list(&mut db, visitor.0, app.payments.as_ref(), service_id, &days, party, whom)
        .await?
        .answer(&request))
}

/// Why a time is or is not offered.
#[utoipa::path(
    operation_id = "explain_slot", tag = "slots", security((), ("bearer" = [])),
    params(("service_id" = Uuid, Path, description = "The service"), ExplainQuery),
    responses(
        (status = 200, description = "The answer", body = Explanation),
        BadQuery,
        LoginNeeded,
        NothingHere,
    )
)]
#[get("/services/{service_id}/slots/explain")]
async fn explain_slot(
    app: Data<App>,
    request: HttpRequest,
    visitor: Visitor,
    id: Path<String>,
) -> ApiResult<HttpResponse> {
    let service_id: Uuid = id.parse().map_err(|_| ApiError::not_found())?;
    let query: ExplainQuery = input::query(request.query_string())?;
    let party = query.party_size.unwrap_or(1);
    let at = crate::db::seconds(query.at);
    within_calendar(query.at.year(), "?at")?;
    if query.at.nanosecond() != 0 {
        return Err(ApiError::field("?at", "whole_seconds", "Times are whole seconds."));
    }
    let mut db = app.db.acquire().await?;
    let offer = app::offer(&mut db, visitor.0, service_id, Range::new(at, at.saturating_add(1))).await?;
    Ok(HttpResponse::Ok().json(app::explain(&offer, app.payments.as_ref(), at, party)))
}
