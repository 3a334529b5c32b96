//! What the database's errors mean to us.

/// The name of the constraint that was broken, if one was.
#[must_use]
pub fn constraint(error: &sqlx::Error) -> Option<&str> {
    match error {
        sqlx::Error::Database(error) => error.constraint(),
        _ => None,
    }
}

/// Whether trying again is likely to help: no connection was free, a lock was not given in time, the server restarts.
#[must_use]
pub fn is_busy(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => true,
        // lock_not_available, deadlock_detected, query_canceled, and the shutdown family
        sqlx::Error::Database(error) => {
            matches!(
                error.code().as_deref(),
                Some("55P03" | "40P01" | "57014" | "57P01" | "57P02" | "57P03" | "53300")
            )
        }
        _ => false,
    }
}
