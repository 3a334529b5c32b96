//! Instants as whole Unix seconds, the engine's unit, read straight from `timestamptz`.

use sqlx::decode::Decode;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgHasArrayType, PgTypeInfo, PgValueFormat, PgValueRef};
use sqlx::{Postgres, Type};
use time::OffsetDateTime;

/// Seconds from 1970 to PostgreSQL's epoch, 2000-01-01.
const POSTGRES_EPOCH: i64 = 946_684_800;

/// A `timestamptz` as Unix seconds. Cheaper to read by the hundred than calendar dates are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instant(pub i64);

impl Type<Postgres> for Instant {
    fn type_info() -> PgTypeInfo {
        <OffsetDateTime as Type<Postgres>>::type_info()
    }
}

impl PgHasArrayType for Instant {
    fn array_type_info() -> PgTypeInfo {
        <OffsetDateTime as PgHasArrayType>::array_type_info()
    }
}

impl<'r> Decode<'r, Postgres> for Instant {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        match value.format() {
            PgValueFormat::Binary => {
                let microseconds = <i64 as Decode<Postgres>>::decode(value)?;
                Ok(Self(microseconds.div_euclid(1_000_000) + POSTGRES_EPOCH))
            }
            PgValueFormat::Text => {
                Ok(Self(<OffsetDateTime as Decode<Postgres>>::decode(value)?.unix_timestamp()))
            }
        }
    }
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
