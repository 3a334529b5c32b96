//! Writing down what the processor says of a payment: how far it is, what went back, what is disputed, and the book.

use super::refunds::{Cause, fee_of};
use super::store::{self, Payment, State};
use crate::http::ApiResult;
use crate::jobs::{NewJob, enqueue};
use crate::ledger;
use crate::notifications::RefundMail;
use crate::receipts;
use domain::payment::ledger::Movement;
use integrations::payments::{Charge, Dispute, DisputeState, History, PaymentState, Refund, RefundState};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// What was news.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Happened {
    /// The bank holds the amount.
    pub authorised: bool,
    /// The money has arrived.
    pub paid: bool,
    /// It will never be paid.
    pub over: bool,
    /// A refund did not arrive: the money is back.
    pub refund_failed: bool,
    /// What a bank did that disputes the payment, in the order in which it did so.
    pub disputes: Vec<News>,
}

/// A step of a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// `opened`, `won` or `lost`.
    pub state: &'static str,
    /// What it is about, in minor units.
    pub amount_minor: i64,
    /// The bank's word for why.
    pub reason: String,
}

/// Writes down what the processor says of a payment, and tells what of it was news. The caller holds the provider's lock;
/// saying the same again changes nothing.
///
/// # Errors
/// Those of the database.
pub async fn record(db: &mut PgConnection, payment: &Payment, seen: &History) -> ApiResult<Happened> {
    let mut happened = Happened::default();
    let said = &seen.payment;
    let state = match said.state {
        PaymentState::Waiting | PaymentState::ActionNeeded | PaymentState::Processing => State::Open,
        PaymentState::Authorised => State::Authorised,
        PaymentState::Paid => State::Paid,
        PaymentState::Cancelled => State::Over,
    };
    let charge = said.charge.as_ref();
    let charge_id = charge.map(|charge| charge.id.as_str());
    let is_news = store::advance(db, payment, state, Some(&said.id), charge_id).await?;
    match state {
        State::Authorised => happened.authorised = is_news,
        State::Paid => happened.paid = is_news,
        State::Over => happened.over = is_news,
        State::New | State::Open => {}
    }
    if let Some(charge) = charge.filter(|_| state == State::Paid) {
        write_charge(db, payment, charge, said.created_at).await?;
        if happened.paid {
            let booking = (payment.provider_id, payment.booking_id);
            receipts::paid(db, booking, payment.id, charge.captured.minor).await?;
        }
    }
    // Oldest first, so that shares of the fee follow the order in which money went back.
    for refund in seen.refunds.iter().rev() {
        happened.refund_failed |= write_refund(db, payment.provider_id, payment.id, refund).await?;
    }
    for dispute in &seen.disputes {
        happened.disputes.extend(write_dispute(db, payment, dispute).await?);
    }
    Ok(happened)
}

struct Source<'a> {
    payment: &'a Payment,
    refund_id: Option<Uuid>,
    name: String,
    at: OffsetDateTime,
}

async fn post(db: &mut PgConnection, source: Source<'_>, movement: Movement) -> Result<bool, sqlx::Error> {
    let payment = source.payment;
    let entry = ledger::Entry {
        provider_id: payment.provider_id,
        movement,
        currency: &payment.currency,
        booking_id: Some(payment.booking_id),
        payment_id: Some(payment.id),
        refund_id: source.refund_id,
        source: &source.name,
        at: source.at,
    };
    ledger::record(db, &entry).await
}

async fn write_charge(
    db: &mut PgConnection,
    payment: &Payment,
    charge: &Charge,
    at: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let source = |name: &str| Source { payment, refund_id: None, name: format!("{name}:{}", charge.id), at };
    let movement = Movement::Charge {
        amount_minor: charge.captured.minor,
        fee_minor: charge.platform_fee.map_or(0, |fee| fee.minor),
    };
    post(db, source("charge"), movement).await?;
    // Known a moment later, and in the currency of the account it was taken from.
    let fee = charge.processor_fee.filter(|fee| fee.currency == charge.captured.currency);
    if let Some(fee) = fee {
        let from_platform = payment.account_id.is_some();
        let movement = Movement::ProcessorFee { amount_minor: fee.minor, from_platform };
        post(db, source("processor_fee"), movement).await?;
    }
    Ok(())
}

/// Writes down a refund: one of ours, by the id it carries, or one that somebody made at the processor. Whether it failed
/// now.
pub(super) async fn write_refund(
    db: &mut PgConnection,
    provider_id: Uuid,
    payment_id: Uuid,
    refund: &Refund,
) -> ApiResult<bool> {
    // Read anew: each refund changes what has gone back.
    let Some(payment) = store::find(db, provider_id, payment_id).await? else { return Ok(false) };
    let ours = refund.metadata.get("refund_id").and_then(|id| Uuid::parse_str(id).ok());
    let state = match refund.state {
        RefundState::Pending => "pending",
        RefundState::Succeeded => "succeeded",
        RefundState::Failed => "failed",
        RefundState::Cancelled => "canceled",
        RefundState::ActionNeeded => "requires_action",
    };
    let failure = refund.failure.as_deref().unwrap_or_default();
    let known = sqlx::query!(
        r#"
        with before as (
            select id, state, fee_minor from refunds
            where provider_id = $1 and (refund_id = $2 or (refund_id is null and id = $3))
            for update
        ), changed as (
            update refunds r set refund_id = $2, state = $4, failure = $5, updated_at = app_now()
            from before where r.provider_id = $1 and r.id = before.id
                and (r.refund_id is null or r.state <> $4)
        )
        select id, state, fee_minor from before
        "#,
        provider_id,
        refund.id,
        ours,
        state,
        failure
    )
    .fetch_optional(&mut *db)
    .await?;
    let (id, before, fee_minor) = match known {
        Some(row) => (row.id, row.state, row.fee_minor),
        None => {
            let id = Uuid::now_v7();
            let fee_minor = fee_of(&payment, refund.amount.minor);
            sqlx::query!(
                "insert into refunds
                    (provider_id, id, payment_id, booking_id, amount_minor, fee_minor, cause, state, refund_id, failure)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                provider_id,
                id,
                payment.id,
                payment.booking_id,
                refund.amount.minor,
                fee_minor,
                Cause::Outside.as_str(),
                state,
                refund.id,
                failure
            )
            .execute(&mut *db)
            .await?;
            (id, String::new(), fee_minor)
        }
    };
    let source = |name: &str| Source {
        payment: &payment,
        refund_id: Some(id),
        name: format!("{name}:{}", refund.id),
        at: refund.created_at,
    };
    let amount_minor = refund.amount.minor;
    post(db, source("refund"), Movement::Refund { amount_minor, fee_minor }).await?;
    let is_back = matches!(refund.state, RefundState::Failed | RefundState::Cancelled);
    if is_back {
        post(db, source("refund_returned"), Movement::RefundReturned { amount_minor, fee_minor }).await?;
    }
    let booking = (provider_id, payment.booking_id);
    if refund.state == RefundState::Succeeded && before != state {
        receipts::credited(db, booking, id, amount_minor).await?;
    }
    let failed = is_back && before != state;
    if failed {
        receipts::returned(db, booking, id).await?;
        let mail = RefundMail::failed(provider_id, payment.booking_id, id);
        enqueue(db, &[NewJob::of(&mail)]).await?;
    }
    Ok(failed)
}

/// Writes down a dispute, and tells which of its steps were new. Where the provider has an account of its own, the client
/// has paid the platform, so the bank takes it from there.
async fn write_dispute(
    db: &mut PgConnection,
    payment: &Payment,
    dispute: &Dispute,
) -> Result<Vec<News>, sqlx::Error> {
    let mut news = Vec::new();
    let amount_minor = dispute.amount.minor;
    let is_platforms = payment.account_id.is_some();
    let opened = Movement::DisputeOpened { amount_minor, from_platform: is_platforms };
    let won = Movement::DisputeWon { amount_minor, to_platform: is_platforms };
    let lost = Movement::DisputeLost { amount_minor };
    let steps: &[_] = match dispute.state {
        DisputeState::Inquiry => &[],
        DisputeState::Open => &[("dispute", "opened", opened)],
        DisputeState::Won => &[("dispute", "opened", opened), ("dispute_won", "won", won)],
        DisputeState::Lost => &[("dispute", "opened", opened), ("dispute_lost", "lost", lost)],
    };
    for &(source, state, movement) in steps {
        let name = format!("{source}:{}", dispute.id);
        let source = Source { payment, refund_id: None, name, at: dispute.created_at };
        if post(db, source, movement).await? {
            news.push(News { state, amount_minor, reason: dispute.reason.clone() });
        }
    }
    Ok(news)
}
