//! Pictures that are sent as they are.

use super::idempotency::IdempotencyKey;
use super::input::{media_type, read_within};
use super::problem::{ApiError, ApiResult};
use actix_web::dev::Payload;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use contract::problem::Code;
use std::pin::Pin;

/// The largest file that is taken. `BODY_LIMIT_BYTES` is for everything else.
const MAX_BYTES: usize = 10 * 1024 * 1024;
/// The kinds of pictures that are taken. SVG is a program, and GIF is no photo.
const KINDS: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];

/// A picture as it was sent, with the request's idempotency key. What it really is, only decoding it tells.
pub struct Upload {
    /// The file.
    pub bytes: Bytes,
    /// The `Idempotency-Key` header, tied to this very request.
    pub key: Option<IdempotencyKey>,
}

impl FromRequest for Upload {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = ApiResult<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            if !KINDS.iter().any(|kind| media_type(&request).eq_ignore_ascii_case(kind)) {
                let detail = "Send a JPEG, PNG or WebP picture.";
                return Err(ApiError::new(Code::UnsupportedMediaType).detail(detail));
            }
            let bytes = read_within(&request, payload, MAX_BYTES).await?;
            Ok(Self { key: IdempotencyKey::of(&request, &bytes)?, bytes })
        })
    }
}
