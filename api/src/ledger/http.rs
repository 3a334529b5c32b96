//! Routes of the book.

use super::app;
use crate::app::App;
use crate::http::problems::{BadQuery, LoginNeeded, NothingHere};
use crate::http::{ApiResult, Params, ProviderOwner};
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use contract::ledger::{BalanceQuery, Balances, ExportQuery, Transaction, TransactionQuery};
use contract::page::Page;
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the routes.
pub fn routes(config: &mut ServiceConfig) {
    config.service(list_transactions).service(export_transactions).service(get_balance);
}

/// What moved a provider's money, the newest first. For its owners.
#[utoipa::path(
    operation_id = "list_transactions", tag = "payments",
    params(("provider_id" = Uuid, Path, description = "The provider"), TransactionQuery),
    responses(
        (status = 200, description = "A page of transactions", body = Page<Transaction>),
        BadQuery,
        LoginNeeded,
        NothingHere,
    ),
    security(("bearer" = [])),
)]
#[get("/providers/{provider_id}/transactions")]
async fn list_transactions(
    app: Data<App>,
    owner: ProviderOwner,
    query: Params<TransactionQuery>,
) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(app::list(&app, owner, &query.0).await?))
}

/// What moved a provider's money in a month, the oldest first, as a table for accounting: CSV (RFC 4180) in UTF-8, amounts
/// with the decimals of their currency, times with the offset of the provider's zone. For its owners.
#[utoipa::path(
    operation_id = "export_transactions", tag = "payments",
    params(("provider_id" = Uuid, Path, description = "The provider"), ExportQuery),
    responses(
        (status = 200, description = "The table, with a heading", body = String, content_type = "text/csv"),
        BadQuery,
        LoginNeeded,
        NothingHere,
    ),
    security(("bearer" = [])),
)]
#[get("/providers/{provider_id}/transactions.csv")]
async fn export_transactions(
    app: Data<App>,
    owner: ProviderOwner,
    query: Params<ExportQuery>,
) -> ApiResult<HttpResponse> {
    let month = &query.0.month;
    let table = app::export(&app, owner, month).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"transactions-{month}.csv\""),
        ))
        .body(table))
}

/// A provider's money in sums: what came in, went back, was kept and paid out, and what there is. For its owners.
#[utoipa::path(
    operation_id = "get_balance", tag = "payments",
    params(("provider_id" = Uuid, Path, description = "The provider"), BalanceQuery),
    responses(
        (status = 200, description = "A row for each currency", body = Balances),
        BadQuery,
        LoginNeeded,
        NothingHere,
    ),
    security(("bearer" = [])),
)]
#[get("/providers/{provider_id}/balance")]
async fn get_balance(
    app: Data<App>,
    owner: ProviderOwner,
    query: Params<BalanceQuery>,
) -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().json(app::balances(&app, owner, query.0.month.as_deref()).await?))
}
