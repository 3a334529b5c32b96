//! Counts attempts and refuses too many, in windows of real time that survive a restart.

use super::problem::{ApiError, ApiResult};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::problem::Code;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use std::time::Duration;

/// What is counted. The parts that tell people apart are hashed: the table keeps neither addresses nor names.
#[derive(Debug, Clone)]
pub struct Key(String);

impl Key {
    /// The key of an action and of who does it to whom.
    #[must_use]
    pub fn new(action: &str, parts: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        Self(format!("{action}:{}", URL_SAFE_NO_PAD.encode(hash.finalize())))
    }

    /// As it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Counts one attempt; past `limit` in `window` it is refused. The window starts with the first attempt and is not
/// drawn out by refused ones.
///
/// Outside of any transaction an attempt counts even where the request then fails; inside, only what succeeds counts.
///
/// # Errors
/// `too_many_requests`, with the end of the window as `Retry-After`.
pub async fn hit(db: &mut PgConnection, key: &Key, limit: u32, window: Duration) -> ApiResult<()> {
    let counted = sqlx::query!(
        r#"insert into throttles as counted (key, attempts, window_ends_at)
        values ($1, 1, statement_timestamp() + make_interval(secs => $2))
        on conflict (key) do update set
            attempts = case when counted.window_ends_at <= statement_timestamp() then 1
                else least(counted.attempts, 1000000) + 1 end,
            window_ends_at = case when counted.window_ends_at <= statement_timestamp() then excluded.window_ends_at
                else counted.window_ends_at end
        returning attempts, ceil(extract(epoch from window_ends_at - statement_timestamp()))::int as "seconds_left!""#,
        key.0,
        window.as_secs_f64()
    )
    .fetch_one(db)
    .await?;
    if u32::try_from(counted.attempts).is_ok_and(|attempts| attempts <= limit) {
        return Ok(());
    }
    let seconds = u32::try_from(counted.seconds_left).unwrap_or_default().max(1);
    Err(ApiError::new(Code::TooManyRequests).retry_after(seconds))
}

/// How many attempts the present window has seen.
///
/// # Errors
/// Those of the database.
pub async fn count(db: &mut PgConnection, key: &Key) -> ApiResult<u32> {
    let attempts = sqlx::query_scalar!(
        "select attempts from throttles where key = $1 and window_ends_at > statement_timestamp()",
        key.0
    )
    .fetch_optional(db)
    .await?;
    Ok(attempts.and_then(|attempts| u32::try_from(attempts).ok()).unwrap_or_default())
}

/// Takes back one attempt that turned out to be fine.
///
/// # Errors
/// Those of the database.
pub async fn refund(db: &mut PgConnection, key: &Key) -> ApiResult<()> {
    sqlx::query!("update throttles set attempts = greatest(attempts - 1, 0) where key = $1", key.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets all attempts.
///
/// # Errors
/// Those of the database.
pub async fn reset(db: &mut PgConnection, key: &Key) -> ApiResult<()> {
    sqlx::query!("delete from throttles where key = $1", key.0).execute(db).await?;
    Ok(())
}
