//! What is asked of the processor later: to take what the bank holds, to let go of what will not be paid.

use super::fate::{Fate, fate};
pub use super::send_refund::{SendRefund, unsent};
use super::store::{self, Payment, State};
use crate::app::App;
use crate::checkout::SettlePayment;
use crate::db;
use crate::jobs::{Failure, Job, JobContext, NewJob, Outcome, Priority, enqueue};
use integrations::payments::{PageState, PaymentState, Processor, ProcessorError};
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
        let wanted = destined(app, self.provider_id, self.payment_id, Fate::Take).await?;
        let held = wanted.filter(|payment| payment.state == State::Authorised);
        let Some(intent) = held.and_then(|payment| payment.intent_id) else { return Ok(()) };
        let processor = processor(app)?;
        if let Err(error) = processor.capture(&intent, None).await {
            let refused @ (ProcessorError::Permanent { .. } | ProcessorError::Declined { .. }) = error else {
                return Err(failure(error));
            };
            // Settling would ask for it again at once. The next look does.
            if processor.payment(&intent).await.map_err(failure)?.state == PaymentState::Authorised {
                tracing::error!(payment = %self.payment_id, %refused, "what the bank holds cannot be taken");
                return Ok(());
            }
        }
        // What it means for the booking is settled from what the processor says then, as ever.
        settle_soon(app, self.provider_id, self.payment_id).await
    }
}

impl ReleasePayment {
    /// To be done, once at a time.
    #[must_use]
    pub fn queued(&self) -> NewJob {
        NewJob::of(self).key(format!("{}:{}", Self::KIND, self.payment_id))
    }
}

impl Job for ReleasePayment {
    const KIND: &'static str = "payments.release";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let app = &ctx.app;
        let unwanted = destined(app, self.provider_id, self.payment_id, Fate::LetGo).await?;
        let Some(payment) = unwanted else { return Ok(()) };
        match close(&*processor(app)?, &payment).await.map_err(failure)? {
            Closing::Closed(None) => {
                match store::give_up(&mut *app.db.acquire().await?, &payment, None).await? {
                    true => Ok(()),
                    false => Err(Failure::retry("its page was opened in the same moment")),
                }
            }
            // What it means for the booking is settled from what the processor says then: it may stand again since.
            Closing::Closed(Some(_)) => settle_soon(app, self.provider_id, self.payment_id).await,
            // Where it was paid in the very moment, what arrived is settled when it is told.
            Closing::Paid => Ok(()),
        }
    }
}

/// A payment that may still bring money, if this is to become of it: while a job waits its booking may be called off, or come back.
async fn destined(
    app: &App,
    provider_id: Uuid,
    payment_id: Uuid,
    wanted: Fate,
) -> Result<Option<Payment>, Failure> {
    let mut tx = crate::db::begin(&app.db).await?;
    db::lock_provider(&mut tx, provider_id).await?;
    let found = store::find(&mut tx, provider_id, payment_id).await?;
    let Some(payment) = found.filter(|payment| !matches!(payment.state, State::Paid | State::Over)) else {
        return Ok(None);
    };
    let fate = fate(&mut tx, &payment).await.map_err(Failure::retry)?;
    tx.commit().await?;
    Ok(Some(payment).filter(|_| fate == wanted))
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
