//! Rows that have served their time.

use sqlx::PgConnection;

/// Deletes idempotency keys older than a day, expired tokens, past windows of attempts, changes that everybody has heard of and,
/// after 90 days, events that have been handled. Any number of workers may do it at any time.
///
/// # Errors
/// Those of the database.
pub async fn sweep(db: &mut PgConnection) -> Result<(), sqlx::Error> {
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
    sqlx::query!("delete from provider_changes where at < statement_timestamp() - interval '1 hour'")
        .execute(db)
        .await?;
    Ok(())
}
