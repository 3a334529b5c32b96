//! What a payment processor tells us.

use domain::money::Money;
use std::collections::BTreeMap;
use std::fmt;
use time::OffsetDateTime;

/// A payment page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The processor's id.
    pub id: String,
    /// Where the client pays, while it is open.
    pub url: Option<String>,
    /// Whether one can still pay.
    pub state: PageState,
    /// The payment, once the client has tried to pay.
    pub payment: Option<String>,
    /// When nobody can pay any more.
    pub expires_at: Option<OffsetDateTime>,
}

/// Whether one can pay on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageState {
    /// Yes.
    Open,
    /// The client has done all there was to do.
    Complete,
    /// No longer, and nothing was paid.
    Expired,
}

/// A payment that a client's own form completes.
#[derive(Clone, PartialEq, Eq)]
pub struct Form {
    /// The processor's id of the payment.
    pub payment: String,
    /// What the form needs, for this client's eyes only.
    pub client_secret: String,
}

/// Leaves the secret out.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form").field("payment", &self.payment).finish_non_exhaustive()
    }
}

/// How far a payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentState {
    /// The client has still to pay, or the last attempt failed.
    Waiting,
    /// The client has still to prove to be the card's holder.
    ActionNeeded,
    /// The bank is at it.
    Processing,
    /// The bank holds the amount; `capture` takes it.
    Authorised,
    /// The money has arrived.
    Paid,
    /// It will never be paid: released, lapsed, or its page expired.
    Cancelled,
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The processor's id.
    pub id: String,
    /// How far it is.
    pub state: PaymentState,
    /// What is to be paid.
    pub amount: Money,
    /// What has arrived.
    pub received: Money,
    /// Why the last attempt failed: the bank's word.
    pub failure: Option<String>,
    /// The money that moved.
    pub charge: Option<Charge>,
    /// What it carries along.
    pub metadata: BTreeMap<String, String>,
    /// When it was begun.
    pub created_at: OffsetDateTime,
}

/// What a card was charged with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// The processor's id.
    pub id: String,
    /// What was taken.
    pub captured: Money,
    /// What of it went back or is on its way back.
    pub refunded: Money,
    /// When the money was booked, once that is known.
    pub booked_at: Option<OffsetDateTime>,
    /// The processor's price, in the currency of the account, once it is known.
    pub processor_fee: Option<Money>,
    /// What the platform keeps.
    pub platform_fee: Option<Money>,
    /// What the platform gave back of that.
    pub platform_fee_returned: Option<Money>,
    /// The account it was for.
    pub payee: Option<String>,
    /// Whether a bank disputes it, or did.
    pub disputed: bool,
}

/// A payment with all that went back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The payment.
    pub payment: Payment,
    /// Every refund of it, newest first.
    pub refunds: Vec<Refund>,
    /// Every dispute about it, newest first.
    pub disputes: Vec<Dispute>,
}

/// How far a refund is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundState {
    /// It is on its way.
    Pending,
    /// The bank has it.
    Succeeded,
    /// It came back.
    Failed,
    /// It was called off; the money is back.
    Cancelled,
    /// The client has still to say where the money goes.
    ActionNeeded,
}

/// Money on its way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// The processor's id.
    pub id: String,
    /// The payment it goes back of.
    pub payment: Option<String>,
    /// The charge it goes back of.
    pub charge: Option<String>,
    /// How much.
    pub amount: Money,
    /// What of it was taken back from the account that the charge was passed on to. The rest is the platform's money.
    pub reversed: Money,
    /// How far it is.
    pub state: RefundState,
    /// Why it failed: the processor's word.
    pub failure: Option<String>,
    /// What it carries along.
    pub metadata: BTreeMap<String, String>,
    /// When it was made.
    pub created_at: OffsetDateTime,
}

/// How far a dispute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisputeState {
    /// The bank only asks; no money was taken.
    Inquiry,
    /// The bank took the money and waits for evidence or decides.
    Open,
    /// The money is back.
    Won,
    /// The client keeps the money.
    Lost,
}

/// A step of the processor's price for a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeFee {
    /// The processor's id of the movement.
    pub id: String,
    /// What it takes; below zero for what it gives back.
    pub amount: Money,
}

/// A bank's quarrel about a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// The processor's id.
    pub id: String,
    /// The payment.
    pub payment: Option<String>,
    /// The charge.
    pub charge: String,
    /// What it is about.
    pub amount: Money,
    /// How far it is.
    pub state: DisputeState,
    /// The bank's word for why: `fraudulent`.
    pub reason: String,
    /// What the processor takes for it, or gives back of that, in the order in which it does.
    pub fees: Vec<DisputeFee>,
    /// When it was opened.
    pub created_at: OffsetDateTime,
}

/// How far a payout is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayoutState {
    /// It is on its way.
    UnderWay,
    /// The bank has it.
    Paid,
    /// It came back.
    Failed,
    /// It was called off.
    Cancelled,
}

/// Money that went to a bank account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payout {
    /// The processor's id.
    pub id: String,
    /// How much.
    pub amount: Money,
    /// How far it is.
    pub state: PayoutState,
    /// When the bank has it, or should.
    pub arrives_at: OffsetDateTime,
    /// When it was made.
    pub created_at: OffsetDateTime,
}

/// Somebody's account for receiving payments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payee {
    /// The processor's id.
    pub id: String,
    /// Whether payments can be for it.
    pub can_charge: bool,
    /// Whether money goes to its bank.
    pub can_pay_out: bool,
    /// Whether its holder has filled in everything that was asked.
    pub details_submitted: bool,
    /// How many things the processor still wants to know.
    pub missing: usize,
}

/// Something that happened. A hint only: what it is about is to be read anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The processor's id; the same event may come again.
    pub id: String,
    /// What happened: `charge.refunded`.
    pub kind: String,
    /// What it happened to: `ch_…`.
    pub object: String,
    /// The payment that it belongs to, where the event says so.
    pub payment: Option<String>,
    /// The account it happened in, unless it is ours.
    pub payee: Option<String>,
    /// When it happened.
    pub created_at: OffsetDateTime,
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch<T> {
    /// What is in it.
    pub items: Vec<T>,
    /// What to ask for the next part with, if there is one.
    pub next: Option<String>,
}
