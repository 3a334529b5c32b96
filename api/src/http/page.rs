//! Cursors: opaque on the wire, a tuple of sort keys inside.

use super::calendar::within_calendar;
use super::problem::{ApiError, ApiResult};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use time::OffsetDateTime;
use uuid::Uuid;

/// How many items a page has where the caller does not say.
pub const DEFAULT_LIMIT: u32 = 20;

/// Writes the sort keys of a page's last item as a cursor.
#[must_use]
pub fn encode(keys: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(keys).unwrap_or_default())
}

/// Cuts what was read, one more than the limit where there is more, to a page. The cursor of the next one is made of the
/// keys of the last item.
pub fn cut<T, K: Serialize>(items: &mut Vec<T>, limit: usize, keys: impl Fn(&T) -> K) -> Option<String> {
    let has_more = items.len() > limit;
    items.truncate(limit);
    items.last().filter(|_| has_more).map(|last| encode(&keys(last)))
}

/// Reads back a cursor that begins with an instant.
///
/// # Errors
/// A field error at `?cursor`.
pub fn decode_instant(cursor: Option<&str>) -> ApiResult<Option<(OffsetDateTime, Uuid)>> {
    let after: Option<(OffsetDateTime, Uuid)> = decode(cursor)?;
    after.map_or(Ok(()), |(at, _)| within_calendar(at.year(), "?cursor"))?;
    Ok(after)
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
