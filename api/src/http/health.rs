//! Liveness and readiness.

use super::problem::ApiError;
use crate::app::App;
use actix_web::web::{self, Data};
use actix_web::{HttpResponse, get};
use contract::problem::Code;

/// The process runs.
#[get("/livez")]
async fn livez() -> HttpResponse {
    HttpResponse::Ok().body("alive")
}

/// The process can serve: the database answers.
#[get("/readyz")]
async fn readyz(app: Data<App>) -> Result<HttpResponse, ApiError> {
    match sqlx::query("select").execute(&app.db).await {
        Ok(_) => Ok(HttpResponse::Ok().body("ready")),
        Err(error) => {
            tracing::warn!(%error, "the database does not answer");
            Err(ApiError::new(Code::Unavailable).retry_after(5))
        }
    }
}

/// Registers the probes.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(livez).service(readyz);
}
