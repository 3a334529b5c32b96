//! The provider's note that the rest was paid at its place.

use super::{account, reach_to_change};
use crate::app::App;
use crate::bookings::access::{Asker, Side};
use crate::bookings::store::{self, Row};
use crate::bookings::view::whole;
use crate::http::idempotency::IdempotencyKey;
use crate::http::{ApiError, ApiResult, IfMatch, Reply, write};
use crate::payments;
use contract::problem::Code;
use uuid::Uuid;

/// Notes that the rest of a booking was paid, or takes the note back. What is so already stays as it is.
///
/// # Errors
/// `not_found`, also for anyone but the provider, `version_mismatch`, `invalid_transition` for one that is cancelled or
/// leaves nothing to pay.
pub async fn settle(
    app: &App,
    asker: &Asker,
    key: Option<&IdempotencyKey>,
    id: Uuid,
    version: IfMatch,
    settled: bool,
) -> ApiResult<Reply> {
    write(app, &asker.scope(), key, async |db| {
        let (row, side) = reach_to_change(app, db, asker, id, version).await?;
        if side != Side::Provider {
            return Err(ApiError::not_found());
        }
        if settled == row.settled_at.is_some() {
            return Ok(Reply::ok(&whole(app, db, &row, side).await?)?.version(row.version));
        }
        if settled && !can_settle(&row)? {
            let words = "There is nothing left to pay at your place.";
            return Err(ApiError::new(Code::InvalidTransition).detail(words));
        }
        let settled_at = settled.then_some(row.now);
        if !store::settle(db, &row, settled_at, asker.user.map(|user| user.id)).await? {
            return Err(ApiError::new(Code::VersionMismatch));
        }
        if settled {
            // Nobody is to pay it once more online.
            payments::withdraw(db, row.provider_id, row.id).await?;
        }
        let changed = Row { settled_at, version: row.version + 1, ..row };
        Ok(Reply::ok(&whole(app, db, &changed, side).await?)?.version(changed.version))
    })
    .await
}

/// Whether something is left to pay at the provider's.
pub(in crate::bookings) fn can_settle(row: &Row) -> ApiResult<bool> {
    Ok(account(row)?.rest() > 0)
}
