//! Payouts: an account's money goes to its bank.

use super::transactions::{self, Entry};
use crate::books::{Books, id};
use crate::params::Params;
use crate::refused::{Answer, Refused};
use crate::shelf::{Object, object};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Payout {
    pub id: String,
    pub object: String,
    pub amount: i64,
    pub arrival_date: i64,
    pub automatic: bool,
    pub balance_transaction: String,
    pub created: i64,
    pub currency: String,
    pub failure_code: Option<String>,
    pub livemode: bool,
    pub method: String,
    pub status: String,
    /// Whose it is; none for the platform's.
    #[serde(rename = "_account")]
    pub account: Option<String>,
}
object!(Payout, "payout");

/// Stripe pays out what is there.
pub(crate) fn send(books: &mut Books, mut params: Params) -> Answer {
    let account = params.text("account");
    let currency = params.required("currency")?;
    let has = transactions::balances(books, account.as_deref()).get(&currency).copied().unwrap_or(0);
    let amount = params.integer("amount")?.unwrap_or(has);
    let status = params.choice("status", &["pending", "in_transit", "paid"])?.unwrap_or("paid");
    params.finish()?;
    if amount < 1 || amount > has {
        let message = "You have insufficient funds in your Stripe account for this transfer.";
        return Err(Refused::invalid(message).code("balance_insufficient").param("amount"));
    }
    let (id, now) = (id("po"), books.now());
    let account_id = account.as_deref();
    let entry = Entry {
        kind: "payout",
        amount: -amount,
        fee: 0,
        currency: &currency,
        source: &id,
        account: account_id,
    };
    let balance_transaction = transactions::book(books, entry);
    let payout = Payout {
        id: id.clone(),
        object: "payout".to_owned(),
        amount,
        arrival_date: now + 2 * 24 * 3600,
        automatic: true,
        balance_transaction,
        created: now,
        currency,
        failure_code: None,
        livemode: false,
        method: "standard".to_owned(),
        status: status.to_owned(),
        account: account.clone(),
    };
    let json = payout.json();
    books.payouts.add(payout);
    books.emit("payout.created", json.clone(), account.as_deref());
    if status == "paid" {
        books.emit("payout.paid", json.clone(), account.as_deref());
    }
    Ok(json)
}

/// What becomes of it. One that failed comes back.
pub(crate) fn move_to(books: &mut Books, id: &str, mut params: Params) -> Answer {
    let status = params.choice("status", &["in_transit", "paid", "failed", "canceled"])?.unwrap_or("failed");
    params.finish()?;
    let payout = books.payouts.get(id)?.clone();
    if ["failed", "canceled"].contains(&&*payout.status) {
        return Err(Refused::invalid(format!("This payout is {} already.", payout.status)));
    }
    if ["failed", "canceled"].contains(&status) {
        let entry = Entry {
            kind: "payout_failure",
            amount: payout.amount,
            fee: 0,
            currency: &payout.currency,
            source: id,
            account: payout.account.as_deref(),
        };
        transactions::book(books, entry);
    }
    let kept = books.payouts.get_mut(id)?;
    kept.status = status.to_owned();
    kept.failure_code = (status == "failed").then(|| "account_closed".to_owned());
    let json = kept.json();
    let kind = match status {
        "paid" => "payout.paid",
        "failed" => "payout.failed",
        "canceled" => "payout.canceled",
        _ => "payout.updated",
    };
    books.emit(kind, json.clone(), payout.account.as_deref());
    Ok(json)
}
