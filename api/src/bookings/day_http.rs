//! Routes of a provider's whole day.

use super::app::day;
use crate::app::App;
use crate::http::calendar::date;
use crate::http::headers::Repeatable;
use crate::http::problems::{BadInput, BadQuery, LoginNeeded, NothingHere};
use crate::http::{ApiResult, Input, Params, ProviderMember};
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use contract::days::{CancelDay, Day, DayChange, DayQuery, MoveDay};
use contract::problem::Problem;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the routes.
pub fn routes(config: &mut ServiceConfig) {
    config.service(get_day).service(cancel_day).service(move_day);
}

/// What of a day can be called off or moved: its bookings that stand and have not begun.
#[utoipa::path(
    operation_id = "get_day", tag = "bookings", security(("bearer" = [])),
    params(
        ("provider_id" = Uuid, Path, description = "The provider"),
        ("date" = String, Path, format = Date, description = "The date in the provider's zone"),
        DayQuery,
    ),
    responses((status = 200, description = "The day", body = Day), BadQuery, LoginNeeded, NothingHere),
)]
#[get("/providers/{provider_id}/days/{date}")]
async fn get_day(
    app: Data<App>,
    member: ProviderMember,
    path: Path<(Uuid, String)>,
    query: Params<DayQuery>,
) -> ApiResult<HttpResponse> {
    let date = date(&path.1)?;
    let mut db = app.db.acquire().await?;
    Ok(HttpResponse::Ok().json(day::preview(&mut db, member.provider_id, date, &query.0).await?))
}

/// Call off what is booked on a day and has not begun; every client is told.
///
/// In one piece: nobody can book in between. With `dry_run` nothing is done, and the answer says what would be.
#[utoipa::path(
    operation_id = "cancel_day", tag = "bookings", request_body = CancelDay, security(("bearer" = [])),
    params(
        ("provider_id" = Uuid, Path, description = "The provider"),
        ("date" = String, Path, format = Date, description = "The date in the provider's zone"),
        Repeatable,
    ),
    responses(
        (status = 200, description = "What was called off", body = DayChange),
        (status = 412, description = "`version_mismatch`: other bookings are meant than those of `seen_ids`", body = Problem, content_type = "application/problem+json"),
        BadInput,
        LoginNeeded,
        NothingHere,
    ),
)]
#[post("/providers/{provider_id}/days/{date}/cancel")]
async fn cancel_day(
    app: Data<App>,
    member: ProviderMember,
    path: Path<(Uuid, String)>,
    input: Input<CancelDay>,
) -> ApiResult<HttpResponse> {
    Ok(day::cancel(&app, member, date(&path.1)?, input).await?.into())
}

/// Move what is booked on a day and has not begun; every client is told.
///
/// To the same times of another date, or by minutes. Everything moves, or nothing does and `does_not_fit` says what stands
/// in the way; with `fitting_only` what fits moves and the rest is told. The hours, time off and what is taken there hold;
/// the grid, the notice and the limits do not. Groups stay together and join no other. With `dry_run` nothing is done, and
/// the answer says what would be.
#[utoipa::path(
    operation_id = "move_day", tag = "bookings", request_body = MoveDay, security(("bearer" = [])),
    params(
        ("provider_id" = Uuid, Path, description = "The provider"),
        ("date" = String, Path, format = Date, description = "The date in the provider's zone"),
        Repeatable,
    ),
    responses(
        (status = 200, description = "What was moved, and what was kept", body = DayChange),
        (status = 412, description = "`version_mismatch`: other bookings are meant than those of `seen_ids`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`does_not_fit`, `slot_taken`", body = Problem, content_type = "application/problem+json"),
        BadInput,
        LoginNeeded,
        NothingHere,
    ),
)]
#[post("/providers/{provider_id}/days/{date}/move")]
async fn move_day(
    app: Data<App>,
    member: ProviderMember,
    path: Path<(Uuid, String)>,
    input: Input<MoveDay>,
) -> ApiResult<HttpResponse> {
    Ok(day::relocate(&app, member, date(&path.1)?, input).await?.into())
}
