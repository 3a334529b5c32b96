//! Ending a booking before it takes place. Every cancellation, decline and expiry goes through [`end`].

use super::{quote, reach_to_change, settling_key};
use crate::app::App;
use crate::bookings::access::{Asker, Side};
use crate::bookings::error::refused;
use crate::bookings::store::{self, Change, Row};
use crate::bookings::view::{state, whole};
use crate::db::seconds;
use crate::http::idempotency::IdempotencyKey;
use crate::http::{ApiError, ApiResult, IfMatch, Reply, write};
use crate::jobs::{enqueue, withdraw};
use crate::notifications::{Notice, TellMove, tell_end};
use crate::payments::{self, Cause};
use domain::booking::{Action, CancelledBy, transition};
use sqlx::PgConnection;
use uuid::Uuid;

/// Calls a booking off, by its client or its provider.
///
/// # Errors
/// `not_found`, `version_mismatch`, `invalid_transition`.
pub async fn cancel(
    app: &App,
    asker: &Asker,
    key: Option<&IdempotencyKey>,
    id: Uuid,
    version: IfMatch,
    reason: &str,
) -> ApiResult<Reply> {
    write(app, &asker.scope(), key, async |db| {
        let (row, side) = reach_to_change(app, db, asker, id, version).await?;
        end_by(app, db, &row, asker, side, Action::Cancel(side.party()), reason).await
    })
    .await
}

/// Turns a request down.
///
/// # Errors
/// `not_found`, also for anyone but the provider, `version_mismatch`, `invalid_transition`.
pub async fn decline(
    app: &App,
    asker: &Asker,
    key: Option<&IdempotencyKey>,
    id: Uuid,
    version: IfMatch,
    reason: &str,
) -> ApiResult<Reply> {
    write(app, &asker.scope(), key, async |db| {
        let (row, side) = reach_to_change(app, db, asker, id, version).await?;
        if side != Side::Provider {
            return Err(ApiError::not_found());
        }
        end_by(app, db, &row, asker, side, Action::Decline, reason).await
    })
    .await
}

async fn end_by(
    app: &App,
    db: &mut PgConnection,
    row: &Row,
    asker: &Asker,
    side: Side,
    action: Action,
    reason: &str,
) -> ApiResult<Reply> {
    let ended = end(db, row, action, side.as_str(), asker.user.map(|user| user.id), reason).await?;
    Ok(Reply::ok(&whole(app, db, &ended, side).await?)?.version(ended.version))
}

/// Ends a booking: the row lets go of its time first, then the seats are given back, then both sides are told.
pub(super) async fn end(
    db: &mut PgConnection,
    row: &Row,
    action: Action,
    actor: &str,
    user_id: Option<Uuid>,
    reason: &str,
) -> ApiResult<Row> {
    transition(&state(row)?, action, seconds(row.now)).map_err(refused)?;
    let by = action.cancels().ok_or_else(|| ApiError::internal("the action does not end a booking"))?;
    let (event, notice) = match by {
        CancelledBy::Client | CancelledBy::Provider => ("cancelled", Notice::Cancelled),
        CancelledBy::Declined => ("declined", Notice::Declined),
        CancelledBy::Expired if action == Action::LosePayment => ("expired", Notice::Unpaid),
        CancelledBy::Expired => ("expired", Notice::Expired),
    };
    let money = quote::paid_or_held(db, row).await?;
    let refund_minor = money.refund(action, seconds(row.now));
    // What the bank still holds is taken before a part of it goes back; where all of it would, it is only let go of.
    let counted_minor = money.kept_minor - row.kept_minor();
    let is_taken = counted_minor > refund_minor;
    let goes_back_minor = if is_taken { refund_minor } else { refund_minor - counted_minor };
    let held_minor = payments::held(db, row.provider_id, row.id).await?;
    let mut detail = serde_json::json!({});
    if !reason.is_empty() {
        detail["reason"] = reason.into();
    }
    let quoted = serde_json::json!({
        "policy": row.policy.0, "anchor": money.anchor, "kept_minor": money.kept_minor,
        "at": seconds(row.now), "by": by.as_str(), "refund_minor": refund_minor,
    });
    if row.kept_minor() > 0 || is_taken {
        detail["refund_minor"] = goes_back_minor.into();
        // Also where nothing comes back, and there is no refund to keep it with: that is what is argued about.
        detail["quote"] = quoted.clone();
    }
    quote::withheld(db, row, &money, action).await?.note(&mut detail);
    if held_minor > 0 {
        detail[if is_taken { "charged_minor" } else { "released_minor" }] = held_minor.into();
    }
    if action == Action::LosePayment {
        detail["lost_minor"] = (row.due_minor - row.paid_minor).into();
    }
    let change = Change {
        status: "cancelled",
        awaits: None,
        appointment_id: None,
        time: None,
        hold_expires_at: row.hold_expires_at,
        cancelled_by: Some(by.as_str()),
        cancel_reason: reason,
        event,
        actor,
        actor_user_id: user_id,
        detail,
    };
    super::write_change(db, row, &change).await?;
    if let Some(appointment_id) = row.appointment_id {
        store::release(db, row.provider_id, appointment_id, row.party_size).await?;
    }
    withdraw(db, &[settling_key(row.id)]).await?;
    let goes_back_now = if is_taken {
        payments::capture_and_return(db, row.provider_id, row.id, &quoted).await?;
        0
    } else {
        payments::withdraw(db, row.provider_id, row.id).await?;
        goes_back_minor
    };
    if goes_back_now > 0 {
        let cause = match by {
            CancelledBy::Client | CancelledBy::Provider => Cause::Cancelled,
            CancelledBy::Declined => Cause::Declined,
            CancelledBy::Expired => Cause::Expired,
        };
        payments::plan(db, row.provider_id, row.id, goes_back_now, cause, Some(&quoted)).await?;
    }
    let member = user_id.filter(|_| actor == Side::Provider.as_str());
    let news = TellMove { provider_id: row.provider_id, booking_id: row.id, by: member };
    let mails = tell_end(db, news, notice, row.sequence + 1).await?;
    if row.is_told() {
        enqueue(db, &mails).await?;
    }
    Ok(Row {
        status: "cancelled".to_owned(),
        awaits: None,
        refunded_minor: row.refunded_minor + goes_back_now,
        appointment_id: None,
        cancelled_by: Some(by.as_str().to_owned()),
        cancel_reason: reason.to_owned(),
        sequence: row.sequence + 1,
        version: row.version + 1,
        ..row.clone()
    })
}
