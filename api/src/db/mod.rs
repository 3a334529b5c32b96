//! The database floor: pools, migrations, and what its errors mean.

pub mod cluster;
mod errors;
mod instant;
mod pool;
mod transaction;

pub use errors::{constraint, is_busy};
pub use instant::{Instant, Instants, from_seconds, seconds};
pub use pool::{migrate, options, pool};
pub use transaction::begin;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// The pattern of a text that contains the word, for `ilike`.
#[must_use]
pub fn contains(word: &str) -> String {
    let escaped = word.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    format!("%{escaped}%")
}

/// Has PostgreSQL plan what follows in this transaction for the very values it is asked with, where the best index depends on
/// them, as when searching for words.
///
/// # Errors
/// Those of the database.
pub async fn plan_anew(tx: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("select set_config('plan_cache_mode', 'force_custom_plan', true)").fetch_one(tx).await?;
    Ok(())
}

/// Real time, which nobody moves: for what others outside go by.
///
/// # Errors
/// Those of the database.
pub async fn real_now(db: &mut PgConnection) -> Result<OffsetDateTime, sqlx::Error> {
    sqlx::query_scalar!(r#"select statement_timestamp() as "now!""#).fetch_one(db).await
}

/// Now, on the platform's clock.
///
/// # Errors
/// Those of the database.
pub async fn now(db: &mut PgConnection) -> Result<OffsetDateTime, sqlx::Error> {
    sqlx::query_scalar!(r#"select app_now() as "now!""#).fetch_one(db).await
}

/// Makes this transaction the only one that changes the provider's time until it ends.
///
/// A statement of its own, before any read and before any booking row is locked: reads that follow see what the
/// holder before has committed.
///
/// # Errors
/// Those of the database; a wait past the lock timeout among them.
pub async fn lock_provider(db: &mut PgConnection, provider_id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!(r#"select 1 as "locked!" from lock_provider($1)"#, provider_id).fetch_one(db).await?;
    Ok(())
}
