//! Disputes: a bank takes a client's money back until somebody is right.

use super::transactions::{self, Entry};
use crate::books::{Books, id};
use crate::params::Params;
use crate::refused::{Answer, Refused};
use crate::shelf::{Object, object};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Dispute {
    pub id: String,
    pub object: String,
    pub amount: i64,
    pub balance_transactions: Vec<serde_json::Value>,
    pub charge: String,
    pub created: i64,
    pub currency: String,
    pub is_charge_refundable: bool,
    pub livemode: bool,
    pub payment_intent: Option<String>,
    pub reason: String,
    pub status: String,
}
object!(Dispute, "dispute");

/// A client goes to the bank.
pub(crate) fn open(books: &mut Books, mut params: Params) -> Answer {
    let charge = match (params.text("charge"), params.text("payment_intent")) {
        (Some(charge), _) => charge,
        (None, Some(intent)) => books.intents.get(&intent)?.latest_charge.clone().unwrap_or_default(),
        (None, None) => params.required("charge")?,
    };
    let charge = books.charges.get(&charge)?.clone();
    let left = charge.amount_captured - charge.amount_refunded;
    let amount = params.integer("amount")?.unwrap_or(left);
    // What Stripe takes for it.
    let fee = params.integer("fee")?.unwrap_or_default();
    let reason = params.text("reason").unwrap_or_else(|| "general".to_owned());
    params.finish()?;
    if charge.disputed || amount < 1 || amount > left {
        return Err(Refused::invalid("There is nothing to dispute.").param("amount"));
    }
    let mut dispute = Dispute {
        id: id("du"),
        object: "dispute".to_owned(),
        amount,
        balance_transactions: Vec::new(),
        charge: charge.id.clone(),
        created: books.now(),
        currency: charge.currency.clone(),
        is_charge_refundable: false,
        livemode: false,
        payment_intent: charge.payment_intent.clone(),
        reason,
        status: "needs_response".to_owned(),
    };
    take(books, &mut dispute, -amount, fee);
    let json = dispute.json();
    books.disputes.add(dispute);
    books.charges.get_mut(&charge.id)?.disputed = true;
    books.emit("charge.dispute.created", json.clone(), None);
    books.emit("charge.dispute.funds_withdrawn", json.clone(), None);
    Ok(json)
}

/// The bank has decided: `won` gives the money back, `lost` does not.
pub(crate) fn decide(books: &mut Books, id: &str, mut params: Params) -> Answer {
    let status = params.choice("status", &["won", "lost", "under_review"])?.unwrap_or("lost");
    params.finish()?;
    let mut dispute = books.disputes.get(id)?.clone();
    if ["won", "lost"].contains(&&*dispute.status) {
        return Err(Refused::invalid(format!("This dispute is {} already.", dispute.status)));
    }
    dispute.status = status.to_owned();
    if status == "won" {
        let amount = dispute.amount;
        take(books, &mut dispute, amount, 0);
    }
    let json = dispute.json();
    *books.disputes.get_mut(id)? = dispute;
    match status {
        "under_review" => books.emit("charge.dispute.updated", json.clone(), None),
        _ => books.emit("charge.dispute.closed", json.clone(), None),
    }
    if status == "won" {
        books.emit("charge.dispute.funds_reinstated", json.clone(), None);
    }
    Ok(json)
}

fn take(books: &mut Books, dispute: &mut Dispute, amount: i64, fee: i64) {
    let entry = Entry {
        kind: "adjustment",
        amount,
        fee,
        currency: &dispute.currency,
        source: &dispute.id,
        account: None,
    };
    let transaction = transactions::book(books, entry);
    dispute.balance_transactions.extend(books.transactions.find(&transaction).map(Object::json));
}
