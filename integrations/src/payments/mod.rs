//! Payments by card: what we ask of a payment processor, in our words.

mod orders;
mod results;
pub mod stripe;

pub use orders::{Capture, FormOrder, PageOrder, PayeeOrder, RefundOrder, Split};
pub use results::{
    Batch, Charge, Dispute, DisputeFee, DisputeState, Event, Form, History, Page, PageState, Payee, Payment,
    PaymentState, Payout, PayoutState, Refund, RefundState,
};

use domain::money::Money;
use std::pin::Pin;
use time::OffsetDateTime;

/// Why the processor did not do what it was asked. It holds no secret and names no person, so that it may be logged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProcessorError {
    /// Asking again with the same key later may help, and can do no harm.
    #[error("the payment processor could not be asked: {0}")]
    Temporary(String),
    /// Asking again cannot help.
    #[error("the payment processor refused ({code}): {message}")]
    Permanent {
        /// The processor's word for it: `charge_already_refunded`.
        code: String,
        /// What it says about it.
        message: String,
    },
    /// The client's bank said no.
    #[error("the card was declined ({code})")]
    Declined {
        /// The bank's word for it: `insufficient_funds`.
        code: String,
    },
}

/// Why an event is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadEvent {
    /// The header is no signature.
    #[error("the signature header cannot be read")]
    Header,
    /// None of the secrets made this signature for this body.
    #[error("the signature does not match")]
    Signature,
    /// It was signed too long ago, or in the future.
    #[error("the signature is too old or too new")]
    Time,
    /// The body is no event.
    #[error("the body is no event")]
    Body,
}

/// The end of asking the processor.
pub type Asking<'a, T> = Pin<Box<dyn Future<Output = Result<T, ProcessorError>> + Send + 'a>>;

/// Takes payments and gives them back.
///
/// Whatever makes something takes a key that the caller derives from what it is for. The same key with the same order has one
/// effect, however often it is asked; with another order it is refused. Stripe remembers a key for a day: who asks again
/// later looks into `history` first, where what was made carries the order's metadata. It also repeats an error of its own for
/// that day, so what can be done only once anyway, `capture` and `release`, takes none.
pub trait Processor: Send + Sync {
    /// Opens a payment page.
    fn open_page<'a>(&'a self, order: &'a PageOrder, key: &'a str) -> Asking<'a, Page>;

    /// A payment page as it is now.
    fn page<'a>(&'a self, id: &'a str) -> Asking<'a, Page>;

    /// Closes a payment page: nobody can pay on it from now on. One that is closed already stays as it is.
    fn expire_page<'a>(&'a self, id: &'a str) -> Asking<'a, Page>;

    /// Prepares a payment for a client that brings its own form.
    fn prepare<'a>(&'a self, order: &'a FormOrder, key: &'a str) -> Asking<'a, Form>;

    /// A payment as it is now.
    fn payment<'a>(&'a self, id: &'a str) -> Asking<'a, Payment>;

    /// A payment with all that went back.
    fn history<'a>(&'a self, id: &'a str) -> Asking<'a, History>;

    /// Takes what was authorised, or a part of it. Where that was done before, it is fine.
    fn capture<'a>(&'a self, id: &'a str, amount: Option<Money>) -> Asking<'a, Payment>;

    /// Lets go of what was authorised or is still to be paid. Where that was done before, it is fine. A payment whose page
    /// is open is refused: the page is to be closed.
    fn release<'a>(&'a self, id: &'a str) -> Asking<'a, Payment>;

    /// Gives money back.
    fn refund<'a>(&'a self, order: &'a RefundOrder, key: &'a str) -> Asking<'a, Refund>;

    /// Makes an account for somebody who is to receive payments.
    fn create_payee<'a>(&'a self, order: &'a PayeeOrder, key: &'a str) -> Asking<'a, Payee>;

    /// Where the holder of an account goes to set it up; good for minutes and once.
    fn onboarding_link<'a>(
        &'a self,
        payee: &'a str,
        return_url: &'a str,
        refresh_url: &'a str,
    ) -> Asking<'a, String>;

    /// An account as it is now.
    fn payee<'a>(&'a self, id: &'a str) -> Asking<'a, Payee>;

    /// What happened since then, newest first: the events that should have come by themselves. `payee` asks for those of
    /// that account, `after` is the last batch's `next`. Events are kept for 30 days.
    fn events<'a>(
        &'a self,
        payee: Option<&'a str>,
        since: OffsetDateTime,
        after: Option<&'a str>,
    ) -> Asking<'a, Batch<Event>>;

    /// Payments begun since then, newest first.
    fn payments<'a>(&'a self, since: OffsetDateTime, after: Option<&'a str>) -> Asking<'a, Batch<Payment>>;

    /// Refunds made since then, newest first.
    fn refunds<'a>(&'a self, since: OffsetDateTime, after: Option<&'a str>) -> Asking<'a, Batch<Refund>>;

    /// Disputes opened since then, newest first.
    fn disputes<'a>(&'a self, since: OffsetDateTime, after: Option<&'a str>) -> Asking<'a, Batch<Dispute>>;

    /// A payout as it is now: the platform's own, or an account's.
    fn payout<'a>(&'a self, payee: Option<&'a str>, id: &'a str) -> Asking<'a, Payout>;

    /// Payouts made since then, newest first: the platform's own, or an account's.
    fn payouts<'a>(
        &'a self,
        payee: Option<&'a str>,
        since: OffsetDateTime,
        after: Option<&'a str>,
    ) -> Asking<'a, Batch<Payout>>;

    /// What a delivered event says, if the processor really sent it: the raw body, the signature's header, and now.
    ///
    /// # Errors
    /// If it is not to be believed.
    fn event(&self, body: &[u8], header: &str, now: OffsetDateTime) -> Result<Event, BadEvent>;
}
