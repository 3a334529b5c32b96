//! Handing on a page's address.

use super::picture;
use crate::app::App;
use crate::http::problems::{LoginNeeded, NothingHere};
use crate::http::{ApiResult, Visitor};
use crate::providers::{app, qr};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};

/// The address of a provider's page as a QR code, to print or to show. That of an unpublished page is there for its members
/// only.
#[utoipa::path(
    operation_id = "get_provider_qr", tag = "providers",
    params(("provider_id" = String, Path, description = "Id or slug of the provider")),
    responses(
        (status = 200, description = "The picture", body = String, content_type = "image/svg+xml", headers(("ETag" = String))),
        (status = 304, description = "Nothing has changed since the `ETag` in `If-None-Match`"),
        LoginNeeded,
        NothingHere,
    ),
    security((), ("bearer" = [])),
)]
#[get("/providers/{provider_id}/qr.svg")]
pub async fn get_provider_qr(
    app: Data<App>,
    request: HttpRequest,
    visitor: Visitor,
    provider: Path<String>,
) -> ApiResult<HttpResponse> {
    let mut db = app.db.acquire().await?;
    let profile = app::visible(&mut db, &provider, visitor.0).await?.profile;
    let code = qr::svg(&app.link(&format!("/p/{}", profile.slug)))?;
    Ok(picture(&request, code, "no-cache"))
}
