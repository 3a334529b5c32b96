//! Routes of payments.

use super::{events, open};
use crate::app::App;
use crate::bookings::{self, Asker};
use crate::db;
use crate::http::input::require_json;
use crate::http::problems::{BadInput, NothingHere, Throttled};
use crate::http::{ApiError, ApiResult, Input};
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse, post};
use contract::bookings::Booking;
use contract::payments::{OpenPayment, PendingPayment};
use contract::problem::{Code, Problem};
use integrations::payments::BadEvent;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the routes.
pub fn routes(config: &mut ServiceConfig) {
    config.service(open_payment).service(refresh_payment).service(receive_stripe_event);
}

fn booking_id(id: &str) -> ApiResult<Uuid> {
    id.parse().map_err(|_| ApiError::not_found())
}

/// Open the payment of a booking that waits for it, or of what is left to pay for one that stands, as long as its
/// `money.rest_online_minor` is more than 0. Asking again leads to the same payment, from any device.
#[utoipa::path(
    operation_id = "open_payment", tag = "payments", request_body = OpenPayment,
    security((), ("bearer" = []), ("manage_token" = [])),
    params(("booking_id" = Uuid, Path, description = "The booking")),
    responses(
        (status = 200, description = "Where and how to pay", body = PendingPayment),
        (status = 401, description = "`unauthenticated`: the token is bad", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`invalid_transition`: nothing can be paid for it online now, too little time is left to change the way of paying, or paying was begun in another way in the same moment; `payments_off`", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`unavailable`: the payment processor cannot be reached", body = Problem, content_type = "application/problem+json"),
        BadInput,
        Throttled,
        NothingHere,
    )
)]
#[post("/bookings/{booking_id}/payment")]
async fn open_payment(
    app: Data<App>,
    asker: Asker,
    id: Path<String>,
    input: Input<OpenPayment>,
) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(open::open(&app, &asker, booking_id(&id)?, input.body).await?))
}

/// Look whether a booking has been paid, without waiting for the payment processor to tell: what a client does that comes
/// back from paying.
#[utoipa::path(
    operation_id = "refresh_payment", tag = "payments",
    security((), ("bearer" = []), ("manage_token" = [])),
    params(("booking_id" = Uuid, Path, description = "The booking")),
    responses(
        (status = 200, description = "The booking as it now stands", body = Booking, headers(("ETag" = String))),
        (status = 401, description = "`unauthenticated`: the token is bad", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`unavailable`: the payment processor cannot be reached", body = Problem, content_type = "application/problem+json"),
        NothingHere,
    )
)]
#[post("/bookings/{booking_id}/payment/refresh")]
async fn refresh_payment(app: Data<App>, asker: Asker, id: Path<String>) -> ApiResult<HttpResponse> {
    let id = booking_id(&id)?;
    open::refresh(&app, &asker, id).await?;
    let booking = bookings::read(&app, &asker, id).await?;
    Ok(HttpResponse::Ok().insert_header(("etag", crate::http::etag::tag(booking.version))).json(booking))
}

/// What the sender of an event is told that is not believed. Of its time nobody hears who cannot sign it.
const fn told(bad: BadEvent) -> &'static str {
    match bad {
        BadEvent::Header => "The signature header cannot be read.",
        BadEvent::Signature => "The signature does not match.",
        BadEvent::Time => "The signature matches, but its time is too far from now.",
        BadEvent::Body => "The signature matches, but the body is no event.",
    }
}

/// What Stripe tells by itself. The body must carry Stripe's signature over its raw bytes.
#[utoipa::path(
    operation_id = "receive_stripe_event", tag = "payments",
    params(("Stripe-Signature" = String, Header, description = "Made by Stripe with the endpoint's secret")),
    request_body(content = serde_json::Value, description = "An event of Stripe's"),
    responses(
        (status = 200, description = "Stored, or known already"),
        (status = 400, description = "`bad_request`: the signature does not match, or was not made within five minutes of now; or the body is no event", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: payments are not set up", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`body_too_large`", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`: it is no JSON", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/webhooks/stripe")]
async fn receive_stripe_event(app: Data<App>, request: HttpRequest, body: Bytes) -> ApiResult<HttpResponse> {
    require_json(&request)?;
    let payments = app.payments.as_ref().ok_or_else(ApiError::not_found)?;
    let signature = request.headers().get("stripe-signature").and_then(|value| value.to_str().ok());
    let now = db::real_now(&mut *app.db.acquire().await?).await?;
    let event = payments.processor.event(&body, signature.unwrap_or_default(), now).map_err(|bad| {
        tracing::warn!(%bad, "an event for the webhook was not believed");
        ApiError::new(Code::BadRequest).detail(told(bad))
    })?;
    events::receive(&app, &event).await?;
    Ok(HttpResponse::Ok().finish())
}
