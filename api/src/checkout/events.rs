//! What the processor tells by itself: stored once, handled by a job that reads everything anew.

use super::settle::{SettlePayment, settle};
use crate::app::App;
use crate::http::{ApiError, ApiResult};
use crate::jobs::{Failure, Job, JobContext, NewJob, Outcome, Priority, enqueue};
use crate::payments::{self, jobs};
use integrations::payments::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The name of the processor among those who tell us things.
pub(super) const SOURCE: &str = "stripe";

/// Handles a stored event.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HandleEvent {
    /// The processor's id of it.
    pub event_id: String,
    /// What happened.
    pub kind: String,
    /// What it happened to.
    pub object: String,
    /// The payment it belongs to.
    pub payment: Option<String>,
    /// The account it happened in, unless it is ours.
    #[serde(default)]
    pub payee: Option<String>,
}

/// Stores an event and queues its handling, once for each id.
///
/// # Errors
/// Those of the database.
pub(super) async fn receive(app: &App, event: &Event) -> ApiResult<()> {
    let mut tx = app.db.begin().await?;
    let stored = sqlx::query!(
        "insert into inbound_events (source, event_id, kind, object_id) values ($1, $2, $3, $4)
        on conflict do nothing",
        SOURCE,
        event.id,
        event.kind,
        event.object
    )
    .execute(&mut *tx)
    .await?;
    if stored.rows_affected() == 1 {
        let job = HandleEvent {
            event_id: event.id.clone(),
            kind: event.kind.clone(),
            object: event.object.clone(),
            payment: event.payment.clone(),
            payee: event.payee.clone(),
        };
        enqueue(&mut tx, &[NewJob::of(&job).priority(Priority::High)]).await?;
    }
    tx.commit().await.map_err(ApiError::from)
}

impl Job for HandleEvent {
    const KIND: &'static str = "checkout.event";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let app = &ctx.app;
        if let Some(payment) = self.payment(app).await? {
            settle(app, payment.provider_id, payment.payment_id).await?;
        } else if self.object.starts_with("acct_") {
            let payee = jobs::processor(app)?.payee(&self.object).await.map_err(jobs::failure)?;
            payments::keep_account(&mut *app.db.acquire().await?, None, &payee).await?;
        } else if let (Some(payee), true) = (&self.payee, self.object.starts_with("po_")) {
            payments::record_payout(app, payee, &self.object).await?;
        }
        sqlx::query!(
            "update inbound_events set done_at = app_now() where source = $1 and event_id = $2",
            SOURCE,
            self.event_id
        )
        .execute(&app.db)
        .await?;
        Ok(())
    }
}

impl HandleEvent {
    /// The payment of ours that the event is about. One that we do not know by the processor's id yet carries ours along.
    async fn payment(&self, app: &App) -> Result<Option<SettlePayment>, Failure> {
        let mut db = app.db.acquire().await?;
        let intent = match (&self.payment, self.object.starts_with("pi_")) {
            (Some(intent), _) => Some(intent),
            (None, true) => Some(&self.object),
            (None, false) => None,
        };
        let Some(intent) = intent else { return self.of_page(app).await };
        if let Some(known) = payments::by_intent(&mut db, intent).await? {
            return Ok(Some(SettlePayment { provider_id: known.provider_id, payment_id: known.id }));
        }
        drop(db);
        let payment = jobs::processor(app)?.payment(intent).await.map_err(jobs::failure)?;
        let id = |name: &str| payment.metadata.get(name).and_then(|id| Uuid::parse_str(id).ok());
        let Some((provider_id, payment_id)) = id("provider_id").zip(id("payment_id")) else {
            return Ok(None);
        };
        let mut db = app.db.acquire().await?;
        if let Some(ours) = payments::find(&mut db, provider_id, payment_id).await? {
            payments::opened(&mut db, &ours, None, Some(intent)).await?;
            return Ok(Some(SettlePayment { provider_id, payment_id }));
        }
        Ok(None)
    }

    /// The payment of the page that the event is about.
    async fn of_page(&self, app: &App) -> Result<Option<SettlePayment>, Failure> {
        if !self.object.starts_with("cs_") {
            return Ok(None);
        }
        let row = sqlx::query!("select provider_id, id from payments where page_id = $1", self.object)
            .fetch_optional(&app.db)
            .await?;
        Ok(row.map(|row| SettlePayment { provider_id: row.provider_id, payment_id: row.id }))
    }
}
