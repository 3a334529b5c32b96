//! Refunds: money on its way back, which may fail to arrive.

use super::charges::Charge;
use super::transactions::{self, Entry};
use super::{fees, transfers};
use crate::books::{Books, id};
use crate::money;
use crate::params::{Metadata, Params};
use crate::refused::{Answer, Refused};
use crate::shelf::{Object, object};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Refund {
    pub id: String,
    pub object: String,
    pub amount: i64,
    pub balance_transaction: Option<String>,
    pub charge: String,
    pub created: i64,
    pub currency: String,
    pub failure_balance_transaction: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub failure_reason: Option<String>,
    pub metadata: Metadata,
    pub payment_intent: Option<String>,
    pub reason: Option<String>,
    pub source_transfer_reversal: Option<String>,
    pub status: String,
    pub transfer_reversal: Option<String>,
}
object!(Refund, "refund");

/// The states of a refund.
pub(crate) const STATES: [&str; 5] = ["pending", "succeeded", "failed", "canceled", "requires_action"];

pub(crate) fn create(books: &mut Books, mut params: Params) -> Answer {
    let charge = paid(books, params.text("charge"), params.text("payment_intent"))?;
    let amount = params.integer("amount")?;
    let reason = params.choice("reason", &["duplicate", "fraudulent", "requested_by_customer"])?;
    let metadata = params.metadata("metadata")?;
    let (reverse, give_back) = (params.flag("reverse_transfer")?, params.flag("refund_application_fee")?);
    params.finish()?;
    let amount = check(books, &charge, amount)?;
    if reverse && charge.transfer.is_none() {
        let message = "Cannot reverse the transfer of a charge that does not have an associated transfer.";
        return Err(Refused::invalid(message).param("reverse_transfer"));
    }
    if give_back && charge.application_fee.is_none() {
        let message = "Attempting to refund_application_fee on a charge without an application fee.";
        return Err(Refused::invalid(message).param("refund_application_fee"));
    }
    // Shares go back in proportion to all that did, so that rounding adds up. What another refund left alone stays.
    let part = |whole: i64, gone: i64| {
        let until = |refunded: i64| {
            let share = i128::from(whole) * i128::from(refunded) / i128::from(charge.amount_captured.max(1));
            let share = i64::try_from(share).unwrap_or(whole);
            share - share % money::unit(&charge.currency)
        };
        (until(charge.amount_refunded + amount) - until(charge.amount_refunded)).min(whole - gone)
    };
    // Charges are passed on whole, so as much is taken back as goes back.
    let reversed = charge.transfer.as_deref().filter(|_| reverse);
    if let Some(transfer) = reversed {
        transfers::check_reversal(books.transfers.get(transfer)?, amount)?;
    }
    let status = books.coming_refunds.pop_front().unwrap_or_else(|| "succeeded".to_owned());
    let refund = make(books, &charge, amount, reason, metadata, &status);
    if let Some(transfer) = reversed {
        let reversal = transfers::reverse(books, transfer, &refund, amount)?;
        books.refunds.get_mut(&refund)?.transfer_reversal = Some(reversal);
    }
    if let (true, Some(fee)) = (give_back, &charge.application_fee) {
        let kept = books.fees.get(fee)?.clone();
        fees::give_back(books, fee, part(kept.amount, kept.amount_refunded))?;
    }
    let json = books.refunds.get(&refund)?.json();
    books.emit("refund.created", json, None);
    let changed = books.charges.get(&charge.id)?.json();
    books.emit("charge.refunded", changed, None);
    if status != "succeeded" && status != "pending" && status != "requires_action" {
        return move_to(books, &refund, &status, None);
    }
    books.refunds.get(&refund).map(Object::json)
}

/// The charge that is meant, which must have been paid.
fn paid(books: &Books, charge: Option<String>, intent: Option<String>) -> Result<Charge, Refused> {
    let charge = match (charge, intent) {
        (Some(charge), None) => charge,
        (None, Some(intent)) => {
            let kept = books.intents.find(&intent).ok_or_else(|| {
                Refused::invalid(format!("No such payment_intent: '{intent}'"))
                    .code("resource_missing")
                    .param("payment_intent")
            })?;
            let unpaid = || {
                let message =
                    format!("This PaymentIntent ({intent}) does not have a successful charge to refund.");
                Refused::invalid(message).code("payment_intent_unexpected_state").param("payment_intent")
            };
            kept.latest_charge.clone().filter(|_| kept.status == "succeeded").ok_or_else(unpaid)?
        }
        _ => {
            let message =
                "One of the following params should be provided for this request: payment_intent or charge.";
            return Err(Refused::invalid(message).code("parameter_missing"));
        }
    };
    let kept = books.charges.get(&charge)?;
    if !kept.captured {
        let message = format!("Charge {charge} has not been captured; cancel its PaymentIntent instead.");
        return Err(Refused::invalid(message).code("charge_not_refundable").param("charge"));
    }
    Ok(kept.clone())
}

/// How much goes back: nothing while a bank disputes the charge, and never more than is left.
fn check(books: &Books, charge: &Charge, amount: Option<i64>) -> Result<i64, Refused> {
    let disputes = || books.disputes.iter().filter(|dispute| dispute.charge == charge.id);
    let is_disputed = disputes().any(|dispute| !["won", "lost"].contains(&&*dispute.status));
    let lost: i64 = disputes().filter(|dispute| dispute.status == "lost").map(|dispute| dispute.amount).sum();
    let left = charge.amount_captured - charge.amount_refunded - lost;
    if is_disputed || (lost > 0 && left == 0) {
        let message = format!("Charge {} has been charged back; cannot issue a refund.", charge.id);
        return Err(Refused::invalid(message).code("charge_disputed"));
    }
    if left == 0 {
        let message = format!("Charge {} has already been refunded.", charge.id);
        return Err(Refused::invalid(message).code("charge_already_refunded"));
    }
    let amount = amount.unwrap_or(left);
    if amount < 1 {
        return Err(Refused::invalid("Invalid positive integer")
            .code("parameter_invalid_integer")
            .param("amount"));
    }
    if amount > left {
        let words = |amount| money::words(amount, &charge.currency, false);
        let message = format!(
            "Refund amount ({}) is greater than unrefunded amount on charge ({})",
            words(amount),
            words(left)
        );
        return Err(Refused::invalid(message).param("amount"));
    }
    money::check_decimals(amount, &charge.currency, "amount")?;
    Ok(amount)
}

fn make(
    books: &mut Books,
    charge: &Charge,
    amount: i64,
    reason: Option<&str>,
    metadata: Metadata,
    status: &str,
) -> String {
    let id = id("re");
    let entry = Entry {
        kind: "refund",
        amount: -amount,
        fee: 0,
        currency: &charge.currency,
        source: &id,
        account: None,
    };
    let balance_transaction = transactions::book(books, entry);
    // Those that fail are under way first.
    let status = if ["failed", "canceled"].contains(&status) { "pending" } else { status };
    books.refunds.add(Refund {
        id: id.clone(),
        object: "refund".to_owned(),
        amount,
        balance_transaction: Some(balance_transaction),
        charge: charge.id.clone(),
        created: books.now(),
        currency: charge.currency.clone(),
        failure_balance_transaction: None,
        failure_reason: None,
        metadata,
        payment_intent: charge.payment_intent.clone(),
        reason: reason.map(str::to_owned),
        source_transfer_reversal: None,
        status: status.to_owned(),
        transfer_reversal: None,
    });
    if let Ok(kept) = books.charges.get_mut(&charge.id) {
        kept.amount_refunded += amount;
        kept.refunded = kept.amount_refunded == kept.amount_captured;
    }
    id
}

/// A refund's fate. One that failed or was called off gives the money back to the charge; nothing follows after that.
pub(crate) fn move_to(books: &mut Books, id: &str, status: &str, reason: Option<&str>) -> Answer {
    let refund = books.refunds.get(id)?.clone();
    if ["failed", "canceled"].contains(&&*refund.status) {
        return Err(Refused::invalid(format!("This refund is {} already.", refund.status)));
    }
    let came_back = ["failed", "canceled"].contains(&status);
    let mut returned = None;
    if came_back {
        let entry = Entry {
            kind: "refund_failure",
            amount: refund.amount,
            fee: 0,
            currency: &refund.currency,
            source: id,
            account: None,
        };
        returned = Some(transactions::book(books, entry));
        let charge = books.charges.get_mut(&refund.charge)?;
        charge.amount_refunded -= refund.amount;
        charge.refunded = false;
    }
    let kept = books.refunds.get_mut(id)?;
    kept.status = status.to_owned();
    kept.failure_balance_transaction = returned;
    if status == "failed" {
        kept.failure_reason = Some(reason.unwrap_or("lost_or_stolen_card").to_owned());
    }
    let json = kept.json();
    books.emit("refund.updated", json.clone(), None);
    books.emit("charge.refund.updated", json.clone(), None);
    if status == "failed" {
        books.emit("refund.failed", json.clone(), None);
    }
    Ok(json)
}
