//! Everything that is kept, and the clock by which it is kept.

use crate::delivery::Delivery;
use crate::params::Params;
use crate::resources::accounts::{Account, Link};
use crate::resources::charges::Charge;
use crate::resources::disputes::Dispute;
use crate::resources::events::Event;
use crate::resources::fees::ApplicationFee;
use crate::resources::intents::Intent;
use crate::resources::payouts::Payout;
use crate::resources::refunds::Refund;
use crate::resources::sessions::Session;
use crate::resources::transactions::Transaction;
use crate::resources::transfers::{Reversal, Transfer};
use crate::resources::{intents, sessions};
use crate::shelf::{Object, Shelf};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use std::time::{SystemTime, UNIX_EPOCH};

/// For how long an idempotency key is good, at least, with Stripe.
const REMEMBERED: i64 = 24 * 3600;

/// The answer to a request with an idempotency key, kept to be given again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Remembered {
    pub path: String,
    pub params: Params,
    pub status: u16,
    pub body: Value,
    pub at: i64,
}

/// The books of one platform and its connected accounts.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Books {
    /// By how many seconds the clock is ahead of the machine's.
    pub ahead: i64,
    pub intents: Shelf<Intent>,
    pub charges: Shelf<Charge>,
    pub refunds: Shelf<Refund>,
    pub disputes: Shelf<Dispute>,
    pub sessions: Shelf<Session>,
    pub accounts: Shelf<Account>,
    pub links: Shelf<Link>,
    pub transfers: Shelf<Transfer>,
    pub reversals: Shelf<Reversal>,
    pub fees: Shelf<ApplicationFee>,
    pub payouts: Shelf<Payout>,
    pub transactions: Shelf<Transaction>,
    pub events: Shelf<Event>,
    /// By account and key.
    pub answers: BTreeMap<String, Remembered>,
    /// What is still to be delivered.
    pub queue: Vec<Delivery>,
    /// The states in which the next refunds are born, instead of `succeeded`.
    pub coming_refunds: VecDeque<String>,
    /// Whether the price of a charge is known only later.
    pub late_fees: bool,
    /// Charges whose price is still to be told, with its booking.
    pub coming_fees: Vec<(String, String)>,
    /// Where the hosted pages are.
    #[serde(skip)]
    pub base: String,
    /// The idempotency key of the request that is being answered; events name it.
    #[serde(skip)]
    pub key: Option<String>,
}

impl Books {
    /// Now, in seconds since 1970. It is Stripe's clock, not ours.
    #[expect(clippy::disallowed_methods, reason = "the simulator is another world, with a clock of its own")]
    pub fn now(&self) -> i64 {
        let machine = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        i64::try_from(machine).unwrap_or(i64::MAX) + self.ahead
    }

    /// Does what time alone brings about: sessions expire, authorisations lapse.
    pub fn pass_time(&mut self) {
        sessions::expire_due(self);
        intents::lapse_due(self);
        let now = self.now();
        self.answers.retain(|_, answer| answer.at + REMEMBERED > now);
    }

    /// The object of that id, for `expand`.
    pub fn lookup(&self, id: &str) -> Option<Value> {
        fn json<T: Object>(object: Option<&T>) -> Option<Value> {
            object.map(Object::json)
        }
        match id.split('_').next()? {
            "pi" => json(self.intents.find(id)),
            "ch" => json(self.charges.find(id)),
            "re" => json(self.refunds.find(id)),
            "du" => json(self.disputes.find(id)),
            "cs" => json(self.sessions.find(id)),
            "acct" => json(self.accounts.find(id)),
            "tr" => json(self.transfers.find(id)),
            "trr" => json(self.reversals.find(id)),
            "fee" => json(self.fees.find(id)),
            "po" => json(self.payouts.find(id)),
            "txn" => json(self.transactions.find(id)),
            _ => None,
        }
    }
}

/// A new id such as `pi_3kq9…`.
pub(crate) fn id(prefix: &str) -> String {
    format!("{prefix}_{}", token(24))
}

/// Letters and digits that nobody can guess.
pub(crate) fn token(length: usize) -> String {
    const LETTERS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    (0..length).map(|_| char::from(LETTERS[usize::from(rand::random::<u8>()) % LETTERS.len()])).collect()
}
