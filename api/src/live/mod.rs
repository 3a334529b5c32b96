//! Live updates: open pages are told what changed, as server-sent events.
//!
//! Whatever changes a provider's time leaves a row in `provider_changes`, written by triggers in the same transaction.
//! One hub in each process reads the new rows, for all streams together: soon after any process hints that it has
//! committed something (`NOTIFY`), and every second in any case, because a hint can be lost.

mod hints;
mod hub;
mod limits;
mod position;
mod store;
mod stream;

pub mod http;

pub use hub::{Live, Pace};

use actix_web::http::header::HeaderName;
use sqlx::PgConnection;

/// Names a position among the changes: where a stream is to begin, and where one would begin now.
pub const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Where a stream that began now would stand. Whoever reads anything after this may open a stream from here on.
///
/// # Errors
/// Those of the database.
pub async fn position(db: &mut PgConnection) -> Result<String, sqlx::Error> {
    Ok(store::now(db).await?.to_string())
}
