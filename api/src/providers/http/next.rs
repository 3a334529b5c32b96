//! When a provider is free next. The times are those of `slots`; who may see the provider is decided here.

use crate::app::App;
use crate::http::calendar::zone;
use crate::http::problems::{BadQuery, LoginNeeded, NothingHere};
use crate::http::{ApiResult, Params, Visitor, etag};
use crate::providers::app;
use crate::slots;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use contract::slots::{NextSlots, NextSlotsQuery};

/// The next free times of everything a provider offers, in one request.
#[utoipa::path(
    operation_id = "list_next_slots", tag = "slots",
    params(("provider_id" = String, Path, description = "Id or slug of the provider"), NextSlotsQuery),
    responses(
        (status = 200, description = "The free times by service", body = NextSlots, headers(("ETag" = String))),
        (status = 304, description = "Nothing has changed since the `ETag`"),
        BadQuery,
        LoginNeeded,
        NothingHere,
    ),
    security((), ("bearer" = [])),
)]
#[get("/providers/{provider_id}/next-slots")]
pub async fn list_next_slots(
    app: Data<App>,
    request: HttpRequest,
    visitor: Visitor,
    provider: Path<String>,
    query: Params<NextSlotsQuery>,
) -> ApiResult<HttpResponse> {
    let zone = query.0.time_zone.as_deref().map(|name| zone(name, "?time_zone")).transpose()?;
    let count = query.0.count.unwrap_or(1) as usize;
    let mut db = app.db.acquire().await?;
    let provider = app::visible(&mut db, &provider, visitor.0).await?.profile.id;
    let slots =
        slots::next_of_provider(&mut db, app.payments.as_ref(), provider, count, zone.as_ref()).await?;
    etag::answer_content(&request, &slots)
}
