//! Giving back what was planned, once, however long the processor cannot be asked.

use super::jobs::{failure, processor};
use super::returns::{refused, write_refund};
use super::waiting::{self, DISPUTED};
use crate::checkout::SettlePayment;
use crate::db;
use crate::jobs::{Failure, Job, JobContext, NewJob, Outcome, Priority, enqueue};
use domain::money::{Currency, Money};
use integrations::payments::{DisputeState, History, Processor, ProcessorError, Refund, RefundOrder};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// After this a new try begins, with a key of its own: to the old one the processor may answer an error of its own for a day.
const TRY: Duration = Duration::hours(1);
/// How long a new try waits, so that no run of the old one, which takes five minutes at most, is under way any more.
const PAUSE: Duration = Duration::minutes(6);

/// Gives back what was planned.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct SendRefund {
    /// Whose booking it is.
    pub provider_id: Uuid,
    /// The refund.
    pub refund_id: Uuid,
}

/// A refund to be sent, and what of it is whose.
struct Planned {
    booking_id: Uuid,
    payment_id: Uuid,
    amount_minor: i64,
    currency: String,
    fee_minor: i64,
    unreversed_minor: i64,
    account_id: Option<String>,
    intent_id: Option<String>,
    attempt: i32,
}

impl Job for SendRefund {
    const KIND: &'static str = "payments.send_refund";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let app = &ctx.app;
        let Some(planned) = self.planned(&mut *app.db.acquire().await?).await? else { return Ok(()) };
        let sent = self.send(&*processor(app)?, &planned).await?;
        let mut tx = crate::db::begin(&app.db).await?;
        db::lock_provider(&mut tx, self.provider_id).await?;
        match sent {
            Sent::Given(given) => {
                let (sent, seen) = *given;
                write_refund(&mut tx, self.provider_id, planned.payment_id, &sent, seen.as_ref())
                    .await
                    .map_err(Failure::retry)?;
            }
            // What left too little is written down by settling, which then gives what is left: it may meet others that are short.
            Sent::Short => {
                waiting::wait(&mut tx, self.provider_id, self.refund_id).await?;
                let settle =
                    SettlePayment { provider_id: self.provider_id, payment_id: planned.payment_id }.queued();
                enqueue(&mut tx, &[settle]).await?;
            }
            Sent::Refused(code) if code == DISPUTED => {
                waiting::wait(&mut tx, self.provider_id, self.refund_id).await?;
                tracing::info!(refund = %self.refund_id, "a refund waits for a bank to decide about its payment");
            }
            Sent::Refused(code) => {
                let failed = sqlx::query!(
                    "update refunds set state = 'failed', failure = $3, updated_at = app_now()
                    where provider_id = $1 and id = $2 and refund_id is null and not waits",
                    self.provider_id,
                    self.refund_id,
                    code
                )
                .execute(&mut *tx)
                .await?;
                if failed.rows_affected() == 1 {
                    let booking = (self.provider_id, planned.booking_id);
                    refused(&mut tx, booking, self.refund_id).await.map_err(Failure::retry)?;
                }
                tracing::warn!(refund = %self.refund_id, %code, "a refund was refused");
            }
        }
        tx.commit().await?;
        app.live.committed();
        Ok(())
    }
}

/// What became of it at the processor.
enum Sent {
    /// It is there; with all that is known of its payment where that tells whose money it was.
    Given(Box<(Refund, Option<History>)>),
    /// Less than that is left there: somebody gave money back at the processor, or a bank did.
    Short,
    /// It never will be, for this reason in the processor's words.
    Refused(String),
}

impl SendRefund {
    /// To be sent, once at a time.
    #[must_use]
    pub fn queued(&self) -> NewJob {
        NewJob::of(self).key(format!("{}:{}", Self::KIND, self.refund_id))
    }

    /// What is still to be sent of what has been paid.
    async fn planned(&self, db: &mut PgConnection) -> Result<Option<Planned>, sqlx::Error> {
        sqlx::query_as!(
            Planned,
            r#"
            select r.booking_id, p.id as payment_id, r.amount_minor, p.currency::text as "currency!", r.fee_minor,
                r.unreversed_minor, p.account_id, p.intent_id, r.attempt
            from refunds r join payments p on p.provider_id = r.provider_id and p.id = r.payment_id
            where r.provider_id = $1 and r.id = $2 and r.refund_id is null and r.state = 'pending' and not r.waits
            "#,
            self.provider_id,
            self.refund_id
        )
        .fetch_optional(db)
        .await
    }

    async fn send(&self, processor: &dyn Processor, planned: &Planned) -> Result<Sent, Failure> {
        let currency = Currency::parse(&planned.currency).map_err(Failure::fail)?;
        let intent = planned.intent_id.as_deref();
        let intent = intent.ok_or_else(|| Failure::fail("a paid payment is not at the processor"))?;
        let order = RefundOrder {
            payment: intent.to_owned(),
            amount: Money::new(planned.amount_minor, currency),
            from_payee: planned.account_id.is_some() && planned.unreversed_minor == 0,
            return_fee: planned.fee_minor > planned.unreversed_minor,
            metadata: BTreeMap::from([("refund_id".to_owned(), self.refund_id.to_string())]),
        };
        match self.ask(processor, &order, planned).await {
            Ok(given) => Ok(Sent::Given(Box::new(given))),
            Err(ProcessorError::Permanent { code, .. } | ProcessorError::Declined { code }) => {
                match processor.history(intent).await {
                    Ok(seen) if left(&seen) < planned.amount_minor => Ok(Sent::Short),
                    Ok(_) | Err(ProcessorError::Permanent { .. }) => Ok(Sent::Refused(code)),
                    Err(error) => Err(failure(error)),
                }
            }
            Err(error) => Err(failure(error)),
        }
    }

    /// Asks, unless an earlier run was heard before it could write down the answer: the processor forgets keys after a day,
    /// refunds never.
    async fn ask(
        &self,
        processor: &dyn Processor,
        order: &RefundOrder,
        planned: &Planned,
    ) -> Result<(Refund, Option<History>), ProcessorError> {
        let id = self.refund_id.to_string();
        let is_ours = |refund: &&Refund| refund.metadata.get("refund_id") == Some(&id);
        let before = processor.history(&order.payment).await?;
        if let Some(sent) = before.refunds.iter().find(is_ours).cloned() {
            return Ok((sent, Some(before)));
        }
        let key = match planned.attempt {
            1 => format!("refund:{id}"),
            attempt => format!("refund:{id}:{attempt}"),
        };
        let sent = processor.refund(order, &key).await?;
        // What of the platform's share went back is told with the charge alone.
        let seen = match planned.account_id {
            Some(_) => Some(processor.history(&order.payment).await?),
            None => None,
        };
        Ok((sent, seen))
    }
}

/// What can still go back of a payment by what the processor has, in minor units.
fn left(seen: &History) -> i64 {
    let lost = seen.disputes.iter().filter(|dispute| dispute.state == DisputeState::Lost);
    let taken: i64 = lost.map(|dispute| dispute.amount.minor).sum();
    let charge = seen.payment.charge.as_ref();
    charge.map_or(0, |charge| charge.captured.minor - charge.refunded.minor - taken)
}

/// Refunds of which nothing was heard for a while, to be sent again. Where that goes on, as a new try.
///
/// # Errors
/// Those of the database.
pub async fn unsent(db: &mut PgConnection) -> Result<Vec<NewJob>, sqlx::Error> {
    let late = sqlx::query!(
        r#"
        select provider_id, id, attempted_at < app_now() - make_interval(secs => $1) as "is_over!", app_now() as "now!"
        from refunds
        where state = 'pending' and refund_id is null and not waits and attempted_at < app_now() - interval '15 minutes'
        order by attempted_at limit 500
        "#,
        TRY.as_seconds_f64()
    )
    .fetch_all(&mut *db)
    .await?;
    let over: Vec<Uuid> = late.iter().filter(|refund| refund.is_over).map(|refund| refund.id).collect();
    sqlx::query!(
        "update refunds set attempt = attempt + 1, attempted_at = app_now()
        where id = any($1) and state = 'pending' and refund_id is null",
        &over
    )
    .execute(db)
    .await?;
    let job = |provider_id, refund_id, now: OffsetDateTime, is_over: bool| {
        let at = if is_over { now + PAUSE } else { now };
        SendRefund { provider_id, refund_id }.queued().at(at).priority(Priority::Low)
    };
    Ok(late.iter().map(|refund| job(refund.provider_id, refund.id, refund.now, refund.is_over)).collect())
}
