//! Cursors: opaque on the wire, a tuple of sort keys inside, bound to the list that it was made for.

use super::calendar::within_calendar;
use super::problem::{ApiError, ApiResult};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use uuid::Uuid;

/// How many items a page has where the caller does not say.
pub const DEFAULT_LIMIT: u32 = 20;

/// A list as somebody asked for it: which one, how it is narrowed and in which order. A cursor made for another has no place
/// in it.
pub struct List(String);

impl List {
    /// The list of this name, narrowed and sorted as the query says. Where the page begins and how long it is are not part of
    /// that.
    #[must_use]
    pub fn of(name: &str, query: &impl Serialize) -> Self {
        let mut asked = serde_json::to_value(query).unwrap_or_default();
        if let Some(fields) = asked.as_object_mut() {
            fields.retain(|name, value| !value.is_null() && !matches!(name.as_str(), "cursor" | "limit"));
        }
        // The same in every process: the next page may be asked of another one.
        let digest = Sha256::digest(format!("{name} {asked}"));
        Self(URL_SAFE_NO_PAD.encode(&digest[..6]))
    }

    /// Writes the sort keys of a page's last item as a cursor.
    #[must_use]
    pub fn encode(&self, keys: &impl Serialize) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&(&self.0, keys)).unwrap_or_default())
    }

    /// Cuts what was read, one more than the limit where there is more, to a page. The cursor of the next one is made of the
    /// keys of the last item.
    pub fn cut<T, K: Serialize>(
        &self,
        items: &mut Vec<T>,
        limit: usize,
        keys: impl Fn(&T) -> K,
    ) -> Option<String> {
        let has_more = items.len() > limit;
        items.truncate(limit);
        items.last().filter(|_| has_more).map(|last| self.encode(&keys(last)))
    }

    /// Reads back a cursor that begins with an instant.
    ///
    /// # Errors
    /// A field error at `?cursor`.
    pub fn decode_instant(&self, cursor: Option<&str>) -> ApiResult<Option<(OffsetDateTime, Uuid)>> {
        let after: Option<(OffsetDateTime, Uuid)> = self.decode(cursor)?;
        after.map_or(Ok(()), |(at, _)| within_calendar(at.year(), "?cursor"))?;
        Ok(after)
    }

    /// Reads a cursor back.
    ///
    /// # Errors
    /// A field error at `?cursor` where it is none, or one of another list, order or filter.
    pub fn decode<T: DeserializeOwned>(&self, cursor: Option<&str>) -> ApiResult<Option<T>> {
        let Some(text) = cursor else { return Ok(None) };
        let bytes = URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| !super::input::mentions_nul(bytes));
        let read = bytes.and_then(|bytes| serde_json::from_slice::<(String, T)>(&bytes).ok());
        read.filter(|(list, _)| *list == self.0).map(|(_, keys)| Some(keys)).ok_or_else(|| {
            let message =
                "This is not a cursor of this list in this order and with these filters. Begin without one.";
            ApiError::field("?cursor", "cursor", message)
        })
    }
}
