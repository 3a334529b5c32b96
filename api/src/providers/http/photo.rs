//! Photos.

use crate::app::App;
use crate::http::headers::Repeatable;
use crate::http::problems::{BadKey, BadPicture, BadQuery, LoginNeeded, NothingHere, Throttled, Versioned};
use crate::http::{ApiResult, IfMatch, NoBody, Params, ProviderMember, Upload, Visitor, etag};
use crate::providers::http::{PICTURE_POLICY, picture};
use crate::providers::{app, photo};
use crate::telemetry::chain;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, put};
use contract::photos::{PhotoCrop, PhotoQuery};
use contract::problem::Code;
use contract::providers::Provider;
use uuid::Uuid;

/// Show a photo in place of the drawn portrait.
///
/// The picture is turned upright, cut square and written anew, so that nothing else in the file is shown to anybody. At most
/// 10 MB and about 50 megapixels; SVG and GIF are not taken.
#[utoipa::path(
    operation_id = "replace_provider_photo", tag = "providers",
    params(
        ("provider_id" = Uuid, Path, description = "The provider"),
        PhotoCrop,
        ("If-Match" = String, Header, description = "The profile's `ETag`"),
        Repeatable,
    ),
    request_body(
        description = "The picture itself",
        content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"), (Vec<u8> = "image/webp")),
    ),
    responses(
        (status = 200, description = "The profile with its new `portrait_url`", body = Provider, headers(("ETag" = String))),
        BadPicture,
        LoginNeeded,
        NothingHere,
        Throttled,
        Versioned,
    ),
    security(("bearer" = [])),
)]
#[put("/providers/{provider_id}/photo")]
pub async fn replace_provider_photo(
    app: Data<App>,
    member: ProviderMember,
    version: IfMatch,
    crop: Params<PhotoCrop>,
    upload: Upload,
) -> ApiResult<HttpResponse> {
    Ok(photo::put(&app, member, version, crop.0, upload).await?.into())
}

/// Take the photo away. The drawn portrait shows again.
#[utoipa::path(
    operation_id = "delete_provider_photo", tag = "providers",
    params(("provider_id" = Uuid, Path, description = "The provider"), ("If-Match" = String, Header, description = "The profile's `ETag`"), Repeatable),
    responses(
        (status = 200, description = "The profile without the photo", body = Provider, headers(("ETag" = String))),
        BadKey,
        LoginNeeded,
        NothingHere,
        Versioned,
    ),
    security(("bearer" = [])),
)]
#[delete("/providers/{provider_id}/photo")]
pub async fn delete_provider_photo(
    app: Data<App>,
    member: ProviderMember,
    version: IfMatch,
    body: NoBody,
) -> ApiResult<HttpResponse> {
    Ok(photo::delete(&app, member, version, body).await?.into())
}

/// A provider's photo. Take its address from `portrait_url` and add `&size=240` or `&size=160` for a light one, of
/// at most 3.5 kB.
///
/// That of a page which is not published is there for its members, and for who has the `pass` that they are given. Where the file
/// storage fails, it is the drawn portrait for now.
#[utoipa::path(
    operation_id = "get_provider_photo", tag = "providers",
    params(("provider_id" = Uuid, Path, description = "The provider"), PhotoQuery),
    responses(
        (status = 200, description = "The picture", body = Vec<u8>, content_type = "image/jpeg", headers(("ETag" = String))),
        (status = 304, description = "Nothing has changed since the `ETag` in `If-None-Match`"),
        BadQuery,
        LoginNeeded,
        NothingHere,
    ),
    security((), ("bearer" = [])),
)]
#[get("/providers/{provider_id}/photo")]
pub async fn get_provider_photo(
    app: Data<App>,
    request: HttpRequest,
    visitor: Visitor,
    id: Path<Uuid>,
    query: Params<PhotoQuery>,
) -> ApiResult<HttpResponse> {
    let found = photo::find(&app, *id, &query.0, visitor).await?;
    let tag = format!("\"{}-{}\"", found.photo.simple(), found.size);
    let (mut response, known) = etag::begin(&request, tag);
    response
        .insert_header((header::CACHE_CONTROL, caching(found.exact, found.public)))
        .insert_header((header::CONTENT_SECURITY_POLICY, PICTURE_POLICY));
    if known {
        return Ok(response.finish());
    }
    match photo::read(&app, &found).await {
        Ok(file) => Ok(response.content_type(file.media_type).body(file.content)),
        Err(error) if error.code() == Code::Unavailable => {
            tracing::error!(error = chain(&error), "a photo cannot be read");
            Ok(picture(&request, app::portrait(&app, *id).await?, "no-store"))
        }
        Err(error) => Err(error),
    }
}

fn caching(exact: bool, public: bool) -> &'static str {
    match (exact, public) {
        (true, true) => "public, max-age=31536000, immutable",
        (true, false) => "private, max-age=31536000, immutable",
        (false, true) => "no-cache",
        (false, false) => "private, no-cache",
    }
}
