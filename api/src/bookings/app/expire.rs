//! Requests that nobody answered in time.

use super::cancel::end;
use crate::bookings::store;
use crate::db::seconds;
use crate::http::ApiResult;
use domain::booking::Action;
use sqlx::PgConnection;
use uuid::Uuid;

/// Ends every stale request of a provider. The caller holds the provider's lock.
pub(super) async fn expire_stale(db: &mut PgConnection, provider_id: Uuid) -> ApiResult<()> {
    for row in store::stale_requests(db, provider_id).await? {
        end(db, &row, Action::Expire, "system", None, "").await?;
    }
    Ok(())
}

/// Ends one request if it is stale; does nothing where it was answered, moved or ended meanwhile.
///
/// # Errors
/// Those of the database.
pub async fn expire_if_stale(db: &mut PgConnection, provider_id: Uuid, id: Uuid) -> ApiResult<()> {
    crate::db::lock_provider(db, provider_id).await?;
    let Some(row) = store::find(db, id).await? else { return Ok(()) };
    let state = crate::bookings::view::state(&row)?;
    if domain::booking::transition(&state, Action::Expire, seconds(row.now)).is_ok() {
        end(db, &row, Action::Expire, "system", None, "").await?;
    }
    Ok(())
}
