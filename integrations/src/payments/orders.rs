//! What we ask a payment processor for.

use domain::money::Money;
use std::collections::BTreeMap;
use std::fmt;
use time::OffsetDateTime;

/// When the money is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capture {
    /// When the client pays.
    AtOnce,
    /// The card is authorised only; `capture` takes it within 7 days.
    Later,
}

/// Another account that a payment is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The account that receives it.
    pub payee: String,
    /// What the platform keeps of it.
    pub fee: Money,
}

/// A payment page to be opened.
#[derive(Clone, PartialEq, Eq)]
pub struct PageOrder {
    /// What is to be paid.
    pub amount: Money,
    /// What it is for, in one line.
    pub title: String,
    /// More about it.
    pub details: Option<String>,
    /// The client's address, so that it need not be typed again.
    pub email: Option<String>,
    /// The client's language: `de`.
    pub language: String,
    /// Our id of the payment.
    pub reference: String,
    /// What page and payment carry along: our ids, never a person's data.
    pub metadata: BTreeMap<String, String>,
    /// When nobody can pay any more: 30 minutes to 24 hours from now.
    pub expires_at: OffsetDateTime,
    /// Where the client goes after paying; `{CHECKOUT_SESSION_ID}` in it becomes the page's id.
    pub success_url: String,
    /// Where the client goes without paying.
    pub cancel_url: String,
    /// When the money is taken.
    pub capture: Capture,
    /// Whose it is, unless it is ours.
    pub split: Option<Split>,
}

/// Leaves out who pays.
impl fmt::Debug for PageOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageOrder")
            .field("amount", &self.amount)
            .field("reference", &self.reference)
            .field("expires_at", &self.expires_at)
            .field("capture", &self.capture)
            .field("split", &self.split)
            .finish_non_exhaustive()
    }
}

/// A payment for a form that is not the processor's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormOrder {
    /// What is to be paid.
    pub amount: Money,
    /// What it carries along: our ids, never a person's data.
    pub metadata: BTreeMap<String, String>,
    /// When the money is taken.
    pub capture: Capture,
    /// Whose it is, unless it is ours.
    pub split: Option<Split>,
}

/// Money to be given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundOrder {
    /// The payment it goes back of.
    pub payment: String,
    /// How much.
    pub amount: Money,
    /// Whether the account that received it gives it back. Only for payments with a split.
    pub from_payee: bool,
    /// Whether the platform gives its fee back in proportion. Only for payments with a fee.
    pub return_fee: bool,
    /// What it carries along.
    pub metadata: BTreeMap<String, String>,
}

/// An account to be made.
#[derive(Clone, PartialEq, Eq)]
pub struct PayeeOrder {
    /// The country, as ISO 3166 writes it: `DE`.
    pub country: String,
    /// The holder's address.
    pub email: Option<String>,
    /// What it carries along.
    pub metadata: BTreeMap<String, String>,
}

/// Leaves out whose it is.
impl fmt::Debug for PayeeOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PayeeOrder").field("country", &self.country).finish_non_exhaustive()
    }
}
