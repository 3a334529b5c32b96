//! Looking for what webhooks missed: money that came or went without our having been told.

use super::settle::{SettlePayment, settle};
use crate::app::App;
use crate::jobs::{Failure, Job, JobContext, NewJob, Outcome, Priority, enqueue};
use crate::payments::{self, jobs};
use integrations::payments::{Batch, Payment};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// How far back it looks, beyond what is open: events are told again for three days.
const BACK: Duration = Duration::days(4);
/// How often it looks.
const EVERY: Duration = Duration::minutes(15);

/// Compares what we know with what the processor knows, and queues itself again.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Reconcile {}

impl Job for Reconcile {
    const KIND: &'static str = "checkout.reconcile";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let app = &ctx.app;
        if app.payments.is_none() {
            return Ok(());
        }
        let found = look(app).await;
        // It comes again whatever it found, so it cannot end by failing too often.
        let mut db = app.db.acquire().await?;
        let now = crate::db::now(&mut db).await?;
        enqueue(&mut db, &[Self::next(now + EVERY)]).await?;
        found
    }
}

impl Reconcile {
    /// The next look.
    #[must_use]
    pub fn next(at: OffsetDateTime) -> NewJob {
        NewJob::of(&Self {}).at(at).key(Self::KIND).priority(Priority::Low)
    }
}

async fn look(app: &App) -> Outcome {
    for open in unsettled(app).await? {
        settle(app, open.provider_id, open.payment_id).await?;
    }
    let mut db = app.db.acquire().await?;
    let since = crate::db::real_now(&mut db).await? - BACK;
    drop(db);
    let processor = jobs::processor(app)?;
    let mut after: Option<String> = None;
    loop {
        let Batch { items, next } =
            processor.payments(since, after.as_deref()).await.map_err(jobs::failure)?;
        for payment in &items {
            if let Some(ours) = differs(app, payment).await? {
                settle(app, ours.provider_id, ours.payment_id).await?;
            }
        }
        match next {
            Some(next) => after = Some(next),
            None => return Ok(()),
        }
    }
}

/// Payments and refunds that have been under way for a while.
async fn unsettled(app: &App) -> Result<Vec<SettlePayment>, Failure> {
    let rows = sqlx::query_as!(
        SettlePayment,
        r#"
        select provider_id as "provider_id!", id as "payment_id!" from payments
        where state in ('open', 'authorised') and updated_at < app_now() - interval '5 minutes'
        union
        select provider_id, payment_id from refunds
        where state in ('pending', 'requires_action') and updated_at < app_now() - interval '5 minutes'
        limit 500
        "#
    )
    .fetch_all(&app.db)
    .await?;
    Ok(rows)
}

/// The payment of ours that the processor says other things about than we know.
async fn differs(app: &App, seen: &Payment) -> Result<Option<SettlePayment>, Failure> {
    let id = |name: &str| seen.metadata.get(name).and_then(|id| Uuid::parse_str(id).ok());
    let Some((provider_id, payment_id)) = id("provider_id").zip(id("payment_id")) else { return Ok(None) };
    let mut db = app.db.acquire().await?;
    let Some(ours) = payments::find(&mut db, provider_id, payment_id).await? else { return Ok(None) };
    let refunded = seen.charge.as_ref().map_or(0, |charge| charge.refunded.minor);
    let disputed = seen.charge.as_ref().is_some_and(|charge| charge.disputed);
    let arrived = seen.received.minor > 0;
    let knows =
        (ours.state == payments::State::Paid) == arrived && ours.refunded_minor == refunded && !disputed;
    if knows {
        return Ok(None);
    }
    payments::opened(&mut db, &ours, None, None, Some(&seen.id)).await?;
    Ok(Some(SettlePayment { provider_id, payment_id }))
}
