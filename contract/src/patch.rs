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

/// The same for an instant: `#[serde(default, with = "crate::patch::instant", skip_serializing_if = "Option::is_none")]`.
pub mod instant {
    use serde::{Deserializer, Serializer};
    use time::OffsetDateTime;
    use time::serde::rfc3339::option;

    /// Writes it as RFC 3339, or `null`.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(
        value: &Option<Option<OffsetDateTime>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        option::serialize(&value.flatten(), serializer)
    }

    /// Reads it as [`super::nullable`] does.
    ///
    /// # Errors
    /// Where it is neither `null` nor an instant.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Option<OffsetDateTime>>, D::Error> {
        option::deserialize(deserializer).map(Some)
    }
}
