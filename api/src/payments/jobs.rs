//! What is asked of the processor later: to give money back, to let go of what will not be paid.

use super::returns::write_refund;
use super::store::{self, Payment, State};
use crate::app::App;
use crate::checkout::SettlePayment;
use crate::db;
use crate::jobs::{Failure, Job, JobContext, NewJob, Outcome, Priority, enqueue};
use crate::notifications::RefundMail;
use domain::money::{Currency, Money};
use integrations::payments::{PageState, Processor, ProcessorError, Refund, RefundOrder};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// Gives back what was planned.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct SendRefund {
    /// Whose booking it is.
    pub provider_id: Uuid,
    /// The refund.
    pub refund_id: Uuid,
}

/// Sees to it that a payment will never be paid.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct ReleasePayment {
    /// Whose booking it is.
    pub provider_id: Uuid,
    /// The payment.
    pub payment_id: Uuid,
}

/// Takes what the bank holds.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct CapturePayment {
    /// Whose booking it is.
    pub provider_id: Uuid,
    /// The payment.
    pub payment_id: Uuid,
}

/// The processor, which jobs about payments cannot do without.
///
/// # Errors
/// Where none is configured, to be tried again.
pub fn processor(app: &App) -> Result<Arc<dyn Processor>, Failure> {
    let payments =
        app.payments.as_ref().ok_or_else(|| Failure::retry("no payment processor is configured"))?;
    Ok(payments.processor.clone())
}

/// An error of the processor as the end of a job.
#[must_use]
pub fn failure(error: ProcessorError) -> Failure {
    match error {
        ProcessorError::Temporary(_) => Failure::retry(error),
        ProcessorError::Permanent { .. } | ProcessorError::Declined { .. } => Failure::fail(error),
    }
}

impl Job for SendRefund {
    const KIND: &'static str = "payments.send_refund";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let app = &ctx.app;
        let processor = processor(app)?;
        let refund = sqlx::query!(
            r#"
            select r.amount_minor, r.fee_minor, r.booking_id, p.id as payment_id, p.currency::text as "currency!", p.account_id,
                p.intent_id
            from refunds r join payments p on p.provider_id = r.provider_id and p.id = r.payment_id
            where r.provider_id = $1 and r.id = $2 and r.refund_id is null and r.state = 'pending'
            "#,
            self.provider_id,
            self.refund_id
        )
        .fetch_optional(&app.db)
        .await?;
        let Some(refund) = refund else { return Ok(()) };
        let currency = Currency::parse(&refund.currency).map_err(Failure::fail)?;
        let intent =
            refund.intent_id.ok_or_else(|| Failure::fail("a paid payment is not at the processor"))?;
        let order = RefundOrder {
            payment: intent.clone(),
            amount: Money::new(refund.amount_minor, currency),
            from_payee: refund.account_id.is_some(),
            return_fee: refund.fee_minor > 0,
            metadata: BTreeMap::from([("refund_id".to_owned(), self.refund_id.to_string())]),
        };
        let sent = match self.sent_before(&*processor, &intent).await? {
            Some(sent) => Ok(sent),
            None => processor.refund(&order, &format!("refund:{}", self.refund_id)).await,
        };
        let mut tx = app.db.begin().await?;
        db::lock_provider(&mut tx, self.provider_id).await?;
        match sent {
            Ok(sent) => {
                write_refund(&mut tx, self.provider_id, refund.payment_id, &sent, None)
                    .await
                    .map_err(Failure::retry)?;
            }
            Err(ProcessorError::Permanent { code, .. } | ProcessorError::Declined { code }) => {
                sqlx::query!(
                    "update refunds set state = 'failed', failure = $3, updated_at = app_now()
                    where provider_id = $1 and id = $2 and refund_id is null",
                    self.provider_id,
                    self.refund_id,
                    code
                )
                .execute(&mut *tx)
                .await?;
                let mail = RefundMail::failed(self.provider_id, refund.booking_id, self.refund_id);
                enqueue(&mut tx, &[NewJob::of(&mail)]).await?;
                tracing::warn!(refund = %self.refund_id, %code, "a refund was refused");
            }
            Err(error) => return Err(failure(error)),
        }
        tx.commit().await?;
        app.live.committed();
        Ok(())
    }
}

impl SendRefund {
    /// What an earlier run made before it could write it down. The processor forgets keys after a day, refunds never.
    async fn sent_before(&self, processor: &dyn Processor, intent: &str) -> Result<Option<Refund>, Failure> {
        let id = self.refund_id.to_string();
        let history = processor.history(intent).await.map_err(failure)?;
        Ok(history.refunds.into_iter().find(|refund| refund.metadata.get("refund_id") == Some(&id)))
    }
}

impl Job for CapturePayment {
    const KIND: &'static str = "payments.capture";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let app = &ctx.app;
        let mut db = app.db.acquire().await?;
        let found = store::find(&mut db, self.provider_id, self.payment_id).await?;
        let held = found.filter(|payment| payment.state == State::Authorised);
        let Some(intent) = held.and_then(|payment| payment.intent_id) else { return Ok(()) };
        let captured = processor(app)?.capture(&intent, None, &format!("capture:{}", self.payment_id)).await;
        match captured {
            // What it means for the booking is settled from what the processor says then, as ever.
            Ok(_) | Err(ProcessorError::Permanent { .. } | ProcessorError::Declined { .. }) => {
                let job = SettlePayment { provider_id: self.provider_id, payment_id: self.payment_id };
                enqueue(&mut db, &[NewJob::of(&job).priority(Priority::High)]).await.map_err(Failure::retry)
            }
            Err(error) => Err(failure(error)),
        }
    }
}

impl Job for ReleasePayment {
    const KIND: &'static str = "payments.release";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let mut db = ctx.app.db.acquire().await?;
        let found = store::find(&mut db, self.provider_id, self.payment_id).await?;
        drop(db);
        if let Some(payment) = found.filter(|payment| !matches!(payment.state, State::Paid | State::Over)) {
            // Where it was paid in the very moment, what arrived is settled when it is told.
            if let Closing::Closed(intent) = close(&*processor(&ctx.app)?, &payment).await.map_err(failure)? {
                let mut db = ctx.app.db.acquire().await?;
                store::give_up(&mut db, &payment, intent.as_deref()).await?;
            }
        }
        Ok(())
    }
}

/// What came of closing a payment.
#[derive(Debug)]
pub enum Closing {
    /// Nobody can pay any more; with the payment at the processor, if one was begun.
    Closed(Option<String>),
    /// It was paid before.
    Paid,
}

/// Sees to it that nobody can pay any more: the page closes, what is authorised is released.
///
/// # Errors
/// Those of the processor.
pub async fn close(processor: &dyn Processor, payment: &Payment) -> Result<Closing, ProcessorError> {
    let mut intent = payment.intent_id.clone();
    if let Some(page) = &payment.page_id {
        let page = processor.expire_page(page).await?;
        if page.state == PageState::Complete && payment.state == State::Open {
            return Ok(Closing::Paid);
        }
        intent = intent.or(page.payment);
    }
    let Some(intent) = intent else { return Ok(Closing::Closed(None)) };
    match processor.release(&intent, &format!("release:{}", payment.id)).await {
        Ok(_) => Ok(Closing::Closed(Some(intent))),
        Err(ProcessorError::Permanent { .. }) => Ok(Closing::Paid),
        Err(error) => Err(error),
    }
}
