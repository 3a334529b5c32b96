//! Every error answer is a problem document.

use super::spa;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, ResponseError};
use contract::problem::{Code, FieldError, MEDIA_TYPE, Problem};
use std::fmt;
use tracing_actix_web::RequestId;

/// An error on its way to the client. What the client is told and what the log is told share no field.
#[derive(Debug)]
pub struct ApiError {
    problem: Box<Problem>,
    retry_after: Option<u32>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The answer of use cases and handlers.
pub type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// An error with nothing particular to it.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self { problem: Box::new(Problem::new(code)), retry_after: None, cause: None }
    }

    /// Nothing here, or nothing the caller may see.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(Code::NotFound)
    }

    /// One field that is not acceptable.
    #[must_use]
    pub fn field(pointer: &str, code: &str, message: &str) -> Self {
        Self::fields(vec![FieldError {
            pointer: pointer.to_owned(),
            code: code.to_owned(),
            message: message.to_owned(),
        }])
    }

    /// Several fields that are not acceptable.
    #[must_use]
    pub fn fields(errors: Vec<FieldError>) -> Self {
        let mut error = Self::new(Code::InvalidFields);
        error.problem.errors = errors;
        error
    }

    /// Something unexpected: the client gets a request id, the log gets the cause.
    #[must_use]
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new(Code::Internal) }
    }

    /// Something that we depend on does not answer. Trying again later may help.
    #[must_use]
    pub fn unavailable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new(Code::Unavailable).retry_after(5) }
    }

    /// Says what happened this time.
    #[must_use]
    pub fn detail(mut self, text: impl Into<String>) -> Self {
        self.problem.detail = Some(text.into());
        self
    }

    /// Says when to come back, in seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Changes the document itself.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Problem)) -> Self {
        change(&mut self.problem);
        self
    }

    /// The code it carries.
    #[must_use]
    pub fn code(&self) -> Code {
        self.problem.code
    }

    /// Whether it is about the field at `pointer`.
    #[must_use]
    pub fn is_at(&self, pointer: &str) -> bool {
        self.problem.errors.iter().any(|error| error.pointer == pointer)
    }

    fn response(&self, request_id: Option<String>) -> HttpResponse {
        let mut problem = (*self.problem).clone();
        problem.request_id = request_id;
        let mut response = HttpResponse::build(self.status_code());
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        if problem.status == 401 {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        response.content_type(MEDIA_TYPE).body(body)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.problem.title.trim_end_matches('.'))?;
        self.problem.errors.iter().try_for_each(|error| write!(f, "; {}: {}", error.pointer, error.message))
    }
}

impl std::error::Error for ApiError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        self.response(None)
    }
}

impl From<sqlx::Error> for ApiError {
    fn from(error: sqlx::Error) -> Self {
        if crate::db::is_busy(&error) {
            return Self { cause: Some(error.into()), ..Self::new(Code::Unavailable).retry_after(1) };
        }
        // The account was deleted while its token lives on.
        if matches!(
            crate::db::constraint(&error),
            Some("bookings_client_id_fkey" | "booking_events_actor_user_id_fkey")
        ) {
            return Self::new(Code::Unauthenticated);
        }
        Self::internal(error)
    }
}

/// Gives each problem its request id, turns errors born in the framework into problems, logs unexpected causes once.
///
/// # Errors
/// None: errors become responses here.
pub async fn middleware(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let request_id = request.extensions().get::<RequestId>().map(ToString::to_string);
    match next.call(request).await {
        Ok(response) => {
            let response = response.map_into_boxed_body();
            let replacement = replacement(response.response(), request_id.clone());
            let mut response = match replacement {
                Some(replacement) => response.into_response(replacement),
                None => response,
            };
            // What lies in a folder is not worth a question, and a first visit asks for a dozen such files.
            if !(response.status().is_success() && spa::is_hashed(response.request().path())) {
                name(response.response_mut(), request_id.as_deref());
            }
            Ok(response)
        }
        Err(error) => {
            let response = HttpResponse::from_error(error);
            let mut response = replacement(&response, request_id.clone()).unwrap_or(response);
            name(&mut response, request_id.as_deref());
            Err(InternalError::from_response("", response).into())
        }
    }
}

/// The problem document for an error answer that is none yet, or has no request id.
fn replacement(response: &HttpResponse, request_id: Option<String>) -> Option<HttpResponse> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    let error = response.error().and_then(|error| error.as_error::<ApiError>());
    if let Some(cause) = error.and_then(|error| error.cause.as_deref()) {
        tracing::error!(error = crate::telemetry::chain(cause), "unexpected failure");
    }
    // A page says by itself that nothing is there.
    let is_meant = |kind: &HeaderValue| kind == MEDIA_TYPE || kind.as_bytes().starts_with(b"text/html");
    let is_problem = response.headers().get(header::CONTENT_TYPE).is_some_and(is_meant);
    let mut replacement = match error {
        Some(error) => error.response(request_id),
        None if is_problem => return None,
        None => ApiError::new(code_of(status)).response(request_id),
    };
    for (name, value) in response.headers() {
        if !replacement.headers().contains_key(name) && name != header::CONTENT_LENGTH {
            replacement.headers_mut().append(name.clone(), value.clone());
        }
    }
    Some(replacement)
}

fn name(response: &mut HttpResponse, request_id: Option<&str>) {
    if let Some(id) = request_id.and_then(|id| HeaderValue::from_str(id).ok()) {
        response.headers_mut().insert(header::HeaderName::from_static("x-request-id"), id);
    }
}

fn code_of(status: StatusCode) -> Code {
    match status.as_u16() {
        401 => Code::Unauthenticated,
        403 => Code::Forbidden,
        404 => Code::NotFound,
        405 => Code::MethodNotAllowed,
        408 => Code::RequestTimeout,
        412 => Code::VersionMismatch,
        413 => Code::BodyTooLarge,
        415 => Code::UnsupportedMediaType,
        429 => Code::TooManyRequests,
        400..=499 => Code::BadRequest,
        503 => Code::Unavailable,
        _ => Code::Internal,
    }
}
