//! Charges: what a card was asked for, and what of it came and went.

use super::fees;
use super::transactions::{self, Entry};
use super::transfers::{self, Split};
use crate::books::{Books, id};
use crate::money;
use crate::params::Metadata;
use crate::refused::Refused;
use crate::shelf::{Object, object};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Charge {
    pub id: String,
    pub object: String,
    pub amount: i64,
    pub amount_captured: i64,
    pub amount_refunded: i64,
    pub application_fee: Option<String>,
    pub application_fee_amount: Option<i64>,
    pub balance_transaction: Option<String>,
    pub captured: bool,
    pub created: i64,
    pub currency: String,
    pub disputed: bool,
    pub failure_code: Option<String>,
    pub failure_message: Option<String>,
    pub livemode: bool,
    pub metadata: Metadata,
    pub outcome: Option<Value>,
    pub paid: bool,
    pub payment_intent: Option<String>,
    pub payment_method: Option<String>,
    pub payment_method_details: Value,
    pub refunded: bool,
    pub status: String,
    pub transfer: Option<String>,
    pub transfer_data: Option<Split>,
}
object!(Charge, "charge");

fn new(books: &mut Books, intent: &str) -> Result<Charge, Refused> {
    let intent = books.intents.get(intent)?;
    Ok(Charge {
        id: id("ch"),
        object: "charge".to_owned(),
        amount: intent.amount,
        amount_captured: 0,
        amount_refunded: 0,
        application_fee: None,
        application_fee_amount: intent.application_fee_amount,
        balance_transaction: None,
        captured: false,
        created: books.now(),
        currency: intent.currency.clone(),
        disputed: false,
        failure_code: None,
        failure_message: None,
        livemode: false,
        metadata: intent.metadata.clone(),
        outcome: Some(json!({ "network_status": "approved_by_network", "type": "authorized" })),
        paid: true,
        payment_intent: Some(intent.id.clone()),
        payment_method: intent.payment_method.clone(),
        payment_method_details: json!({ "type": "card", "card": { "brand": "visa", "last4": "4242" } }),
        refunded: false,
        status: "succeeded".to_owned(),
        transfer: None,
        transfer_data: intent.transfer_data.clone(),
    })
}

/// The bank refused.
pub(crate) fn failed(books: &mut Books, intent: &str, code: &str, message: &str) -> Result<String, Refused> {
    let mut charge = new(books, intent)?;
    charge.paid = false;
    charge.status = "failed".to_owned();
    charge.failure_code = Some("card_declined".to_owned());
    charge.failure_message = Some(message.to_owned());
    charge.outcome =
        Some(json!({ "network_status": "declined_by_network", "reason": code, "type": "issuer_declined" }));
    books.emit("charge.failed", charge.json(), None);
    let id = charge.id.clone();
    books.charges.add(charge);
    Ok(id)
}

/// The bank holds the amount for us.
pub(crate) fn authorised(books: &mut Books, intent: &str) -> Result<String, Refused> {
    let charge = new(books, intent)?;
    let id = charge.id.clone();
    if books.intents.get(intent)?.capture_method == "manual" {
        books.emit("charge.succeeded", charge.json(), None);
    }
    books.charges.add(charge);
    Ok(id)
}

/// Takes the money, pays Stripe, and passes on what belongs to another account.
pub(crate) fn capture(books: &mut Books, id: &str, amount: i64) -> Result<(), Refused> {
    let charge = books.charges.get(id)?.clone();
    let intent = charge.payment_intent.clone().unwrap_or_default();
    let (was_manual, kept) = {
        let intent = books.intents.get(&intent)?;
        (intent.capture_method == "manual", intent.application_fee_amount)
    };
    let entry = Entry {
        kind: "charge",
        amount,
        fee: money::fee(amount),
        currency: &charge.currency,
        source: id,
        account: None,
    };
    let transaction = transactions::book(books, entry);
    let (transfer, fee) = match charge.transfer_data.as_ref().map(|split| &split.destination) {
        None => (None, None),
        Some(destination) => {
            let transfer = transfers::send(books, &charge, destination, amount);
            let fee = kept.filter(|kept| *kept > 0).map(|kept| fees::take(books, &charge, destination, kept));
            (Some(transfer), fee)
        }
    };
    let is_late = books.late_fees;
    if is_late {
        books.coming_fees.push((id.to_owned(), transaction.clone()));
    }
    let charge = books.charges.get_mut(id)?;
    charge.captured = true;
    charge.amount_captured = amount;
    charge.balance_transaction = Some(transaction).filter(|_| !is_late);
    charge.transfer = transfer;
    charge.application_fee = fee;
    charge.application_fee_amount = kept;
    let json = charge.json();
    books.emit(if was_manual { "charge.captured" } else { "charge.succeeded" }, json, None);
    Ok(())
}

/// Stripe has worked out its price of the charges that waited for it.
pub(crate) fn price(books: &mut Books) -> Result<usize, Refused> {
    let coming = std::mem::take(&mut books.coming_fees);
    for (id, transaction) in &coming {
        let charge = books.charges.get_mut(id)?;
        charge.balance_transaction = Some(transaction.clone());
        let json = charge.json();
        books.emit("charge.updated", json, None);
    }
    Ok(coming.len())
}

/// Tells that an authorisation has lapsed. The charge stays as it is: nothing was taken, so nothing went back.
pub(crate) fn lapse(books: &mut Books, id: &str) -> Result<(), Refused> {
    let json = books.charges.get(id)?.json();
    books.emit("charge.expired", json, None);
    Ok(())
}
