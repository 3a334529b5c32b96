//! What the processor tells by itself: stored once, handled by a job that reads everything anew.

use super::settle::{SettlePayment, settle};
use crate::app::App;
use crate::http::{ApiError, ApiResult};
use crate::jobs::{Failure, Job, JobContext, NewJob, Outcome, Priority, enqueue};
use crate::payments::{self, jobs};
use integrations::payments::{Event, ProcessorError};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
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
    let mut tx = crate::db::begin(&app.db).await?;
    let stored = sqlx::query!(
        "insert into inbound_events (source, event_id, kind, object_id, payment, payee) values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing",
        SOURCE,
        event.id,
        event.kind,
        event.object,
        event.payment,
        event.payee
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
        enqueue(&mut tx, &[job.queued().priority(Priority::High)]).await?;
    }
    tx.commit().await.map_err(ApiError::from)
}

/// Events whose handling has been given up, or lost. The processor itself forgets them after 30 days.
pub(super) async fn unhandled(db: &mut PgConnection) -> Result<Vec<NewJob>, sqlx::Error> {
    let events = sqlx::query_as!(
        HandleEvent,
        "select event_id, kind, object_id as object, payment, payee from inbound_events
        where source = $1 and done_at is null
            and received_at between app_now() - interval '30 days' and app_now() - interval '1 hour'
        order by received_at limit 500",
        SOURCE
    )
    .fetch_all(db)
    .await?;
    Ok(events.iter().map(|event| event.queued().priority(Priority::Low)).collect())
}

impl Job for HandleEvent {
    const KIND: &'static str = "checkout.event";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let app = &ctx.app;
        if let Some(payment) = self.payment(app).await? {
            settle(app, payment.provider_id, payment.payment_id).await?;
        } else if self.object.starts_with("acct_") {
            let payee = jobs::processor(app)?.payee(&self.object).await.map_err(jobs::failure)?;
            payments::keep_account(&app.db, None, &payee).await.map_err(Failure::retry)?;
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
    /// To be handled, once at a time.
    fn queued(&self) -> NewJob {
        NewJob::of(self).key(format!("{}:{}", Self::KIND, self.event_id))
    }

    /// The payment of ours that the event is about. One that we do not know by the processor's id yet carries ours along.
    async fn payment(&self, app: &App) -> Result<Option<SettlePayment>, Failure> {
        // Clients pay the platform, so what is paid in a provider's account is its holder's own affair.
        if self.payee.is_some() {
            return Ok(None);
        }
        let intent = match (&self.payment, self.object.starts_with("pi_")) {
            (Some(intent), _) => Some(intent),
            (None, true) => Some(&self.object),
            (None, false) => None,
        };
        let Some(intent) = intent else { return self.of_page(app).await };
        let known = payments::by_intent(&mut *app.db.acquire().await?, intent).await?;
        if let Some(known) = known {
            return Ok(Some(SettlePayment { provider_id: known.provider_id, payment_id: known.id }));
        }
        let payment = match jobs::processor(app)?.payment(intent).await {
            Ok(payment) => payment,
            // Not of the account, or not of the mode, of our key.
            Err(ProcessorError::Permanent { code, .. }) if code == "resource_missing" => return Ok(None),
            Err(error) => return Err(jobs::failure(error)),
        };
        let id = |name: &str| payment.metadata.get(name).and_then(|id| Uuid::parse_str(id).ok());
        let Some((provider_id, payment_id)) = id("provider_id").zip(id("payment_id")) else {
            return Ok(None);
        };
        if payments::adopt(app, provider_id, payment_id, &payment).await? {
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
