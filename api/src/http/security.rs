//! Headers that keep answers safe, and requests that no handler should see.
//!
//! What a browser may show as a page carries the policies for pages. What it never does, such as scripts, fonts and the API's
//! JSON, goes without: there they would mean nothing, and on a first visit they weighed 10 kB.

use super::problem::ApiError;
use crate::app::App;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpResponse};
use contract::problem::Code;

const APP_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
    connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
// JSON runs nothing, but nobody is to put it into a page of theirs.
const DATA_POLICY: &str = "frame-ancestors 'none'";
// A picture that is opened by itself shows itself and nothing else.
const PICTURE_POLICY: &str = "default-src 'none'; sandbox";
// The bundled Swagger UI sets inline styles; its scripts are files.
const DOCS_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/// Bounds the time of a request and refuses NUL in addresses.
///
/// # Errors
/// `bad_request` or `request_timeout`.
pub async fn bounds(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if request.uri().to_string().contains("%00") {
        let refusal = ApiError::new(Code::BadRequest).detail("The address contains a NUL character.");
        return Ok(request.error_response(refusal));
    }
    let app = request.app_data::<Data<App>>().ok_or_else(|| ApiError::internal("no application data"))?;
    let limit = app.config.request_timeout;
    let answer = tokio::time::timeout(limit, next.call(request)).await;
    Ok(answer.map_err(|_| ApiError::new(Code::RequestTimeout))??.map_into_boxed_body())
}

/// Adds the security headers.
///
/// # Errors
/// Those of the request.
pub async fn headers(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let hsts = request.app_data::<Data<App>>().is_some_and(|app| app.config.production);
    let policy = if request.path().starts_with("/docs") { DOCS_POLICY } else { APP_POLICY };
    let is_api = request.path().starts_with("/api/");
    let headers = Headers { policy, is_api, hsts };
    match next.call(request).await {
        Ok(mut response) => {
            // What is unchanged keeps the policies that it came with.
            let kind = (response.status() != StatusCode::NOT_MODIFIED).then(|| Kind::of(response.headers()));
            headers.set(response.headers_mut(), kind);
            Ok(response)
        }
        Err(error) => {
            let mut response = HttpResponse::from_error(error);
            let kind = Kind::of(response.headers());
            headers.set(response.headers_mut(), Some(kind));
            Err(InternalError::from_response("", response).into())
        }
    }
}

struct Headers {
    policy: &'static str,
    is_api: bool,
    hsts: bool,
}

impl Headers {
    fn set(&self, headers: &mut HeaderMap, kind: Option<Kind>) {
        let mut set =
            |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        if self.hsts {
            set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
        }
        if kind == Some(Kind::Page) {
            set(header::REFERRER_POLICY, "strict-origin-when-cross-origin");
            set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
            set(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()");
        }
        let policy = match kind {
            Some(Kind::Page) => Some(self.policy),
            Some(Kind::Data) => Some(DATA_POLICY),
            Some(Kind::Picture) => Some(PICTURE_POLICY),
            Some(Kind::Part) | None => None,
        };
        // A handler may have set a stricter one.
        if let Some(policy) = policy.filter(|_| !headers.contains_key(header::CONTENT_SECURITY_POLICY)) {
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        }
        if self.is_api && !headers.contains_key(header::CACHE_CONTROL) {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
    }
}

/// What a browser does with an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// Shows it as a page, or may: whatever is not known to be something else.
    Page,
    /// Shows its text at most.
    Data,
    /// Shows it in a page, or as a page with scripts of its own.
    Picture,
    /// Takes it as a part of a page.
    Part,
}

impl Kind {
    fn of(headers: &HeaderMap) -> Self {
        let text =
            headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        match text.split(';').next().unwrap_or_default().trim() {
            "application/json" | "application/problem+json" | "text/event-stream" => Self::Data,
            "text/css"
            | "text/javascript"
            | "application/wasm"
            | "application/octet-stream"
            | "font/woff2"
            | "image/png"
            | "image/jpeg"
            | "image/webp"
            | "image/x-icon" => Self::Part,
            "image/svg+xml" => Self::Picture,
            _ => Self::Page,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_to_be_harmless_is_a_page() {
        let of = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(text));
            Kind::of(&headers)
        };
        for page in ["text/html; charset=utf-8", "text/plain", "application/xhtml+xml", "TEXT/CSS", ""] {
            assert_eq!(of(page), Kind::Page, "{page}");
        }
        assert_eq!(of("application/problem+json"), Kind::Data);
        assert_eq!(of("image/svg+xml"), Kind::Picture);
        assert_eq!(of("text/javascript; charset=utf-8"), Kind::Part);
        assert_eq!(Kind::of(&HeaderMap::new()), Kind::Page);
    }
}
