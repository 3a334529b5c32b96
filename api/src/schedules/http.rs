//! Routes of schedules.

use super::app;
use crate::app::App;
use crate::http::calendar::{date, within_calendar};
use crate::http::headers::Repeatable;
use crate::http::problems::{BadInput, BadKey, BadQuery, LoginNeeded, NothingHere, Versioned};
use crate::http::{ApiResult, IfMatch, Input, NoBody, ProviderMember, Visitor, etag, input};
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, post, put};
use contract::schedules::{
    CreateTimeOff, PutException, PutExceptions, PutWeeklyHours, Schedule, ScheduleChange, ScheduleQuery,
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the routes.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(get_schedule)
        .service(replace_weekly_hours)
        .service(replace_schedule_exceptions)
        .service(replace_schedule_exception)
        .service(delete_schedule_exception)
        .service(create_time_off)
        .service(delete_time_off);
}

/// When a provider works. Only its members see notes and time off; for others the `ETag` is that of the content.
#[utoipa::path(
    operation_id = "get_schedule", tag = "schedules",
    params(("provider_id" = String, Path, description = "Id or slug of the provider"), ScheduleQuery),
    responses(
        (status = 200, description = "The schedule", body = Schedule, headers(("ETag" = String))),
        (status = 304, description = "Nothing has changed since the `ETag`"),
        BadQuery,
        LoginNeeded,
        NothingHere,
    ),
    security((), ("bearer" = [])),
)]
#[get("/providers/{provider_id}/schedule")]
async fn get_schedule(
    app: Data<App>,
    request: HttpRequest,
    visitor: Visitor,
    provider: Path<String>,
) -> ApiResult<HttpResponse> {
    let ScheduleQuery { since } = input::query(request.query_string())?;
    since.map_or(Ok(()), |since| within_calendar(since.year(), "?since"))?;
    let mut db = app.db.acquire().await?;
    let (schedule, is_member) = app::find(&mut db, &provider, visitor.0, since).await?;
    if !is_member {
        return etag::answer_content(&request, &schedule);
    }
    Ok(HttpResponse::Ok().insert_header((header::ETAG, etag::tag(schedule.version))).json(schedule))
}

/// Replace the weekly hours. Windows of one day that overlap or touch are joined.
#[utoipa::path(
    operation_id = "replace_weekly_hours", tag = "schedules",
    params(("provider_id" = Uuid, Path, description = "The provider"), ("If-Match" = String, Header, description = "The schedule's `ETag`"), Repeatable),
    request_body = PutWeeklyHours,
    responses(
        (status = 200, description = "The new schedule, and the bookings it strands", body = ScheduleChange, headers(("ETag" = String))),
        BadInput,
        LoginNeeded,
        NothingHere,
        Versioned,
    ),
    security(("bearer" = [])),
)]
#[put("/providers/{provider_id}/schedule/weekly")]
async fn replace_weekly_hours(
    app: Data<App>,
    member: ProviderMember,
    version: IfMatch,
    input: Input<PutWeeklyHours>,
) -> ApiResult<HttpResponse> {
    Ok(app::put_weekly(&app, member, version, input).await?.into())
}

/// Set the hours of several dates, for instance close on holidays: all of them or none. Other dates stay as they are.
#[utoipa::path(
    operation_id = "replace_schedule_exceptions", tag = "schedules",
    params(("provider_id" = Uuid, Path, description = "The provider"), ("If-Match" = String, Header, description = "The schedule's `ETag`"), Repeatable),
    request_body = PutExceptions,
    responses(
        (status = 200, description = "The new schedule, and the bookings it strands", body = ScheduleChange, headers(("ETag" = String))),
        BadInput,
        LoginNeeded,
        NothingHere,
        Versioned,
    ),
    security(("bearer" = [])),
)]
#[put("/providers/{provider_id}/schedule/exceptions")]
async fn replace_schedule_exceptions(
    app: Data<App>,
    member: ProviderMember,
    version: IfMatch,
    input: Input<PutExceptions>,
) -> ApiResult<HttpResponse> {
    Ok(app::put_exceptions(&app, member, version, input).await?.into())
}

/// Set the hours of one date, from yesterday to five years ahead. They replace the week's.
#[utoipa::path(
    operation_id = "replace_schedule_exception", tag = "schedules",
    params(
        ("provider_id" = Uuid, Path, description = "The provider"),
        ("date" = String, Path, format = Date, description = "The date in the provider's zone"),
        ("If-Match" = String, Header, description = "The schedule's `ETag`"),
        Repeatable,
    ),
    request_body = PutException,
    responses(
        (status = 200, description = "The new schedule, and the bookings it strands", body = ScheduleChange, headers(("ETag" = String))),
        BadInput,
        LoginNeeded,
        NothingHere,
        Versioned,
    ),
    security(("bearer" = [])),
)]
#[put("/providers/{provider_id}/schedule/exceptions/{date}")]
async fn replace_schedule_exception(
    app: Data<App>,
    member: ProviderMember,
    path: Path<(Uuid, String)>,
    version: IfMatch,
    input: Input<PutException>,
) -> ApiResult<HttpResponse> {
    Ok(app::put_exception(&app, member, date(&path.1)?, version, input).await?.into())
}

/// Let the weekly hours hold on a date again.
#[utoipa::path(
    operation_id = "delete_schedule_exception", tag = "schedules",
    params(
        ("provider_id" = Uuid, Path, description = "The provider"),
        ("date" = String, Path, format = Date, description = "The date in the provider's zone"),
        ("If-Match" = String, Header, description = "The schedule's `ETag`"),
        Repeatable,
    ),
    responses(
        (status = 200, description = "The new schedule, and the bookings it strands", body = ScheduleChange, headers(("ETag" = String))),
        BadKey,
        LoginNeeded,
        NothingHere,
        Versioned,
    ),
    security(("bearer" = [])),
)]
#[delete("/providers/{provider_id}/schedule/exceptions/{date}")]
async fn delete_schedule_exception(
    app: Data<App>,
    member: ProviderMember,
    path: Path<(Uuid, String)>,
    version: IfMatch,
    body: NoBody,
) -> ApiResult<HttpResponse> {
    Ok(app::delete_exception(&app, member, date(&path.1)?, version, body).await?.into())
}

/// Take time off.
#[utoipa::path(
    operation_id = "create_time_off", tag = "schedules",
    params(("provider_id" = Uuid, Path, description = "The provider"), ("If-Match" = String, Header, description = "The schedule's `ETag`"), Repeatable),
    request_body = CreateTimeOff,
    responses(
        (status = 200, description = "The new schedule, and the bookings it strands", body = ScheduleChange, headers(("ETag" = String))),
        BadInput,
        LoginNeeded,
        NothingHere,
        Versioned,
    ),
    security(("bearer" = [])),
)]
#[post("/providers/{provider_id}/time-off")]
async fn create_time_off(
    app: Data<App>,
    member: ProviderMember,
    version: IfMatch,
    input: Input<CreateTimeOff>,
) -> ApiResult<HttpResponse> {
    Ok(app::create_time_off(&app, member, version, input).await?.into())
}

/// Take time off back.
#[utoipa::path(
    operation_id = "delete_time_off", tag = "schedules",
    params(
        ("provider_id" = Uuid, Path, description = "The provider"),
        ("time_off_id" = Uuid, Path, description = "The time off"),
        ("If-Match" = String, Header, description = "The schedule's `ETag`"),
        Repeatable,
    ),
    responses(
        (status = 200, description = "The new schedule, and the bookings it strands", body = ScheduleChange, headers(("ETag" = String))),
        BadKey,
        LoginNeeded,
        NothingHere,
        Versioned,
    ),
    security(("bearer" = [])),
)]
#[delete("/providers/{provider_id}/time-off/{time_off_id}")]
async fn delete_time_off(
    app: Data<App>,
    member: ProviderMember,
    path: Path<(Uuid, Uuid)>,
    version: IfMatch,
    body: NoBody,
) -> ApiResult<HttpResponse> {
    Ok(app::delete_time_off(&app, member, path.1, version, body).await?.into())
}
