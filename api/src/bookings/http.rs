//! Routes of bookings.

use super::access::Asker;
use super::app::{self, Answer};
use super::store::Owner;
use crate::app::App;
use crate::http::headers::Repeatable;
use crate::http::problems::{BadInput, BadKey, BadQuery, LoginNeeded, NothingHere, Throttled, Versioned};
use crate::http::{
    ApiError, ApiResult, ClientAddress, IfMatch, Input, NoBody, Params, ProviderMember, User, etag, input,
};
use crate::slots::Days;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use contract::accounts::EmailOnly;
use contract::bookings::{Booking, BookingEvents, BookingQuery, CreateBooking, Reason, Reschedule};
use contract::coupons::{PriceQuery, PriceQuote};
use contract::page::Page;
use contract::payments::{CancellationQuote, GiveRefund, ServiceChangeQuery, ServiceChangeQuote, Settle};
use contract::problem::Problem;
use contract::slots::{MoveQuery, SlotList};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the routes.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(create_booking)
        .service(request_manage_links)
        .service(list_my_bookings)
        .service(list_provider_bookings)
        .service(get_booking)
        .service(list_booking_events)
        .service(cancel_booking)
        .service(quote_cancellation)
        .service(quote_service_change)
        .service(quote_price)
        .service(settle_booking)
        .service(refund_booking)
        .service(list_booking_slots)
        .service(reschedule_booking)
        .service(confirm_booking)
        .service(decline_booking)
        .service(complete_booking)
        .service(mark_no_show);
}

fn booking_id(id: &str) -> ApiResult<Uuid> {
    id.parse().map_err(|_| ApiError::not_found())
}

/// Book a slot.
///
/// As a guest (no token), as a customer, or, as a member of the provider, for a client. A guest's answer carries the
/// manage token. When the time was just taken, the problem carries `alternatives`.
#[utoipa::path(
    operation_id = "create_booking", tag = "bookings", request_body = CreateBooking,
    security((), ("bearer" = [])),
    params(Repeatable),
    responses(
        (status = 201, description = "Booked, or requested where approval is needed", body = Booking),
        BadInput,
        LoginNeeded,
        NothingHere,
        (status = 409, description = "`slot_taken`; `payments_off`: it is paid when booking, and the provider takes no payments now; `too_many_holds`: too many bookings wait for payment; `provider_suspended` for its members", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields`, `slot_unavailable`, `idempotency_key_reused`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too_many_requests`: too many bookings of a guest, or too many wrong coupons", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`unavailable`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/bookings")]
async fn create_booking(
    app: Data<App>,
    asker: Asker,
    address: ClientAddress,
    input: Input<CreateBooking>,
) -> ApiResult<HttpResponse> {
    Ok(app::create(&app, &asker, address, input.key.as_ref(), &input.body).await?.into())
}

/// Ask for the manage links of an address's coming bookings by e-mail. The answer never tells whether there are any.
#[utoipa::path(
    operation_id = "request_manage_links", tag = "bookings", request_body = EmailOnly,
    responses(
        (status = 202, description = "If there are any, they are on their way"),
        BadInput,
        Throttled,
    )
)]
#[post("/bookings/manage-links")]
async fn request_manage_links(
    app: Data<App>,
    address: ClientAddress,
    input: Input<EmailOnly>,
) -> ApiResult<HttpResponse> {
    app::request_links(&app, &input.body.email, address).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// The bookings of the logged-in customer, by start.
#[utoipa::path(
    operation_id = "list_my_bookings", tag = "bookings", params(BookingQuery), security(("bearer" = [])),
    responses(
        (status = 200, description = "A page of bookings", body = Page<Booking>),
        BadQuery,
        LoginNeeded,
    )
)]
#[get("/me/bookings")]
async fn list_my_bookings(
    app: Data<App>,
    user: User,
    query: Params<BookingQuery>,
) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(app::list_own(&app, user, &query.0).await?))
}

/// The bookings of a provider, by start.
#[utoipa::path(
    operation_id = "list_provider_bookings", tag = "bookings", security(("bearer" = [])),
    params(("provider_id" = Uuid, Path, description = "The provider"), BookingQuery),
    responses(
        (status = 200, description = "A page of bookings", body = Page<Booking>),
        BadQuery,
        LoginNeeded,
        NothingHere,
    )
)]
#[get("/providers/{provider_id}/bookings")]
async fn list_provider_bookings(
    app: Data<App>,
    member: ProviderMember,
    query: Params<BookingQuery>,
) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(app::list(&app, Owner::Provider(member.provider_id), &query.0).await?))
}

/// A booking, for its customer, the holder of its manage link, or its provider.
#[utoipa::path(
    operation_id = "get_booking", tag = "bookings", security((), ("bearer" = []), ("manage_token" = [])),
    params(("booking_id" = Uuid, Path, description = "The booking")),
    responses(
        (status = 200, description = "The booking", body = Booking, headers(("ETag" = String))),
        LoginNeeded,
        NothingHere,
    )
)]
#[get("/bookings/{booking_id}")]
async fn get_booking(app: Data<App>, asker: Asker, id: Path<String>) -> ApiResult<HttpResponse> {
    let booking = app::read(&app, &asker, booking_id(&id)?).await?;
    Ok(HttpResponse::Ok().insert_header((header::ETAG, etag::tag(booking.version))).json(booking))
}

/// The history of a booking, oldest first.
#[utoipa::path(
    operation_id = "list_booking_events", tag = "bookings", security((), ("bearer" = []), ("manage_token" = [])),
    params(("booking_id" = Uuid, Path, description = "The booking")),
    responses(
        (status = 200, description = "The history", body = BookingEvents),
        LoginNeeded,
        NothingHere,
    )
)]
#[get("/bookings/{booking_id}/events")]
async fn list_booking_events(app: Data<App>, asker: Asker, id: Path<String>) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(app::events(&app, &asker, booking_id(&id)?).await?))
}

/// Call a booking off, before it starts (client) or ends (provider).
#[utoipa::path(
    operation_id = "cancel_booking", tag = "bookings", request_body = Reason, security((), ("bearer" = []), ("manage_token" = [])),
    params(
        ("booking_id" = Uuid, Path, description = "The booking"),
        ("If-Match" = String, Header, description = "The `ETag` of the version meant"),
        Repeatable,
    ),
    responses(
        (status = 200, description = "The booking as it now stands", body = Booking, headers(("ETag" = String))),
        BadInput,
        LoginNeeded,
        NothingHere,
        Versioned,
        (status = 409, description = "`invalid_transition`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/bookings/{booking_id}/cancel")]
async fn cancel_booking(
    app: Data<App>,
    asker: Asker,
    id: Path<String>,
    version: IfMatch,
    input: Input<Reason>,
) -> ApiResult<HttpResponse> {
    Ok(app::cancel(&app, &asker, input.key.as_ref(), booking_id(&id)?, version, &input.body.reason)
        .await?
        .into())
}

/// What a cancellation by the asker brings back now, and how that changes as the start comes nearer. Cancelling refunds by
/// the same function.
#[utoipa::path(
    operation_id = "quote_cancellation", tag = "bookings", security((), ("bearer" = []), ("manage_token" = [])),
    params(("booking_id" = Uuid, Path, description = "The booking")),
    responses(
        (status = 200, description = "What comes back", body = CancellationQuote),
        (status = 401, description = "`unauthenticated`: the token is bad", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`invalid_transition`: it cannot be cancelled", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/bookings/{booking_id}/cancellation-quote")]
async fn quote_cancellation(app: Data<App>, asker: Asker, id: Path<String>) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(app::quote(&app, &asker, booking_id(&id)?).await?))
}

/// What the booking would cost as one of another service of the same provider, what would go back of what was paid, and what would
/// be left to pay. Changing it (`service_id` of `reschedule`) does the same by the same function.
#[utoipa::path(
    operation_id = "quote_service_change", tag = "bookings", security((), ("bearer" = []), ("manage_token" = [])),
    params(("booking_id" = Uuid, Path, description = "The booking"), ServiceChangeQuery),
    responses(
        (status = 200, description = "What it would cost", body = ServiceChangeQuote),
        (status = 409, description = "`invalid_transition`: it cannot be moved, or its payment is under way", body = Problem, content_type = "application/problem+json"),
        BadQuery,
        LoginNeeded,
        NothingHere,
    )
)]
#[get("/bookings/{booking_id}/service-change-quote")]
async fn quote_service_change(
    app: Data<App>,
    asker: Asker,
    id: Path<String>,
    query: Params<ServiceChangeQuery>,
) -> ApiResult<HttpResponse> {
    let quote = app::quote_service_change(&app, &asker, booking_id(&id)?, query.0.service_id).await?;
    Ok(HttpResponse::Ok().json(quote))
}

/// What a booking of a service costs, with or without a coupon, and what of it is paid when booking. Booking works it out by
/// the same function.
#[utoipa::path(
    operation_id = "quote_price", tag = "bookings", security((), ("bearer" = [])),
    params(("service_id" = Uuid, Path, description = "The service"), PriceQuery),
    responses(
        (status = 200, description = "What it costs", body = PriceQuote),
        (status = 400, description = "`malformed_query`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`unauthenticated`: the token is bad", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields`: the coupon is no good", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too_many_requests`: too many coupons were tried", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/services/{service_id}/price")]
async fn quote_price(
    app: Data<App>,
    asker: Asker,
    address: ClientAddress,
    id: Path<String>,
    query: Params<PriceQuery>,
) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(app::quote_price(&app, &asker, address, booking_id(&id)?, &query.0).await?))
}

/// Note that the rest of a booking was paid at the provider's, or take the note back. Provider only.
#[utoipa::path(
    operation_id = "settle_booking", tag = "bookings", request_body = Settle, security(("bearer" = [])),
    params(
        ("booking_id" = Uuid, Path, description = "The booking"),
        ("If-Match" = String, Header, description = "The `ETag` of the version meant"),
        Repeatable,
    ),
    responses(
        (status = 200, description = "The booking as it now stands", body = Booking, headers(("ETag" = String))),
        (status = 400, description = "`malformed_body`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`unauthenticated`: the token is bad", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`invalid_transition`: nothing is left to pay there", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "`version_mismatch`", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`body_too_large`", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields`, `idempotency_key_reused`", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`precondition_required`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/bookings/{booking_id}/settle")]
async fn settle_booking(
    app: Data<App>,
    user: User,
    id: Path<String>,
    version: IfMatch,
    input: Input<Settle>,
) -> ApiResult<HttpResponse> {
    Ok(app::settle(&app, &user.into(), input.key.as_ref(), booking_id(&id)?, version, input.body.settled)
        .await?
        .into())
}

/// Give money of a booking back by hand: more than its policy does, or once more what did not arrive. Never more than was
/// paid and kept. The client is told. Provider only.
#[utoipa::path(
    operation_id = "refund_booking", tag = "bookings", request_body = GiveRefund, security(("bearer" = [])),
    params(
        ("booking_id" = Uuid, Path, description = "The booking"),
        ("If-Match" = String, Header, description = "The `ETag` of the version meant"),
        Repeatable,
    ),
    responses(
        (status = 200, description = "The booking as it now stands", body = Booking, headers(("ETag" = String))),
        (status = 409, description = "`payments_off`: no payment processor is set up", body = Problem, content_type = "application/problem+json"),
        BadInput,
        LoginNeeded,
        NothingHere,
        Versioned,
    )
)]
#[post("/bookings/{booking_id}/refunds")]
async fn refund_booking(
    app: Data<App>,
    user: User,
    id: Path<String>,
    version: IfMatch,
    input: Input<GiveRefund>,
) -> ApiResult<HttpResponse> {
    let id = booking_id(&id)?;
    Ok(app::refund(&app, &user.into(), input.key.as_ref(), id, version, &input.body).await?.into())
}

/// The times that the asker can move a booking to, grouped by local day. Its own time stands in nobody's way, and its length
/// and seats stay; as one of another service, `service_id`, it takes that one's length.
///
/// Every listed time can be had. Send the `ETag` back as `If-None-Match` to poll cheaply.
#[utoipa::path(
    operation_id = "list_booking_slots", tag = "slots", security((), ("bearer" = []), ("manage_token" = [])),
    params(("booking_id" = Uuid, Path, description = "The booking"), MoveQuery),
    responses(
        (status = 200, description = "The free times", body = SlotList, headers(("ETag" = String))),
        (status = 304, description = "Nothing has changed since the `ETag`"),
        BadQuery,
        LoginNeeded,
        NothingHere,
        (status = 409, description = "`invalid_transition`: it cannot be moved", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/bookings/{booking_id}/slots")]
async fn list_booking_slots(
    app: Data<App>,
    request: HttpRequest,
    asker: Asker,
    id: Path<String>,
) -> ApiResult<HttpResponse> {
    let id = booking_id(&id)?;
    let query: MoveQuery = input::query(request.query_string())?;
    let days = Days::wanted(query.from, query.to, query.time_zone.as_deref())?;
    Ok(app::other_times(&app, &asker, id, query.service_id, &days).await?.answer(&request))
}

/// Move a booking to another free time. Its own time does not stand in its way.
///
/// With `end_at`, the provider makes it longer or shorter, where it stands or at another time.
#[utoipa::path(
    operation_id = "reschedule_booking", tag = "bookings", request_body = Reschedule, security((), ("bearer" = []), ("manage_token" = [])),
    params(
        ("booking_id" = Uuid, Path, description = "The booking"),
        ("If-Match" = String, Header, description = "The `ETag` of the version meant"),
        Repeatable,
    ),
    responses(
        (status = 200, description = "The booking as it now stands", body = Booking, headers(("ETag" = String))),
        BadInput,
        LoginNeeded,
        NothingHere,
        Versioned,
        (status = 409, description = "`invalid_transition`, `slot_taken`, `shared_appointment`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields`, `slot_unavailable`, `idempotency_key_reused`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too_many_requests`: manage links only", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/bookings/{booking_id}/reschedule")]
async fn reschedule_booking(
    app: Data<App>,
    asker: Asker,
    id: Path<String>,
    version: IfMatch,
    input: Input<Reschedule>,
) -> ApiResult<HttpResponse> {
    Ok(app::reschedule(&app, &asker, input.key.as_ref(), booking_id(&id)?, version, &input.body)
        .await?
        .into())
}

/// Say yes to a request. Provider only.
#[utoipa::path(
    operation_id = "confirm_booking", tag = "bookings", security(("bearer" = [])),
    params(
        ("booking_id" = Uuid, Path, description = "The booking"),
        ("If-Match" = String, Header, description = "The `ETag` of the version meant"),
        Repeatable,
    ),
    responses(
        (status = 200, description = "The booking as it now stands", body = Booking, headers(("ETag" = String))),
        BadKey,
        LoginNeeded,
        NothingHere,
        Versioned,
        (status = 409, description = "`invalid_transition`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/bookings/{booking_id}/confirm")]
async fn confirm_booking(
    app: Data<App>,
    user: User,
    id: Path<String>,
    version: IfMatch,
    input: NoBody,
) -> ApiResult<HttpResponse> {
    Ok(app::answer(&app, &user.into(), input.key.as_ref(), booking_id(&id)?, version, Answer::Confirm)
        .await?
        .into())
}

/// Turn a request down. Provider only.
#[utoipa::path(
    operation_id = "decline_booking", tag = "bookings", request_body = Reason, security(("bearer" = [])),
    params(
        ("booking_id" = Uuid, Path, description = "The booking"),
        ("If-Match" = String, Header, description = "The `ETag` of the version meant"),
        Repeatable,
    ),
    responses(
        (status = 200, description = "The booking as it now stands", body = Booking, headers(("ETag" = String))),
        BadInput,
        LoginNeeded,
        NothingHere,
        Versioned,
        (status = 409, description = "`invalid_transition`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/bookings/{booking_id}/decline")]
async fn decline_booking(
    app: Data<App>,
    user: User,
    id: Path<String>,
    version: IfMatch,
    input: Input<Reason>,
) -> ApiResult<HttpResponse> {
    Ok(app::decline(&app, &user.into(), input.key.as_ref(), booking_id(&id)?, version, &input.body.reason)
        .await?
        .into())
}

/// Note that a booking took place; it happens by itself at the end. Provider only.
#[utoipa::path(
    operation_id = "complete_booking", tag = "bookings", security(("bearer" = [])),
    params(
        ("booking_id" = Uuid, Path, description = "The booking"),
        ("If-Match" = String, Header, description = "The `ETag` of the version meant"),
        Repeatable,
    ),
    responses(
        (status = 200, description = "The booking as it now stands", body = Booking, headers(("ETag" = String))),
        BadKey,
        LoginNeeded,
        NothingHere,
        Versioned,
        (status = 409, description = "`invalid_transition`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/bookings/{booking_id}/complete")]
async fn complete_booking(
    app: Data<App>,
    user: User,
    id: Path<String>,
    version: IfMatch,
    input: NoBody,
) -> ApiResult<HttpResponse> {
    Ok(app::answer(&app, &user.into(), input.key.as_ref(), booking_id(&id)?, version, Answer::Complete)
        .await?
        .into())
}

/// Note that the client did not come, until seven days after the end. Provider only.
#[utoipa::path(
    operation_id = "mark_no_show", tag = "bookings", security(("bearer" = [])),
    params(
        ("booking_id" = Uuid, Path, description = "The booking"),
        ("If-Match" = String, Header, description = "The `ETag` of the version meant"),
        Repeatable,
    ),
    responses(
        (status = 200, description = "The booking as it now stands", body = Booking, headers(("ETag" = String))),
        BadKey,
        LoginNeeded,
        NothingHere,
        Versioned,
        (status = 409, description = "`invalid_transition`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/bookings/{booking_id}/no-show")]
async fn mark_no_show(
    app: Data<App>,
    user: User,
    id: Path<String>,
    version: IfMatch,
    input: NoBody,
) -> ApiResult<HttpResponse> {
    Ok(app::answer(&app, &user.into(), input.key.as_ref(), booking_id(&id)?, version, Answer::NoShow)
        .await?
        .into())
}
