//! What is asked of the processor later: to take what the bank holds, to let go of what will not be paid.

pub use super::send_refund::{SendRefund, unsent};
use super::store::{self, Payment, State};
use crate::app::App;
use crate::bookings;
use crate::checkout::SettlePayment;
use crate::db;
use crate::jobs::{Failure, Job, JobContext, NewJob, Outcome, Priority, enqueue};
use domain::booking::Status;
use integrations::payments::{PageState, Processor, ProcessorError};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

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

impl CapturePayment {
    /// To be done, once at a time.
    #[must_use]
    pub fn queued(&self) -> NewJob {
        NewJob::of(self).key(format!("{}:{}", Self::KIND, self.payment_id))
    }
}

impl Job for CapturePayment {
    const KIND: &'static str = "payments.capture";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let app = &ctx.app;
        let found = store::find(&mut *app.db.acquire().await?, self.provider_id, self.payment_id).await?;
        let held = found.filter(|payment| payment.state == State::Authorised);
        let Some(intent) = held.and_then(|payment| payment.intent_id) else { return Ok(()) };
        let captured = processor(app)?.capture(&intent, None).await;
        match captured {
            // What it means for the booking is settled from what the processor says then, as ever.
            Ok(_) | Err(ProcessorError::Permanent { .. } | ProcessorError::Declined { .. }) => {
                settle_soon(app, self.provider_id, self.payment_id).await
            }
            Err(error) => Err(failure(error)),
        }
    }
}

impl ReleasePayment {
    /// To be done, once at a time.
    #[must_use]
    pub fn queued(&self) -> NewJob {
        NewJob::of(self).key(format!("{}:{}", Self::KIND, self.payment_id))
    }

    /// The payment, if it is still to be let go of: one that was authorised in the last moment may have brought its booking
    /// back.
    async fn still_unwanted(&self, app: &App) -> Result<Option<Payment>, Failure> {
        let mut tx = app.db.begin().await?;
        db::lock_provider(&mut tx, self.provider_id).await?;
        let found = store::find(&mut tx, self.provider_id, self.payment_id).await?;
        let Some(payment) = found.filter(|payment| !matches!(payment.state, State::Paid | State::Over))
        else {
            return Ok(None);
        };
        let status = bookings::status(&mut tx, payment.booking_id).await.map_err(Failure::retry)?;
        tx.commit().await?;
        Ok(Some(payment).filter(|_| status == Some(Status::Cancelled)))
    }
}

impl Job for ReleasePayment {
    const KIND: &'static str = "payments.release";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let app = &ctx.app;
        let Some(payment) = self.still_unwanted(app).await? else { return Ok(()) };
        match close(&*processor(app)?, &payment).await.map_err(failure)? {
            Closing::Closed(None) => Ok(store::give_up(&mut *app.db.acquire().await?, &payment, None).await?),
            // What it means for the booking is settled from what the processor says then: it may stand again since.
            Closing::Closed(Some(_)) => settle_soon(app, self.provider_id, self.payment_id).await,
            // Where it was paid in the very moment, what arrived is settled when it is told.
            Closing::Paid => Ok(()),
        }
    }
}

async fn settle_soon(app: &App, provider_id: Uuid, payment_id: Uuid) -> Outcome {
    let job = SettlePayment { provider_id, payment_id }.queued().priority(Priority::High);
    enqueue(&mut *app.db.acquire().await?, &[job]).await.map_err(Failure::retry)
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
    match processor.release(&intent).await {
        Ok(_) => Ok(Closing::Closed(Some(intent))),
        Err(ProcessorError::Permanent { .. }) => Ok(Closing::Paid),
        Err(error) => Err(error),
    }
}
