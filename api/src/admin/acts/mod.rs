//! The log, as admins write and read it.

pub mod http;
mod list;

use super::Admin;
use crate::acts;
use crate::http::ApiResult;
use sqlx::PgConnection;

pub use crate::acts::Act;

/// Adds a line to the log; call it in the transaction of the act, before the change.
///
/// # Errors
/// `not_found` where the actor is no admin any more. The right stays until the transaction ends.
pub async fn record(db: &mut PgConnection, admin: &Admin, act: Act) -> ApiResult<()> {
    acts::record(db, admin.user.id, admin.request_id.as_deref(), act).await
}
