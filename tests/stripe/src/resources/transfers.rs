//! Money passed on to connected accounts, and taken back from them.

use super::charges::Charge;
use super::transactions::{self, Entry};
use crate::books::{Books, id};
use crate::refused::Refused;
use crate::shelf::{Object, object};
use serde::{Deserialize, Serialize};

/// To whom the money of a payment goes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Split {
    pub destination: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Transfer {
    pub id: String,
    pub object: String,
    pub amount: i64,
    pub amount_reversed: i64,
    pub balance_transaction: String,
    pub created: i64,
    pub currency: String,
    pub destination: String,
    pub livemode: bool,
    pub reversed: bool,
    pub source_transaction: String,
}
object!(Transfer, "transfer");

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Reversal {
    pub id: String,
    pub object: String,
    pub amount: i64,
    pub balance_transaction: String,
    pub created: i64,
    pub currency: String,
    pub source_refund: String,
    pub transfer: String,
}
object!(Reversal, "transfer_reversal");

/// What Stripe demands of a payment that is split with another account.
pub(crate) fn check_split(
    books: &Books,
    amount: i64,
    fee: Option<i64>,
    destination: Option<&str>,
    within: &str,
) -> Result<(), Refused> {
    let named = |name: &str| {
        if within.is_empty() {
            name.to_owned()
        } else {
            let (head, tail) =
                name.split_once('[').map_or((name, String::new()), |(head, tail)| (head, format!("[{tail}")));
            format!("{within}[{head}]{tail}")
        }
    };
    if let Some(fee) = fee {
        let param = named("application_fee_amount");
        if destination.is_none() {
            let message = "Can only apply an application_fee_amount when the PaymentIntent is attempting a direct payment \
                           (using an OAuth key or Stripe-Account header) or destination payment (using transfer_data[destination]).";
            return Err(Refused::invalid(message).param(param));
        }
        if fee < 0 || fee > amount {
            let message = format!(
                "Your application fee ({fee}) must be positive and not exceed the amount ({amount})."
            );
            return Err(Refused::invalid(message).code("application_fees_not_allowed").param(param));
        }
    }
    let Some(destination) = destination else { return Ok(()) };
    let param = named("transfer_data[destination]");
    match books.accounts.find(destination) {
        None => Err(Refused::invalid(format!("No such destination: '{destination}'"))
            .code("resource_missing")
            .param(param)),
        Some(account) if !account.charges_enabled => {
            let message = "Your destination account needs to have at least one of the following capabilities enabled: \
                           transfers, crypto_transfers, legacy_payments";
            Err(Refused::invalid(message).code("insufficient_capabilities_for_transfer").param(param))
        }
        Some(_) => Ok(()),
    }
}

/// Passes what was captured on.
pub(crate) fn send(books: &mut Books, charge: &Charge, destination: &str, amount: i64) -> String {
    let id = id("tr");
    let entry = Entry {
        kind: "transfer",
        amount: -amount,
        fee: 0,
        currency: &charge.currency,
        source: &id,
        account: None,
    };
    let balance_transaction = transactions::book(books, entry);
    let entry = Entry {
        kind: "payment",
        amount,
        fee: 0,
        currency: &charge.currency,
        source: &id,
        account: Some(destination),
    };
    transactions::book(books, entry);
    let transfer = Transfer {
        id: id.clone(),
        object: "transfer".to_owned(),
        amount,
        amount_reversed: 0,
        balance_transaction,
        created: books.now(),
        currency: charge.currency.clone(),
        destination: destination.to_owned(),
        livemode: false,
        reversed: false,
        source_transaction: charge.id.clone(),
    };
    books.emit("transfer.created", transfer.json(), None);
    books.transfers.add(transfer);
    id
}

/// Refuses to take back more than is left of what was passed on.
pub(crate) fn check_reversal(transfer: &Transfer, amount: i64) -> Result<(), Refused> {
    let left = transfer.amount - transfer.amount_reversed;
    if amount >= 1 && amount <= left {
        return Ok(());
    }
    let id = &transfer.id;
    let message = if left == 0 {
        format!("Transfer {id} has already been reversed.")
    } else {
        format!("Reversal amount ({amount}) is greater than unreversed amount on transfer {id} ({left}).")
    };
    Err(Refused::invalid(message))
}

/// Takes back from the other account, for a refund.
pub(crate) fn reverse(books: &mut Books, id: &str, refund: &str, amount: i64) -> Result<String, Refused> {
    let reversal = crate::books::id("trr");
    let transfer = books.transfers.get_mut(id)?;
    transfer.amount_reversed += amount;
    transfer.reversed = transfer.amount_reversed == transfer.amount;
    let transfer = transfer.clone();
    let (currency, account) = (&transfer.currency, &transfer.destination);
    let entry = Entry { kind: "transfer_refund", amount, fee: 0, currency, source: &reversal, account: None };
    let balance_transaction = transactions::book(books, entry);
    let entry = Entry {
        kind: "payment_refund",
        amount: -amount,
        fee: 0,
        currency,
        source: &reversal,
        account: Some(account),
    };
    transactions::book(books, entry);
    books.reversals.add(Reversal {
        id: reversal.clone(),
        object: "transfer_reversal".to_owned(),
        amount,
        balance_transaction,
        created: books.now(),
        currency: transfer.currency.clone(),
        source_refund: refund.to_owned(),
        transfer: id.to_owned(),
    });
    books.emit("transfer.reversed", transfer.json(), None);
    Ok(reversal)
}
