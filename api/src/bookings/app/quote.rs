//! What a cancellation brings back: quoted beforehand and refunded by the same function.

use crate::app::App;
use crate::bookings::access::{Asker, Side};
use crate::bookings::error::refused;
use crate::bookings::store::Row;
use crate::bookings::view::state;
use crate::db::{from_seconds, seconds};
use crate::http::{ApiError, ApiResult};
use crate::payments;
use crate::terms;
use contract::payments::{CancellationQuote, RefundStage};
use domain::booking::{Action, Status, transition};
use domain::money::Currency;
use domain::payment::policy::Clock;
use domain::payment::quote::{Paid, Stage};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// What a cancellation by the asker would bring back.
///
/// # Errors
/// `not_found`; `invalid_transition` where it cannot be cancelled.
pub async fn quote(app: &App, asker: &Asker, id: Uuid) -> ApiResult<CancellationQuote> {
    let mut db = app.db.acquire().await?;
    let (row, side) = asker.reach(app, &mut db, id).await?;
    let (now, action) = (seconds(row.now), Action::Cancel(side.party()));
    transition(&state(&row)?, action, now).map_err(refused)?;
    let paid = paid_or_held(&mut db, &row).await?;
    let whole = Stage { until: None, percent: 100, refund_minor: paid.refund(action, now) };
    let mut stages = if side == Side::Provider { vec![whole] } else { paid.stages() };
    // Clients cancel before the start, so what would change then never does.
    if let Some(last) = stages.iter().position(|stage| stage.until >= Some(seconds(row.start_at))) {
        stages.truncate(last + 1);
        stages.last_mut().into_iter().for_each(|stage| stage.until = None);
    }
    let holds = |stage: &Stage| stage.until.is_none_or(|until| now <= until);
    let stage = stages.iter().position(holds).and_then(|stage| u32::try_from(stage).ok());
    Ok(CancellationQuote {
        refund_minor: paid.refund(action, now),
        kept_minor: paid.kept_minor,
        disputed_minor: row.disputed_minor,
        currency: row.currency,
        stages: stages.iter().map(on_the_wire).collect(),
        stage: stage.unwrap_or_default(),
        at: from_seconds(now),
    })
}

fn on_the_wire(stage: &Stage) -> RefundStage {
    RefundStage {
        until: stage.until.map(from_seconds),
        refund_percent: stage.percent,
        refund_minor: stage.refund_minor,
    }
}

/// What was agreed and paid, for the rules.
fn paid(row: &Row) -> ApiResult<Paid> {
    Ok(Paid {
        policy: row.policy.0.clone(),
        no_show_percent: terms::percent(row.no_show_percent),
        anchor: seconds(row.policy_anchor),
        kept_minor: row.kept_minor(),
        currency: Currency::parse(&row.currency).map_err(ApiError::internal)?,
    })
}

/// The same where what the bank holds for a booking that stands counts as paid: it is taken in a moment, and whoever calls the
/// booking off in that moment owes what everybody owes.
pub(super) async fn paid_or_held(db: &mut PgConnection, row: &Row) -> ApiResult<Paid> {
    let paid = paid(row)?;
    if !matches!(state(row)?.status, Status::Confirmed | Status::Completed) {
        return Ok(paid);
    }
    let held = payments::held(db, row.provider_id, row.id).await?;
    Ok(Paid { kept_minor: paid.kept_minor + held, ..paid })
}

/// What would come back of what a bank disputes, were it not disputed: owed from the end of the booking on, where the bank
/// decides for the provider.
pub(super) fn withheld(row: &Row, paid: &Paid, action: Action) -> i64 {
    let whole = Paid { kept_minor: paid.kept_minor + row.disputed_minor, ..paid.clone() };
    whole.refund(action, seconds(row.now)) - paid.refund(action, seconds(row.now))
}

/// The policy's clock after `side` moves the booking to `start`.
pub(super) fn after_move(row: &Row, side: Side, start: OffsetDateTime) -> Clock {
    let [from, to, now] = [row.start_at, start, row.now].map(seconds);
    row.policy.after_move(row.clock(), side.party(), from, to, now)
}
