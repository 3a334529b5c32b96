//! Versions on the wire: `ETag` and `If-Match`.

use super::problem::{ApiError, ApiResult};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use contract::problem::Code;
use serde::Serialize;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The tag of a version.
#[must_use]
pub fn tag(version: i32) -> String {
    format!("\"{version}\"")
}

/// Whether the client has this very tag already, so that 304 is answer enough.
#[must_use]
pub fn is_known(request: &HttpRequest, tag: &str) -> bool {
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    known.is_some_and(|list| {
        list.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == "*" || one == tag)
    })
}

/// Answers a read of something that has versions; 304 where the client has this one.
#[must_use]
pub fn answer(request: &HttpRequest, version: i32, body: &impl Serialize) -> HttpResponse {
    let tag = tag(version);
    if is_known(request, &tag) {
        return HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish();
    }
    HttpResponse::Ok().insert_header((header::ETAG, tag)).json(body)
}

/// Answers a read that has no version of its own, with a tag of its content; 304 where the client has this very content.
///
/// # Errors
/// Where the body cannot be written as JSON.
pub fn answer_content(request: &HttpRequest, body: &impl Serialize) -> ApiResult<HttpResponse> {
    answer_cached(request, body, "no-cache")
}

/// The same for what may be kept as `caching` says, in the words of `Cache-Control`.
///
/// # Errors
/// Where the body cannot be written as JSON.
pub fn answer_cached(
    request: &HttpRequest,
    body: &impl Serialize,
    caching: &'static str,
) -> ApiResult<HttpResponse> {
    let json = serde_json::to_vec(body).map_err(ApiError::internal)?;
    let mut hash = DefaultHasher::new();
    (&json, env!("CARGO_PKG_VERSION")).hash(&mut hash);
    let tag = format!("\"{:016x}\"", hash.finish());
    let known = is_known(request, &tag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, caching));
    Ok(if known { response.finish() } else { response.content_type("application/json").body(json) })
}

/// The version that an update is meant for, from `If-Match`.
#[derive(Debug, Clone, Copy)]
pub struct IfMatch(Wanted);

#[derive(Debug, Clone, Copy)]
enum Wanted {
    Any,
    Version(i32),
    /// A tag that no version of ours can have.
    Foreign,
}

impl IfMatch {
    /// Checks the wanted version against the stored one.
    ///
    /// # Errors
    /// `version_mismatch`.
    pub fn check(self, stored: i32) -> ApiResult<()> {
        match self.0 {
            Wanted::Any => Ok(()),
            Wanted::Version(version) if version == stored => Ok(()),
            Wanted::Version(_) | Wanted::Foreign => Err(ApiError::new(Code::VersionMismatch)),
        }
    }
}

impl FromRequest for IfMatch {
    type Error = ApiError;
    type Future = std::future::Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(match request.headers().get(header::IF_MATCH) {
            None => Err(ApiError::new(Code::PreconditionRequired)),
            Some(value) => Ok(Self(match value.to_str().map(str::trim) {
                Ok("*") => Wanted::Any,
                Ok(text) => text
                    .strip_prefix('"')
                    .and_then(|text| text.strip_suffix('"'))
                    .and_then(|text| text.parse().ok())
                    .map_or(Wanted::Foreign, Wanted::Version),
                Err(_) => Wanted::Foreign,
            })),
        })
    }
}
