//! Instants as whole Unix seconds, the engine's unit, read straight from `timestamptz`.

use sqlx::decode::Decode;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgHasArrayType, PgTypeInfo, PgValueFormat, PgValueRef};
use sqlx::{Postgres, Type};
use time::OffsetDateTime;

/// Seconds from 1970 to PostgreSQL's epoch, 2000-01-01.
const POSTGRES_EPOCH: i64 = 946_684_800;

/// A `timestamptz` as Unix seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instant(pub i64);

impl Type<Postgres> for Instant {
    fn type_info() -> PgTypeInfo {
        <OffsetDateTime as Type<Postgres>>::type_info()
    }
}

impl<'r> Decode<'r, Postgres> for Instant {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        match value.format() {
            PgValueFormat::Binary => Ok(Self(seconds_of(<i64 as Decode<Postgres>>::decode(value)?))),
            PgValueFormat::Text => {
                Ok(Self(<OffsetDateTime as Decode<Postgres>>::decode(value)?.unix_timestamp()))
            }
        }
    }
}

/// A `timestamptz[]` without nulls as Unix seconds. Read in one go: they come by the hundred with most requests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Instants(pub Vec<i64>);

impl Type<Postgres> for Instants {
    fn type_info() -> PgTypeInfo {
        <OffsetDateTime as PgHasArrayType>::array_type_info()
    }
}

impl<'r> Decode<'r, Postgres> for Instants {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        /// Five numbers: dimensions, whether there are nulls, the elements' type, their count, the first index.
        const HEAD: usize = 20;
        if value.format() == PgValueFormat::Text {
            return Err("arrays of instants are read from binary answers only".into());
        }
        let bytes = value.as_bytes()?;
        let (elements, rest) = bytes.get(HEAD..).unwrap_or_default().as_chunks();
        let of = |element: &[u8; 12]| match *element {
            // Each element: its length, and microseconds.
            [0, 0, 0, 8, a, b, c, d, e, f, g, h] => {
                Some(seconds_of(i64::from_be_bytes([a, b, c, d, e, f, g, h])))
            }
            _ => None,
        };
        let seconds = elements.iter().map(of).collect::<Option<_>>().filter(|_| rest.is_empty());
        Ok(Self(seconds.ok_or("not an array of instants without nulls")?))
    }
}

/// PostgreSQL counts microseconds from its own epoch.
const fn seconds_of(microseconds: i64) -> i64 {
    microseconds.div_euclid(1_000_000) + POSTGRES_EPOCH
}

/// The instant as the engine counts it.
#[must_use]
pub fn seconds(at: OffsetDateTime) -> i64 {
    at.unix_timestamp()
}

/// The engine's instant as a date and time in UTC; instants outside the years 1 to 9999 read as their nearest end.
#[must_use]
pub fn from_seconds(at: i64) -> OffsetDateTime {
    let (first, last) = (-62_135_596_800, 253_402_300_799);
    OffsetDateTime::from_unix_timestamp(at.clamp(first, last)).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
