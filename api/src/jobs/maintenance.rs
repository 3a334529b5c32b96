//! Rows that have served their time.

use super::{Job, JobContext, Outcome};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use std::time::Duration;

/// Deletes rows that have served their time.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Sweep {}

impl Sweep {
    /// How often.
    pub const EVERY: Duration = Duration::from_secs(3600);
}

impl Job for Sweep {
    const KIND: &'static str = "jobs.sweep";

    async fn run(self, ctx: &JobContext) -> Outcome {
        sweep(&mut *ctx.app.db.acquire().await?).await?;
        Ok(())
    }
}

/// Deletes idempotency keys older than a day, expired tokens, past windows of attempts, changes that everybody has heard of and,
/// after 90 days, events that have been handled and jobs that were given up.
async fn sweep(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from idempotency_keys where created_at < app_now() - interval '24 hours'")
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from refresh_tokens where expires_at < statement_timestamp()")
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from user_tokens where expires_at < statement_timestamp()")
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from throttles where window_ends_at < statement_timestamp()")
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from inbound_events where done_at < app_now() - interval '90 days'")
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from jobs where dead_at < app_now() - interval '90 days'").execute(&mut *db).await?;
    sqlx::query!("delete from provider_changes where at < statement_timestamp() - interval '1 hour'")
        .execute(db)
        .await?;
    Ok(())
}
