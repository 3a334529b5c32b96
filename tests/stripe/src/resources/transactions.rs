//! Balance transactions: every movement of an account's money with Stripe.

use crate::books::{Books, id};
use crate::shelf::object;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Transaction {
    pub id: String,
    pub object: String,
    pub amount: i64,
    pub available_on: i64,
    pub created: i64,
    pub currency: String,
    pub exchange_rate: Option<f64>,
    pub fee: i64,
    pub net: i64,
    pub reporting_category: String,
    pub source: String,
    pub status: String,
    #[serde(rename = "type")]
    pub kind: String,
    /// Whose money it is; none for the platform's.
    #[serde(rename = "_account")]
    pub account: Option<String>,
}
object!(Transaction, "balance_transaction");

/// A movement to be booked.
pub(crate) struct Entry<'a> {
    pub kind: &'static str,
    pub amount: i64,
    pub fee: i64,
    pub currency: &'a str,
    pub source: &'a str,
    pub account: Option<&'a str>,
}

pub(crate) fn book(books: &mut Books, entry: Entry<'_>) -> String {
    let (id, now) = (id("txn"), books.now());
    books.transactions.add(Transaction {
        id: id.clone(),
        object: "balance_transaction".to_owned(),
        amount: entry.amount,
        available_on: now,
        created: now,
        currency: entry.currency.to_owned(),
        exchange_rate: None,
        fee: entry.fee,
        net: entry.amount - entry.fee,
        reporting_category: entry.kind.to_owned(),
        source: entry.source.to_owned(),
        status: "available".to_owned(),
        kind: entry.kind.to_owned(),
        account: entry.account.map(str::to_owned),
    });
    id
}

/// What an account has, by currency.
pub(crate) fn balances(books: &Books, account: Option<&str>) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for entry in books.transactions.iter().filter(|entry| entry.account.as_deref() == account) {
        *sums.entry(entry.currency.clone()).or_default() += entry.net;
    }
    sums
}

pub(crate) fn balance(books: &Books, account: Option<&str>) -> Value {
    let sums = balances(books, account);
    let amounts: Vec<Value> = sums
        .into_iter()
        .map(|(currency, amount)| json!({ "amount": amount, "currency": currency }))
        .collect();
    json!({ "object": "balance", "available": amounts, "pending": [], "livemode": false })
}
