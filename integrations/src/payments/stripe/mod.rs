//! Stripe. async-stripe builds the requests; how they are sent and what is read of the answers is ours (decision 0032).

mod amount;
mod answers;
mod build;
mod error;
mod signature;
mod wire;

pub use signature::{TOLERANCE, verify};

use super::{
    Asking, BadEvent, Batch, Dispute, Event, Form, FormOrder, History, Page, PageOrder, PageState, Payee,
    PayeeOrder, Payment, PaymentState, Payout, Processor, ProcessorError, Refund, RefundOrder, RefundState,
};
use answers::{
    AccountAnswer, DisputeAnswer, EventAnswer, FormAnswer, IntentAnswer, LinkAnswer, List, PayoutAnswer,
    RefundAnswer, SessionAnswer,
};
use build::since as from;
use domain::money::Money;
use secrecy::SecretString;
use std::time::Duration;
use stripe_checkout::checkout_session::{ExpireCheckoutSession, RetrieveCheckoutSession};
use stripe_connect::account::RetrieveAccount;
use stripe_connect::account_link::{CreateAccountLink, CreateAccountLinkType};
use stripe_core::dispute::ListDispute;
use stripe_core::event::ListEvent;
use stripe_core::payment_intent::{
    CancelPaymentIntent, CapturePaymentIntent, ListPaymentIntent, RetrievePaymentIntent,
};
use stripe_core::payout::{ListPayout, RetrievePayout};
use stripe_core::refund::ListRefund;
use time::OffsetDateTime;
use url::Url;
use wire::Wire;

/// Where Stripe is.
pub const STRIPE: &str = "https://api.stripe.com";
/// How many objects of a list come at once.
const BATCH: i64 = 100;
/// What of a payment comes along with it.
const MONEY: &str = "latest_charge.balance_transaction";
/// What comes along where payments are split.
const SHARE: &str = "latest_charge.application_fee";
/// What comes along with refunds where payments are split.
const REVERSAL: &str = "data.transfer_reversal";
/// What happened that concerns us.
const KINDS: [&str; 20] = [
    "account.updated",
    "charge.dispute.closed",
    "charge.dispute.created",
    "charge.dispute.funds_reinstated",
    "charge.dispute.funds_withdrawn",
    "charge.refunded",
    "charge.updated",
    "checkout.session.completed",
    "checkout.session.expired",
    "payment_intent.amount_capturable_updated",
    "payment_intent.canceled",
    "payment_intent.payment_failed",
    "payment_intent.succeeded",
    "payout.canceled",
    "payout.created",
    "payout.failed",
    "payout.paid",
    "refund.created",
    "refund.failed",
    "refund.updated",
];

/// How to reach Stripe.
#[derive(Clone)]
pub struct Settings {
    /// Where it is: `https://api.stripe.com`, or something that speaks like it.
    pub base_url: Url,
    /// The secret key.
    pub key: SecretString,
    /// The secrets that events are signed with: two while one is being replaced.
    pub webhook_secrets: Vec<SecretString>,
    /// Whether payments are split with accounts of providers (Connect).
    pub connect: bool,
    /// How long one request may take.
    pub timeout: Duration,
}

/// A payment processor of the name Stripe.
pub struct Stripe {
    wire: Wire,
    webhook_secrets: Vec<SecretString>,
    connect: bool,
}

/// The settings cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the way to Stripe cannot be set up: {0}")]
pub struct BadSetting(String);

impl From<url::ParseError> for BadSetting {
    fn from(error: url::ParseError) -> Self {
        Self(error.to_string())
    }
}

impl Stripe {
    /// A way to Stripe. It connects when it is first asked.
    ///
    /// # Errors
    /// If the address is none that can be asked.
    pub fn new(settings: Settings) -> Result<Self, BadSetting> {
        let Settings { base_url, key, webhook_secrets, connect, timeout } = settings;
        if !["https", "http"].contains(&base_url.scheme()) || base_url.query().is_some() {
            return Err(BadSetting("the address must be http or https, without a query".to_owned()));
        }
        let wire = Wire::new(&base_url, key, timeout).map_err(|error| BadSetting(error.to_string()))?;
        Ok(Self { wire, webhook_secrets, connect })
    }

    /// What comes along with a payment, which in a list stands under `data.`.
    fn money(&self, prefix: &str) -> Vec<String> {
        let share = self.connect.then_some(SHARE);
        [Some(MONEY), share].into_iter().flatten().map(|path| format!("{prefix}{path}")).collect()
    }

    async fn read_page(&self, id: &str) -> Result<Page, ProcessorError> {
        let page: SessionAnswer = self.wire.get(&RetrieveCheckoutSession::new(known(id)?), None).await?;
        page.read()
    }

    async fn read_payment(&self, id: &str) -> Result<Payment, ProcessorError> {
        let intent: IntentAnswer =
            self.wire.get(&RetrievePaymentIntent::new(known(id)?).expand(self.money("")), None).await?;
        intent.read()
    }

    /// The payment as it became. What was refused because it had been done before, is done.
    async fn or_done(
        &self,
        id: &str,
        answer: Result<IntentAnswer, ProcessorError>,
        is_done: impl Fn(&Payment) -> bool,
    ) -> Result<Payment, ProcessorError> {
        match answer {
            Ok(intent) => intent.read(),
            Err(ProcessorError::Permanent { code, message }) if code == "payment_intent_unexpected_state" => {
                let payment = self.read_payment(id).await?;
                if is_done(&payment) { Ok(payment) } else { Err(ProcessorError::Permanent { code, message }) }
            }
            Err(error) => Err(error),
        }
    }
}

/// Ids stand in paths, so only those that look like one go there.
fn known(id: &str) -> Result<&str, ProcessorError> {
    let is_id = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !id.is_empty() && id.len() <= 255 && id.bytes().all(is_id) {
        return Ok(id);
    }
    Err(ProcessorError::Permanent {
        code: "resource_missing".to_owned(),
        message: "this is no id".to_owned(),
    })
}

/// What went back, or is on its way.
fn given_back(refunds: &[Refund]) -> i64 {
    let stays = |state| matches!(state, RefundState::Failed | RefundState::Cancelled);
    refunds.iter().filter(|refund| !stays(refund.state)).map(|refund| refund.amount.minor).sum()
}

/// Starts a list where the last part ended.
macro_rules! part {
    ($list:expr, $after:expr) => {{
        let list = $list.limit(BATCH);
        match $after {
            Some(after) => list.starting_after(after),
            None => list,
        }
    }};
}

impl Processor for Stripe {
    fn open_page<'a>(&'a self, order: &'a PageOrder, key: &'a str) -> Asking<'a, Page> {
        Box::pin(async move {
            let page: SessionAnswer = self.wire.post(&build::page(order)?, Some(key)).await?;
            page.read()
        })
    }

    fn page<'a>(&'a self, id: &'a str) -> Asking<'a, Page> {
        Box::pin(self.read_page(id))
    }

    fn expire_page<'a>(&'a self, id: &'a str) -> Asking<'a, Page> {
        Box::pin(async move {
            let closed: Result<SessionAnswer, _> =
                self.wire.post(&ExpireCheckoutSession::new(known(id)?), None).await;
            match closed {
                Ok(page) => page.read(),
                // Somebody was quicker: what became of it counts.
                Err(refused @ ProcessorError::Permanent { .. }) => match self.read_page(id).await? {
                    page if page.state == PageState::Open => Err(refused),
                    page => Ok(page),
                },
                Err(error) => Err(error),
            }
        })
    }

    fn prepare<'a>(&'a self, order: &'a FormOrder, key: &'a str) -> Asking<'a, Form> {
        Box::pin(async move {
            let intent: FormAnswer = self.wire.post(&build::intent(order)?, Some(key)).await?;
            intent.read()
        })
    }

    fn payment<'a>(&'a self, id: &'a str) -> Asking<'a, Payment> {
        Box::pin(self.read_payment(id))
    }

    fn history<'a>(&'a self, id: &'a str) -> Asking<'a, History> {
        Box::pin(async move {
            let mut payment = self.read_payment(id).await?;
            let (mut refunds, mut disputes) = (Vec::new(), Vec::new());
            let mut after: Option<String> = None;
            loop {
                let mut list = part!(ListRefund::new().payment_intent(id), after);
                if self.connect {
                    list = list.expand([REVERSAL.to_owned()]);
                }
                let list: List<RefundAnswer> = self.wire.get(&list, None).await?;
                let batch = list.into_batch(|refund: &Refund| &refund.id, RefundAnswer::read)?;
                refunds.extend(batch.items);
                after = batch.next;
                if after.is_none() {
                    break;
                }
            }
            // What was given back between the two answers is in both of them after this.
            if payment.charge.as_ref().is_some_and(|charge| charge.refunded.minor < given_back(&refunds)) {
                payment = self.read_payment(id).await?;
            }
            if payment.charge.as_ref().is_some_and(|charge| charge.disputed) {
                let list: List<DisputeAnswer> =
                    self.wire.get(&ListDispute::new().payment_intent(id).limit(BATCH), None).await?;
                disputes = list.into_batch(|dispute: &Dispute| &dispute.id, DisputeAnswer::read)?.items;
            }
            Ok(History { payment, refunds, disputes })
        })
    }

    fn capture<'a>(&'a self, id: &'a str, amount: Option<Money>) -> Asking<'a, Payment> {
        Box::pin(async move {
            let mut capture = CapturePaymentIntent::new(known(id)?).expand(self.money(""));
            if let Some(amount) = amount {
                capture = capture.amount_to_capture(amount::to_stripe(amount)?);
            }
            let captured: Result<IntentAnswer, _> = self.wire.post(&capture, None).await;
            let is_done = |payment: &Payment| {
                payment.state == PaymentState::Paid && amount.is_none_or(|amount| payment.received == amount)
            };
            self.or_done(id, captured, is_done).await
        })
    }

    fn release<'a>(&'a self, id: &'a str) -> Asking<'a, Payment> {
        Box::pin(async move {
            let cancel = CancelPaymentIntent::new(known(id)?).expand(self.money(""));
            let cancelled: Result<IntentAnswer, _> = self.wire.post(&cancel, None).await;
            self.or_done(id, cancelled, |payment| payment.state == PaymentState::Cancelled).await
        })
    }

    fn refund<'a>(&'a self, order: &'a RefundOrder, key: &'a str) -> Asking<'a, Refund> {
        Box::pin(async move {
            let refund: RefundAnswer = self.wire.post(&build::refund(order)?, Some(key)).await?;
            refund.read()
        })
    }

    fn create_payee<'a>(&'a self, order: &'a PayeeOrder, key: &'a str) -> Asking<'a, Payee> {
        Box::pin(async move {
            let account: AccountAnswer = self.wire.post(&build::account(order), Some(key)).await?;
            Ok(account.read())
        })
    }

    fn onboarding_link<'a>(
        &'a self,
        payee: &'a str,
        return_url: &'a str,
        refresh_url: &'a str,
    ) -> Asking<'a, String> {
        Box::pin(async move {
            let link = CreateAccountLink::new(payee, CreateAccountLinkType::AccountOnboarding)
                .return_url(return_url)
                .refresh_url(refresh_url);
            let link: LinkAnswer = self.wire.post(&link, None).await?;
            Ok(link.url)
        })
    }

    fn payee<'a>(&'a self, id: &'a str) -> Asking<'a, Payee> {
        Box::pin(async move {
            let account: AccountAnswer = self.wire.get(&RetrieveAccount::new(known(id)?), None).await?;
            Ok(account.read())
        })
    }

    fn events<'a>(
        &'a self,
        payee: Option<&'a str>,
        since: OffsetDateTime,
        after: Option<&'a str>,
    ) -> Asking<'a, Batch<Event>> {
        Box::pin(async move {
            let kinds = KINDS.map(str::to_owned);
            let list = part!(ListEvent::new().created(from(since)).types(kinds), after);
            let list: List<EventAnswer> = self.wire.get(&list, payee).await?;
            list.into_batch(|event: &Event| &event.id, EventAnswer::read)
        })
    }

    fn payments<'a>(&'a self, since: OffsetDateTime, after: Option<&'a str>) -> Asking<'a, Batch<Payment>> {
        Box::pin(async move {
            let expand = self.money("data.");
            let list = part!(ListPaymentIntent::new().created(from(since)).expand(expand), after);
            let list: List<IntentAnswer> = self.wire.get(&list, None).await?;
            list.into_batch(|payment: &Payment| &payment.id, IntentAnswer::read)
        })
    }

    fn refunds<'a>(&'a self, since: OffsetDateTime, after: Option<&'a str>) -> Asking<'a, Batch<Refund>> {
        Box::pin(async move {
            let list: List<RefundAnswer> =
                self.wire.get(&part!(ListRefund::new().created(from(since)), after), None).await?;
            list.into_batch(|refund: &Refund| &refund.id, RefundAnswer::read)
        })
    }

    fn disputes<'a>(&'a self, since: OffsetDateTime, after: Option<&'a str>) -> Asking<'a, Batch<Dispute>> {
        Box::pin(async move {
            let list: List<DisputeAnswer> =
                self.wire.get(&part!(ListDispute::new().created(from(since)), after), None).await?;
            list.into_batch(|dispute: &Dispute| &dispute.id, DisputeAnswer::read)
        })
    }

    fn payout<'a>(&'a self, payee: Option<&'a str>, id: &'a str) -> Asking<'a, Payout> {
        Box::pin(async move {
            let payout: PayoutAnswer = self.wire.get(&RetrievePayout::new(known(id)?), payee).await?;
            payout.read()
        })
    }

    fn payouts<'a>(
        &'a self,
        payee: Option<&'a str>,
        since: OffsetDateTime,
        after: Option<&'a str>,
    ) -> Asking<'a, Batch<Payout>> {
        Box::pin(async move {
            let list: List<PayoutAnswer> =
                self.wire.get(&part!(ListPayout::new().created(from(since)), after), payee).await?;
            list.into_batch(|payout: &Payout| &payout.id, PayoutAnswer::read)
        })
    }

    fn event(&self, body: &[u8], header: &str, now: OffsetDateTime) -> Result<Event, BadEvent> {
        verify(body, header, &self.webhook_secrets, now, TOLERANCE)
    }
}
