//! Writing down what the processor says of a payment: how far it is, what is disputed, and the book.

use super::returns::write_refunds;
use super::store::{self, Payment, State};
use super::waiting;
use crate::db;
use crate::http::ApiResult;
use crate::ledger;
use crate::receipts;
use domain::payment::ledger::Movement;
use integrations::payments::{Charge, Dispute, DisputeState, History, PaymentState};
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
    store::note_try(db, payment, said.failure.is_some()).await?;
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
    write_refunds(db, payment, seen).await?;
    for dispute in &seen.disputes {
        let news = write_dispute(db, payment, dispute).await?;
        let is_providers = payment.account_id.is_none();
        for lost in news.iter().filter(|news| news.state == "lost" && is_providers) {
            let booking = (payment.provider_id, payment.booking_id);
            receipts::lost(db, booking, payment.id, lost.amount_minor).await?;
        }
        happened.disputes.extend(news);
    }
    waiting::go_on(db, payment, seen).await?;
    Ok(happened)
}

/// Where a movement is known from.
pub(super) struct Source<'a> {
    pub(super) payment: &'a Payment,
    pub(super) refund_id: Option<Uuid>,
    pub(super) name: String,
    pub(super) at: OffsetDateTime,
}

/// Writes a movement in the book; whether it was new.
pub(super) async fn post(
    db: &mut PgConnection,
    source: Source<'_>,
    movement: Movement,
) -> Result<bool, sqlx::Error> {
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
    begun_at: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    // It came in when it was taken, which may be days after it was authorised.
    let at = match charge.booked_at {
        Some(at) => at,
        None if payment.captured_later => db::real_now(db).await?,
        None => begun_at,
    };
    let source = |name: &str| Source { payment, refund_id: None, name: format!("{name}:{}", charge.id), at };
    let movement = Movement::Charge {
        amount_minor: charge.captured.minor,
        fee_minor: charge.platform_fee.map_or(payment.fee_minor, |fee| fee.minor),
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
    // Taken in the currency of the account it is taken from.
    for fee in dispute.fees.iter().filter(|fee| fee.amount.currency == dispute.amount.currency) {
        let name = format!("dispute_fee:{}:{}", dispute.id, fee.id);
        let source = Source { payment, refund_id: None, name, at: db::real_now(db).await? };
        let movement = Movement::ProcessorFee { amount_minor: fee.amount.minor, from_platform: is_platforms };
        post(db, source, movement).await?;
    }
    for &(source, state, movement) in steps {
        let name = format!("{source}:{}", dispute.id);
        // Its end is dated when we learn of it: a month that was told stays as it is.
        let at = if state == "opened" { dispute.created_at } else { db::real_now(db).await? };
        let source = Source { payment, refund_id: None, name, at };
        if post(db, source, movement).await? {
            news.push(News { state, amount_minor, reason: dispute.reason.clone() });
        }
    }
    Ok(news)
}
