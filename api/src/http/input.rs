//! Bodies and queries: read, checked, and refused with pointers to the fields.

use super::idempotency::IdempotencyKey;
use super::json::{self, below};
use super::problem::{ApiError, ApiResult};
use super::shape;
use crate::app::App;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::{Bytes, BytesMut, Data};
use actix_web::{FromRequest, HttpRequest};
use contract::problem::{Code, FieldError};
use futures_util::StreamExt;
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use std::future::Future;
use std::pin::Pin;
use utoipa::{IntoParams, ToSchema};
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

/// A JSON body that was read and holds the rules of its type, with the request's idempotency key.
pub struct Input<T> {
    /// The body.
    pub body: T,
    /// The `Idempotency-Key` header, tied to this very request.
    pub key: Option<IdempotencyKey>,
}

impl<T: DeserializeOwned + ToSchema + Validate + 'static> FromRequest for Input<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = ApiResult<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let bytes = read_body(&request, payload).await?;
            let body: T = parse(&bytes)?;
            body.validate().map_err(|errors| invalid(&errors))?;
            Ok(Self { body, key: IdempotencyKey::of(&request, &bytes)? })
        })
    }
}

/// A write without a body: only its idempotency key matters.
pub struct NoBody {
    /// The `Idempotency-Key` header, tied to this very request.
    pub key: Option<IdempotencyKey>,
}

impl FromRequest for NoBody {
    type Error = ApiError;
    type Future = std::future::Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(IdempotencyKey::of(request, &[]).map(|key| Self { key }))
    }
}

/// A query string that was read and holds the rules of its type.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned + IntoParams + Validate> FromRequest for Params<T> {
    type Error = ApiError;
    type Future = std::future::Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(query(request.query_string()).map(Self))
    }
}

/// Reads a query string into its type and checks it against the type's rules.
///
/// # Errors
/// `malformed_query` or `invalid_fields` with a pointer to each parameter.
pub fn query<T: DeserializeOwned + IntoParams + Validate>(text: &str) -> ApiResult<T> {
    if let Some(name) = not_utf8(text) {
        let fault = json::fault(&format!("?{name}"), "malformed", "This is not text in UTF-8.");
        return Err(unreadable(Code::MalformedQuery, vec![fault]));
    }
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
    let params: T = serde_path_to_error::deserialize(pairs).map_err(|error| {
        let pairs: Vec<_> = form_urlencoded::parse(text.as_bytes()).into_owned().collect();
        let parameters = T::into_params(|| None);
        let mut faults = shape::faults_of_query(&parameters, &pairs);
        if let Ok(near) = serde_urlencoded::to_string(shape::query_with_nearest_numbers(&parameters, &pairs))
            .map_err(drop)
            .and_then(|near| serde_urlencoded::from_str::<T>(&near).map_err(drop))
        {
            tell_rules(&mut faults, &near);
        }
        if faults.is_empty() {
            let pointer = json::pointer_of(error.path()).replacen('/', "?", 1);
            faults.push(json::fault(&pointer, "malformed", "This cannot be read."));
        }
        unreadable(Code::MalformedQuery, faults)
    })?;
    params.validate().map_err(|errors| {
        let mut found = broken_rules(&errors);
        for error in &mut found {
            error.pointer = error.pointer.replacen('/', "?", 1);
        }
        ApiError::fields(found)
    })?;
    Ok(params)
}

/// The first parameter of a query whose percent-encoding is no text.
fn not_utf8(text: &str) -> Option<String> {
    let is_broken = |pair: &&str| percent_decode_str(pair).decode_utf8().is_err();
    let broken = text.split('&').find(is_broken)?;
    form_urlencoded::parse(broken.as_bytes()).next().map(|(name, _)| name.into_owned())
}

/// Where there is no room for a number, says what the rule of its field is: the bounds of types are nobody's rule. `nearest`
/// has the nearest numbers that there is room for.
fn tell_rules(faults: &mut [FieldError], nearest: &impl Validate) {
    let Err(errors) = nearest.validate() else { return };
    let broken = broken_rules(&errors);
    let bare = |pointer: &str| pointer.trim_start_matches(['/', '?']).to_owned();
    for fault in faults.iter_mut().filter(|fault| fault.code == "out_of_range") {
        if let Some(rule) = broken.iter().find(|rule| bare(&rule.pointer) == bare(&fault.pointer)) {
            fault.message.clone_from(&rule.message);
        }
    }
}

/// Refuses what could not be read, with the first fault in words as well.
fn unreadable(code: Code, faults: Vec<FieldError>) -> ApiError {
    let detail = faults.first().map(|fault| match fault.pointer.trim_start_matches(['/', '?']) {
        "" => fault.message.clone(),
        name => format!("{name}: {}", fault.message),
    });
    ApiError::new(code).detail(detail.unwrap_or_default()).with(|problem| problem.errors = faults)
}

async fn read_body(request: &HttpRequest, payload: Payload) -> ApiResult<Bytes> {
    let limit = request.app_data::<Data<App>>().map_or(262_144, |app| app.config.body_limit);
    require_json(request)?;
    read_within(request, payload, limit).await
}

/// Refuses a body that is said to be something else than JSON.
///
/// # Errors
/// `unsupported_media_type`.
pub fn require_json(request: &HttpRequest) -> ApiResult<()> {
    if media_type(request).eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let detail = "The body must be application/json.";
    Err(ApiError::new(Code::UnsupportedMediaType).detail(detail))
}

/// What the body is said to be, without parameters.
pub(super) fn media_type(request: &HttpRequest) -> &str {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.and_then(|kind| kind.split(';').next()).unwrap_or_default().trim()
}

/// The body, unless it is larger than `limit`.
pub(super) async fn read_within(
    request: &HttpRequest,
    mut payload: Payload,
    limit: usize,
) -> ApiResult<Bytes> {
    let coding = request.headers().get(header::CONTENT_ENCODING);
    if coding.is_some_and(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        let detail = "Send the body as it is, without Content-Encoding.";
        return Err(ApiError::new(Code::UnsupportedMediaType).detail(detail));
    }
    let announced =
        request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > limit) {
        return Err(ApiError::new(Code::BodyTooLarge).detail(format!("At most {limit} bytes.")));
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| ApiError::new(Code::MalformedBody).detail("The body ended early."))?;
        if body.len() + chunk.len() > limit {
            return Err(ApiError::new(Code::BodyTooLarge).detail(format!("At most {limit} bytes.")));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn parse<T: DeserializeOwned + ToSchema + Validate>(bytes: &[u8]) -> ApiResult<T> {
    let malformed = |faults| unreadable(Code::MalformedBody, faults);
    let value = json::read(bytes).map_err(|fault| malformed(vec![fault]))?;
    if mentions_nul(bytes) {
        refuse_nul(&value)?;
    }
    let mut faults = shape::faults_of_body(&T::name(), &value);
    if !faults.is_empty() {
        if let Ok(near) = json::fill::<T>(&shape::with_nearest_numbers(&T::name(), &value)) {
            tell_rules(&mut faults, &near);
        }
        return Err(malformed(faults));
    }
    json::fill(&value).map_err(|fault| malformed(vec![fault]))
}

/// Whether JSON holds an escaped NUL; a bare one is no JSON.
pub(super) fn mentions_nul(json: &[u8]) -> bool {
    json.windows(6).any(|part| part.eq_ignore_ascii_case(b"\\u0000"))
}

/// PostgreSQL stores no NUL in text, and nobody means one.
fn refuse_nul(value: &serde_json::Value) -> ApiResult<()> {
    match nul_in(value, String::new()) {
        Some(pointer) => Err(ApiError::field(&pointer, "nul", "Text must not contain the NUL character.")),
        None => Ok(()),
    }
}

fn nul_in(value: &serde_json::Value, pointer: String) -> Option<String> {
    use serde_json::Value;
    match value {
        Value::String(text) => text.contains('\0').then_some(pointer),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(i, item)| nul_in(item, format!("{pointer}/{i}")))
        }
        Value::Object(fields) => fields.iter().find_map(|(name, item)| {
            if name.contains('\0') { Some(pointer.clone()) } else { nul_in(item, below(&pointer, name)) }
        }),
        _ => None,
    }
}

/// Checks a value that was put together from a stored one and a request against the rules of its type.
///
/// # Errors
/// `invalid_fields` with a pointer to each field.
pub fn check(value: &impl Validate) -> ApiResult<()> {
    value.validate().map_err(|errors| invalid(&errors))
}

fn invalid(errors: &ValidationErrors) -> ApiError {
    ApiError::fields(broken_rules(errors))
}

fn broken_rules(errors: &ValidationErrors) -> Vec<FieldError> {
    let mut found = Vec::new();
    collect(errors, String::new(), &mut found);
    found.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    found
}

/// Maps the rules by hand: the library's own texts repeat the offending value, which may be a password.
fn collect(errors: &ValidationErrors, prefix: String, found: &mut Vec<FieldError>) {
    for (name, kind) in errors.errors() {
        let pointer = format!("{prefix}/{name}");
        match kind {
            ValidationErrorsKind::Struct(inner) => collect(inner, pointer, found),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    collect(inner, format!("{pointer}/{index}"), found);
                }
            }
            ValidationErrorsKind::Field(broken) => {
                for rule in broken {
                    let code = rule.code.to_string();
                    let message = rule
                        .message
                        .as_ref()
                        .map_or_else(|| sentence(name, &code, &rule.params), ToString::to_string);
                    found.push(FieldError { pointer: pointer.clone(), code, message });
                }
            }
        }
    }
}

fn sentence(
    name: &str,
    code: &str,
    params: &std::collections::HashMap<std::borrow::Cow<'static, str>, serde_json::Value>,
) -> String {
    let (min, max, equal) = (params.get("min"), params.get("max"), params.get("equal"));
    let is_list = params.get("value").is_some_and(serde_json::Value::is_array);
    let unit = match code {
        "length" if is_list => " entries",
        "length" => " characters",
        _ if name.ends_with("_minutes") => " minutes",
        _ if name.ends_with("_days") => " days",
        _ => "",
    };
    match (code, min, max, equal) {
        ("email", ..) => "This is not an e-mail address.".to_owned(),
        ("length" | "range", _, _, Some(equal)) => format!("Must be {equal}{unit}."),
        ("length" | "range", Some(min), Some(max), _) => format!("Must be {min} to {max}{unit}."),
        ("length" | "range", Some(min), None, _) => format!("Must be at least {min}{unit}."),
        ("length" | "range", None, Some(max), _) => format!("Must be at most {max}{unit}."),
        _ => "This is not acceptable.".to_owned(),
    }
}
