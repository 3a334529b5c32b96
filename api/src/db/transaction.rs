//! Transactions of callers who may leave at any moment.

use sqlx::{PgPool, Postgres, Transaction};

/// Begins a transaction, which is rolled back unless it is committed.
///
/// A client may hang up in any step of a request, and a job may be broken off. Whoever leaves while `BEGIN` is on its way would
/// hand a connection back in the middle of a transaction (a fault of sqlx 0.9.0), and the writes of those who get it next would
/// be lost with it. So a task of its own begins, which goes on to its end.
///
/// # Errors
/// Those of the database.
pub async fn begin(db: &PgPool) -> sqlx::Result<Transaction<'static, Postgres>> {
    let db = db.clone();
    #[expect(clippy::disallowed_methods, reason = "nobody breaks this task off")]
    let begun = tokio::spawn(async move { db.begin().await });
    // It ends early with its runtime only, and panics nowhere.
    begun.await.map_err(|_| sqlx::Error::WorkerCrashed)?
}
