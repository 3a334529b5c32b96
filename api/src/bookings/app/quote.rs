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
use std::collections::BTreeMap;
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
    let disputed_minor = match row.disputed_minor {
        0 => 0,
        _ => payments::at_banks(&mut db, id).await?.iter().map(|(_, minor)| minor).sum(),
    };
    let holds = |stage: &Stage| stage.until.is_none_or(|until| now <= until);
    let stage = stages.iter().position(holds).and_then(|stage| u32::try_from(stage).ok());
    Ok(CancellationQuote {
        refund_minor: paid.refund(action, now),
        kept_minor: paid.kept_minor,
        disputed_minor,
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

/// What would come back of what banks have while they look into disputes: owed from the end of the booking on, where a bank
/// decides for the provider.
#[derive(Debug, Default)]
pub(super) struct Withheld {
    /// In all, in minor units.
    pub(super) minor: i64,
    /// Of each payment.
    pub(super) of: BTreeMap<Uuid, i64>,
}

impl Withheld {
    /// For the event that ends the booking.
    pub(super) fn note(&self, detail: &mut serde_json::Value) {
        if self.minor > 0 {
            detail["withheld_minor"] = self.minor.into();
            detail["withheld"] = serde_json::json!(self.of);
        }
    }
}

/// What is owed of what banks have, should the booking end by this action now.
pub(super) async fn withheld(
    db: &mut PgConnection,
    row: &Row,
    paid: &Paid,
    action: Action,
) -> ApiResult<Withheld> {
    if row.disputed_minor == 0 {
        return Ok(Withheld::default());
    }
    let now = seconds(row.now);
    let owed = |at_banks: i64| {
        let more = Paid { kept_minor: paid.kept_minor + at_banks, ..paid.clone() };
        more.refund(action, now) - paid.refund(action, now)
    };
    let (mut counted, mut withheld) = (0, Withheld::default());
    for (payment_id, minor) in payments::at_banks(db, row.id).await? {
        counted += minor;
        let until = owed(counted);
        withheld.of.insert(payment_id, until - withheld.minor);
        withheld.minor = until;
    }
    Ok(withheld)
}

/// The policy's clock after `side` moves the booking to `start`.
pub(super) fn after_move(row: &Row, side: Side, start: OffsetDateTime) -> Clock {
    let [from, to, now] = [row.start_at, start, row.now].map(seconds);
    row.policy.after_move(row.clock(), side.party(), from, to, now)
}
