//! Money that the provider gives back by hand: more than the policy does, or once more what did not arrive.

use super::reach_to_change;
use crate::app::App;
use crate::bookings::access::{Asker, Side};
use crate::bookings::store::{self, Row};
use crate::bookings::view::whole;
use crate::http::idempotency::IdempotencyKey;
use crate::http::{ApiError, ApiResult, IfMatch, Reply, write};
use crate::jobs::{NewJob, enqueue};
use crate::notifications::RefundMail;
use crate::payments::{self, Cause};
use crate::terms;
use contract::payments::GiveRefund;
use contract::problem::Code;
use domain::money::Currency;
use uuid::Uuid;

/// Gives money of a booking back, whatever became of it.
///
/// # Errors
/// `not_found`, also for anyone but the provider, `version_mismatch`, `payments_off`, a field error where less was paid and
/// kept than that.
pub async fn refund(
    app: &App,
    asker: &Asker,
    key: Option<&IdempotencyKey>,
    id: Uuid,
    version: IfMatch,
    wish: &GiveRefund,
) -> ApiResult<Reply> {
    write(app, &asker.scope(), key, async |db| {
        let (row, side) = reach_to_change(app, db, asker, id, version).await?;
        if side != Side::Provider {
            return Err(ApiError::not_found());
        }
        if app.payments.is_none() {
            return Err(ApiError::new(Code::PaymentsOff));
        }
        let currency = Currency::parse(&row.currency).map_err(ApiError::internal)?;
        if wish.amount_minor % currency.step() != 0 {
            return Err(ApiError::field("/amount_minor", "not_chargeable", &terms::steps(currency)));
        }
        if row.disputed_minor > 0 && wish.amount_minor > row.kept_minor() {
            let words =
                "The client's bank disputes this payment, so no more than the rest of it can be given back.";
            return Err(ApiError::field("/amount_minor", "disputed", words));
        }
        // Refuses what is more than was paid and kept.
        payments::plan(db, row.provider_id, row.id, wish.amount_minor, Cause::ByHand, None).await?;
        let reason = wish.reason.trim();
        let user = asker.user.map(|user| user.id);
        let event = store::refunded(db, &row, wish.amount_minor, reason, user).await?;
        let event_id = event.ok_or_else(|| ApiError::new(Code::VersionMismatch))?;
        let mail = RefundMail::given(row.provider_id, row.id, event_id);
        enqueue(db, &[NewJob::of(&mail)]).await?;
        let changed =
            Row { refunded_minor: row.refunded_minor + wish.amount_minor, version: row.version + 1, ..row };
        Ok(Reply::ok(&whole(app, db, &changed, side).await?)?.version(changed.version))
    })
    .await
}
