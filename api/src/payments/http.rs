//! Routes of providers' accounts for payments, and of what went from there to their banks.

use super::{onboarding, payouts};
use crate::app::App;
use crate::http::problems::{BadInput, BadQuery, LoginNeeded, NothingHere, Throttled};
use crate::http::{ApiResult, Input, Params, ProviderOwner};
use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};
use contract::page::{Page, PageQuery};
use contract::payouts::{OnboardingLink, PaymentSetup, Payout, StartOnboarding};
use contract::problem::Problem;
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the routes.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(get_payment_setup)
        .service(start_onboarding)
        .service(refresh_payment_setup)
        .service(list_payouts);
}

/// Whether a provider can take prepayments, and what is still missing. For its owners.
#[utoipa::path(
    operation_id = "get_payment_setup", tag = "payouts",
    params(("provider_id" = Uuid, Path, description = "The provider")),
    responses((status = 200, description = "How it stands", body = PaymentSetup), LoginNeeded, NothingHere),
    security(("bearer" = [])),
)]
#[get("/providers/{provider_id}/payments")]
async fn get_payment_setup(app: Data<App>, owner: ProviderOwner) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(onboarding::setup(&app, owner).await?))
}

/// Set up the provider's account for payments, or go on with it: leads to a page of the payment processor's. The account is
/// made when this is asked first. For the provider's owners.
#[utoipa::path(
    operation_id = "start_onboarding", tag = "payouts", request_body = StartOnboarding,
    params(("provider_id" = Uuid, Path, description = "The provider")),
    responses(
        (status = 200, description = "Where to go on", body = OnboardingLink),
        (status = 409, description = "`payments_off`: there is nothing to set up, because this server takes no payments or takes all of them in one account; or the payment processor refused", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`unavailable`: the payment processor cannot be reached", body = Problem, content_type = "application/problem+json"),
        BadInput,
        LoginNeeded,
        NothingHere,
        Throttled,
    ),
    security(("bearer" = [])),
)]
#[post("/providers/{provider_id}/payments/onboarding")]
async fn start_onboarding(
    app: Data<App>,
    owner: ProviderOwner,
    input: Input<StartOnboarding>,
) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(onboarding::start(&app, owner, input.body).await?))
}

/// Look how the provider's account for payments stands, without waiting for the payment processor to tell: what the app does
/// when somebody comes back from setting it up. For the provider's owners.
#[utoipa::path(
    operation_id = "refresh_payment_setup", tag = "payouts",
    params(("provider_id" = Uuid, Path, description = "The provider")),
    responses(
        (status = 200, description = "How it stands", body = PaymentSetup),
        (status = 409, description = "`payments_off`: the payment processor does not know the account any more", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`unavailable`: the payment processor cannot be reached", body = Problem, content_type = "application/problem+json"),
        LoginNeeded,
        NothingHere,
        Throttled,
    ),
    security(("bearer" = [])),
)]
#[post("/providers/{provider_id}/payments/refresh")]
async fn refresh_payment_setup(app: Data<App>, owner: ProviderOwner) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(onboarding::refresh(&app, owner).await?))
}

/// What went from a provider's account to its bank, the newest first. For its owners. Where all payments go to one account,
/// there is nothing here.
#[utoipa::path(
    operation_id = "list_payouts", tag = "payouts",
    params(("provider_id" = Uuid, Path, description = "The provider"), PageQuery),
    responses((status = 200, description = "A page of payouts", body = Page<Payout>), BadQuery, LoginNeeded, NothingHere),
    security(("bearer" = [])),
)]
#[get("/providers/{provider_id}/payouts")]
async fn list_payouts(
    app: Data<App>,
    owner: ProviderOwner,
    query: Params<PageQuery>,
) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(payouts::list(&app, owner, &query.0).await?))
}
