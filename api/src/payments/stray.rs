//! Payments at the processor that carry the id of one of ours.

use super::jobs::{failure, processor};
use super::store::{self, State};
use crate::app::App;
use crate::jobs::Failure;
use domain::money::Money;
use integrations::payments::{Payment as Seen, PaymentState, ProcessorError, RefundOrder};
use uuid::Uuid;

/// Takes what the processor has as the payment of ours whose id it carries; whether there is such a payment. Where that is
/// another one already, as where two pages were opened in the same moment, nobody is to pay twice: this one is let go of, or
/// all of it goes back.
///
/// # Errors
/// Where the processor or the database could not be asked, to be tried again.
pub async fn adopt(app: &App, provider_id: Uuid, payment_id: Uuid, seen: &Seen) -> Result<bool, Failure> {
    let mut db = app.db.acquire().await?;
    let Some(ours) = store::known_as(&mut db, provider_id, payment_id, &seen.id).await? else {
        return Ok(false);
    };
    drop(db);
    let is_another = ours.intent_id.as_ref() != Some(&seen.id);
    if is_another {
        tracing::error!(payment = %payment_id, "a second payment was begun for the same booking");
    }
    // What has arrived is settled, also where it was given up; what has not is not to.
    if is_another || ours.state == State::Over && seen.state != PaymentState::Paid {
        send_back(app, seen, ours.account_id.is_some()).await?;
    }
    Ok(true)
}

async fn send_back(app: &App, seen: &Seen, from_payee: bool) -> Result<(), Failure> {
    let processor = processor(app)?;
    match seen.state {
        PaymentState::Cancelled => Ok(()),
        PaymentState::Paid => {
            let charge = seen.charge.as_ref();
            let gone = charge.map_or(0, |charge| charge.refunded.minor);
            if gone >= seen.received.minor {
                return Ok(());
            }
            let order = RefundOrder {
                payment: seen.id.clone(),
                amount: Money::new(seen.received.minor - gone, seen.received.currency),
                from_payee,
                return_fee: charge.and_then(|charge| charge.platform_fee).is_some_and(|fee| fee.minor > 0),
                metadata: seen.metadata.clone(),
            };
            processor.refund(&order, &format!("stray:{}:{gone}", seen.id)).await.map_err(failure).map(|_| ())
        }
        _ => match processor.release(&seen.id).await {
            // Its page is open still, or it was paid just now: that is told by itself.
            Ok(_) | Err(ProcessorError::Permanent { .. }) => Ok(()),
            Err(error) => Err(failure(error)),
        },
    }
}
