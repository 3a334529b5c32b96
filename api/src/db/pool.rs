//! Pools and migrations.

use sqlx::migrate::MigrateError;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, PgPool};
use std::time::Duration;

/// Settings of every session: no statement waits or idles for ever.
#[must_use]
pub fn options(options: PgConnectOptions) -> PgConnectOptions {
    options
        .application_name("appointed")
        .options([
            ("lock_timeout", "10s"),
            ("statement_timeout", "20s"),
            ("idle_in_transaction_session_timeout", "30s"),
        ])
        .log_statements(tracing::log::LevelFilter::Trace)
}

/// A pool that connects when first used, so that it can be built on the thread that will use it.
#[must_use]
pub fn pool(options: PgConnectOptions, connections: u32) -> PgPool {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(20))
        .test_before_acquire(false)
        .connect_lazy_with(options)
}

/// Brings the schema up to date.
///
/// # Errors
/// Where a migration fails or an applied one was edited.
pub async fn migrate(pool: &PgPool) -> Result<(), MigrateError> {
    sqlx::migrate!("../migrations").run(pool).await
}
