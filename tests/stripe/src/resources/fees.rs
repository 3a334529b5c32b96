//! Application fees: the platform's share of a payment.

use super::charges::Charge;
use super::transactions::{self, Entry};
use crate::books::{Books, id};
use crate::refused::Refused;
use crate::shelf::{Object, object};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ApplicationFee {
    pub id: String,
    pub object: String,
    pub account: String,
    pub amount: i64,
    pub amount_refunded: i64,
    pub balance_transaction: String,
    pub charge: String,
    pub created: i64,
    pub currency: String,
    pub livemode: bool,
    pub refunded: bool,
}
object!(ApplicationFee, "application_fee");

/// Takes the platform's share out of what was passed on.
pub(crate) fn take(books: &mut Books, charge: &Charge, account: &str, amount: i64) -> String {
    let id = id("fee");
    let balance_transaction = move_share(books, "application_fee", &id, account, &charge.currency, amount);
    let fee = ApplicationFee {
        id: id.clone(),
        object: "application_fee".to_owned(),
        account: account.to_owned(),
        amount,
        amount_refunded: 0,
        balance_transaction,
        charge: charge.id.clone(),
        created: books.now(),
        currency: charge.currency.clone(),
        livemode: false,
        refunded: false,
    };
    books.emit("application_fee.created", fee.json(), None);
    books.fees.add(fee);
    id
}

/// Gives a part of it back.
pub(crate) fn give_back(books: &mut Books, id: &str, amount: i64) -> Result<(), Refused> {
    let fee = books.fees.get_mut(id)?;
    fee.amount_refunded += amount;
    fee.refunded = fee.amount_refunded == fee.amount;
    let fee = fee.clone();
    move_share(books, "application_fee_refund", id, &fee.account, &fee.currency, -amount);
    books.emit("application_fee.refunded", fee.json(), None);
    Ok(())
}

fn move_share(
    books: &mut Books,
    kind: &'static str,
    source: &str,
    account: &str,
    currency: &str,
    amount: i64,
) -> String {
    transactions::book(
        books,
        Entry { kind, amount: -amount, fee: 0, currency, source, account: Some(account) },
    );
    transactions::book(books, Entry { kind, amount, fee: 0, currency, source, account: None })
}
