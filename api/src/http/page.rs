//! Cursors: opaque on the wire, a tuple of sort keys inside.

use super::problem::{ApiError, ApiResult};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// How many items a page has where the caller does not say.
pub const DEFAULT_LIMIT: u32 = 20;

/// Writes the sort keys of a page's last item as a cursor.
#[must_use]
pub fn encode(keys: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(keys).unwrap_or_default())
}

/// Reads a cursor back.
///
/// # Errors
/// A field error at `?cursor` where it is not one of ours.
pub fn decode<T: DeserializeOwned>(cursor: Option<&str>) -> ApiResult<Option<T>> {
    let Some(text) = cursor else { return Ok(None) };
    let bytes = URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| !super::input::mentions_nul(bytes));
    let keys = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    keys.map(Some).ok_or_else(|| ApiError::field("?cursor", "cursor", "This is not a cursor of this list."))
}
