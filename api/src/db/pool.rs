//! Pools and migrations.

use sqlx::migrate::MigrateError;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, PgPool};
use std::time::Duration;

/// A connection that was idle for so long is tried before it is used.
const RESTED: Duration = Duration::from_secs(1);

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
        // Asking each time would cost every request a round trip. Whoever has rested may have lost its server meanwhile.
        .test_before_acquire(false)
        .before_acquire(|connection, about| {
            Box::pin(async move {
                if about.idle_for > RESTED {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_lazy_with(options)
}

/// Brings the schema up to date, on a connection without the limits of requests: a big table takes its time, and so
/// does another process that migrates at the moment. What the database notes on the way (a table is there already) is no news.
///
/// # Errors
/// Where a migration fails or an applied one was edited.
pub async fn migrate(options: PgConnectOptions) -> Result<(), MigrateError> {
    let unhurried = options.options([
        ("lock_timeout", "0"),
        ("statement_timeout", "0"),
        ("client_min_messages", "warning"),
    ]);
    let mut db = unhurried.connect().await?;
    sqlx::migrate!("../migrations").run(&mut db).await?;
    Ok(db.close().await?)
}
