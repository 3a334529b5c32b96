//! What only the provider says of a booking: yes to a request, done, did not come.

use super::{reach_to_change, settling_job, settling_key};
use crate::app::App;
use crate::bookings::access::{Asker, Side};
use crate::bookings::error::refused;
use crate::bookings::store::{Change, Row};
use crate::bookings::view::{state, whole};
use crate::db::seconds;
use crate::http::idempotency::IdempotencyKey;
use crate::http::{ApiError, ApiResult, IfMatch, Reply, write};
use crate::jobs::{enqueue, withdraw};
use crate::notifications::{Notice, booking_mails};
use crate::payments::{self, Cause};
use domain::booking::{Action, transition};
use uuid::Uuid;

/// An answer of the provider.
#[derive(Debug, Clone, Copy)]
pub enum Answer {
    /// Yes to a request.
    Confirm,
    /// It took place.
    Complete,
    /// The client did not come.
    NoShow,
}

impl Answer {
    const fn action(self) -> Action {
        match self {
            Self::Confirm => Action::Confirm,
            Self::Complete => Action::Complete,
            Self::NoShow => Action::MarkNoShow,
        }
    }

    const fn event(self) -> &'static str {
        match self {
            Self::Confirm => "confirmed",
            Self::Complete => "completed",
            Self::NoShow => "no_show",
        }
    }
}

/// Records the provider's answer.
///
/// # Errors
/// `not_found`, also for anyone but the provider, `version_mismatch`, `invalid_transition`.
pub async fn answer(
    app: &App,
    asker: &Asker,
    key: Option<&IdempotencyKey>,
    id: Uuid,
    version: IfMatch,
    answer: Answer,
) -> ApiResult<Reply> {
    write(app, &asker.scope(), key, async |db| {
        let (row, side) = reach_to_change(app, db, asker, id, version).await?;
        if side != Side::Provider {
            return Err(ApiError::not_found());
        }
        let status = transition(&state(&row)?, answer.action(), seconds(row.now)).map_err(refused)?.as_str();
        // Where a policy gives a part back to those who did not come.
        let money = super::quote::paid_or_held(db, &row).await?;
        let mut detail = serde_json::json!({});
        super::quote::withheld(db, &row, &money, answer.action()).await?.note(&mut detail);
        let change = Change {
            status,
            awaits: None,
            appointment_id: row.appointment_id,
            time: None,
            hold_expires_at: None,
            cancelled_by: None,
            cancel_reason: "",
            event: answer.event(),
            actor: side.as_str(),
            actor_user_id: asker.user.map(|user| user.id),
            detail,
        };
        super::write_change(db, &row, &change).await?;
        let goes_back = money.refund(answer.action(), seconds(row.now));
        let is_held = money.kept_minor > row.kept_minor();
        let refund_minor = if is_held { 0 } else { goes_back };
        if refund_minor > 0 {
            payments::plan(db, row.provider_id, row.id, refund_minor, Cause::NoShow, None).await?;
        } else if goes_back > 0 {
            let quoted = serde_json::json!({
                "kept_minor": money.kept_minor, "at": seconds(row.now), "by": Cause::NoShow.as_str(),
                "refund_minor": goes_back,
            });
            payments::capture_and_return(db, row.provider_id, row.id, &quoted).await?;
        }
        if let Answer::Confirm = answer {
            payments::capture(db, row.provider_id, row.id).await?;
            let by = asker.member(side);
            let mut jobs = booking_mails(row.provider_id, row.id, Notice::Confirmed, row.sequence + 1, by);
            jobs.push(settling_job(row.provider_id, row.id, status, row.end_at, None));
            enqueue(db, &jobs).await?;
        } else {
            withdraw(db, &[settling_key(row.id)]).await?;
        }
        if let Answer::NoShow = answer {
            // Who did not come pays nothing more.
            payments::withdraw(db, row.provider_id, row.id).await?;
        }
        let changed = Row {
            status: status.to_owned(),
            awaits: None,
            refunded_minor: row.refunded_minor + refund_minor,
            hold_expires_at: None,
            sequence: row.sequence + 1,
            version: row.version + 1,
            ..row
        };
        Ok(Reply::ok(&whole(app, db, &changed, side).await?)?.version(changed.version))
    })
    .await
}
