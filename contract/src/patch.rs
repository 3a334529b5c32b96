//! A field of a PATCH body that can be left alone, cleared or set.

use serde::{Deserialize, Deserializer};

/// Takes over a field that a PATCH body has.
pub fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

/// Reads a nullable field so that an absent one (`None`, through `#[serde(default)]`) differs from an
/// explicit `null` (`Some(None)`).
///
/// # Errors
/// Those of the inner type.
pub fn nullable<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::<T>::deserialize(deserializer).map(Some)
}
