//! What of Stripe's answers we read. All else may change, or be missing, without a payment failing.

use super::amount::from_stripe;
use crate::payments::{
    Batch, Charge, Dispute, DisputeFee, DisputeState, Event, Form, Page, PageState, Payee, Payment,
    PaymentState, Payout, PayoutState, ProcessorError, Refund, RefundState,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use time::OffsetDateTime;

type Read<T> = Result<T, ProcessorError>;

fn unreadable(what: &str) -> ProcessorError {
    ProcessorError::Temporary(format!("its answer cannot be read: {what}"))
}

fn instant(at: i64) -> Read<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(at).map_err(|_| unreadable("a time is out of range"))
}

/// Something that is an id, or the object where it was asked for.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Linked<T> {
    Object(Box<T>),
    Id(String),
}

impl<T> Linked<T> {
    fn object(self) -> Option<T> {
        match self {
            Self::Object(object) => Some(*object),
            Self::Id(_) => None,
        }
    }
}

/// Any object of which only the id matters.
#[derive(Deserialize)]
pub(super) struct Named {
    id: String,
}

impl Linked<Named> {
    fn id(self) -> String {
        match self {
            Self::Object(named) => named.id,
            Self::Id(id) => id,
        }
    }
}

/// A list.
#[derive(Deserialize)]
pub(super) struct List<T> {
    data: Vec<T>,
    #[serde(default)]
    has_more: bool,
}

impl<T> List<T> {
    pub fn into_batch<U>(self, id: impl Fn(&U) -> &str, read: impl Fn(T) -> Read<U>) -> Read<Batch<U>> {
        let items = self.data.into_iter().map(read).collect::<Read<Vec<U>>>()?;
        let next = items.last().filter(|_| self.has_more).map(|last| id(last).to_owned());
        Ok(Batch { items, next })
    }
}

#[derive(Deserialize)]
pub(super) struct SessionAnswer {
    id: String,
    url: Option<String>,
    status: Option<String>,
    payment_intent: Option<Linked<Named>>,
    expires_at: Option<i64>,
}

impl SessionAnswer {
    pub fn read(self) -> Read<Page> {
        let state = match self.status.as_deref() {
            Some("open") => PageState::Open,
            Some("complete") => PageState::Complete,
            Some("expired") => PageState::Expired,
            _ => return Err(unreadable("the state of a page")),
        };
        let payment = self.payment_intent.map(Linked::id);
        Ok(Page {
            id: self.id,
            url: self.url,
            state,
            payment,
            expires_at: self.expires_at.map(instant).transpose()?,
        })
    }
}

#[derive(Deserialize)]
pub(super) struct FormAnswer {
    id: String,
    client_secret: Option<String>,
}

impl FormAnswer {
    pub fn read(self) -> Read<Form> {
        let client_secret = self.client_secret.ok_or_else(|| unreadable("there is no client secret"))?;
        Ok(Form { payment: self.id, client_secret })
    }
}

#[derive(Deserialize)]
pub(super) struct IntentAnswer {
    id: String,
    status: String,
    amount: i64,
    #[serde(default)]
    amount_received: i64,
    currency: String,
    last_payment_error: Option<Failure>,
    latest_charge: Option<Linked<ChargeAnswer>>,
    metadata: Option<BTreeMap<String, String>>,
    created: i64,
}

#[derive(Deserialize)]
struct Failure {
    code: Option<String>,
    decline_code: Option<String>,
}

impl IntentAnswer {
    pub fn read(self) -> Read<Payment> {
        let state = match &*self.status {
            "requires_payment_method" | "requires_confirmation" => PaymentState::Waiting,
            "requires_action" => PaymentState::ActionNeeded,
            "requires_capture" => PaymentState::Authorised,
            "succeeded" => PaymentState::Paid,
            "canceled" => PaymentState::Cancelled,
            // A state we do not know is one to ask about again.
            _ => PaymentState::Processing,
        };
        let charge = self
            .latest_charge
            .and_then(Linked::object)
            .map(|charge| charge.read(&self.currency))
            .transpose()?;
        Ok(Payment {
            id: self.id,
            state,
            amount: from_stripe(self.amount, &self.currency)?,
            received: from_stripe(self.amount_received, &self.currency)?,
            failure: self.last_payment_error.and_then(|failure| failure.decline_code.or(failure.code)),
            charge: charge.flatten(),
            metadata: self.metadata.unwrap_or_default(),
            created_at: instant(self.created)?,
        })
    }
}

#[derive(Deserialize)]
pub(super) struct ChargeAnswer {
    id: String,
    status: Option<String>,
    amount: i64,
    amount_captured: Option<i64>,
    #[serde(default)]
    amount_refunded: i64,
    #[serde(default)]
    captured: bool,
    #[serde(default)]
    disputed: bool,
    balance_transaction: Option<Linked<Booked>>,
    application_fee: Option<Linked<Fee>>,
    transfer_data: Option<Destination>,
}

#[derive(Deserialize)]
struct Booked {
    fee: i64,
    created: Option<i64>,
    currency: String,
}

#[derive(Deserialize)]
struct Fee {
    amount: i64,
    #[serde(default)]
    amount_refunded: i64,
    currency: String,
}

#[derive(Deserialize)]
struct Destination {
    destination: Option<Linked<Named>>,
}

impl ChargeAnswer {
    /// None for attempts that failed: no money moved.
    fn read(self, currency: &str) -> Read<Option<Charge>> {
        if self.status.as_deref() == Some("failed") {
            return Ok(None);
        }
        let money = |amount| from_stripe(amount, currency);
        // What was authorised and let go again is shown as refunded, though nothing had been taken.
        let (captured, refunded) = if self.captured {
            (self.amount_captured.unwrap_or(self.amount), self.amount_refunded)
        } else {
            (0, 0)
        };
        let booked = self.balance_transaction.and_then(Linked::object);
        let fee = self.application_fee.and_then(Linked::object);
        let payee = self.transfer_data.and_then(|data| data.destination);
        Ok(Some(Charge {
            id: self.id,
            captured: money(captured)?,
            refunded: money(refunded)?,
            booked_at: booked.as_ref().and_then(|booked| booked.created).map(instant).transpose()?,
            processor_fee: booked.map(|booked| from_stripe(booked.fee, &booked.currency)).transpose()?,
            platform_fee: fee.as_ref().map(|fee| from_stripe(fee.amount, &fee.currency)).transpose()?,
            platform_fee_returned: fee
                .map(|fee| from_stripe(fee.amount_refunded, &fee.currency))
                .transpose()?,
            payee: payee.map(Linked::id),
            disputed: self.disputed,
        }))
    }
}

#[derive(Deserialize)]
pub(super) struct RefundAnswer {
    id: String,
    payment_intent: Option<Linked<Named>>,
    charge: Option<Linked<Named>>,
    amount: i64,
    currency: String,
    transfer_reversal: Option<Linked<Reversal>>,
    status: Option<String>,
    failure_reason: Option<String>,
    metadata: Option<BTreeMap<String, String>>,
    created: i64,
}

/// What was taken back from the account that a charge was passed on to.
#[derive(Deserialize)]
struct Reversal {
    amount: i64,
}

impl RefundAnswer {
    pub fn read(self) -> Read<Refund> {
        let reversed = match self.transfer_reversal {
            None => 0,
            // Charges are passed on whole, so as much comes back as goes back.
            Some(Linked::Id(_)) => self.amount,
            Some(Linked::Object(reversal)) => reversal.amount,
        };
        let state = match self.status.as_deref() {
            Some("succeeded") => RefundState::Succeeded,
            Some("failed") => RefundState::Failed,
            Some("canceled") => RefundState::Cancelled,
            Some("requires_action") => RefundState::ActionNeeded,
            _ => RefundState::Pending,
        };
        Ok(Refund {
            id: self.id,
            payment: self.payment_intent.map(Linked::id),
            charge: self.charge.map(Linked::id),
            amount: from_stripe(self.amount, &self.currency)?,
            reversed: from_stripe(reversed, &self.currency)?,
            state,
            failure: self.failure_reason,
            metadata: self.metadata.unwrap_or_default(),
            created_at: instant(self.created)?,
        })
    }
}

#[derive(Deserialize)]
pub(super) struct DisputeAnswer {
    id: String,
    payment_intent: Option<Linked<Named>>,
    charge: Linked<Named>,
    amount: i64,
    currency: String,
    status: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    balance_transactions: Vec<DisputeBooked>,
    created: i64,
}

/// What a dispute moved.
#[derive(Deserialize)]
struct DisputeBooked {
    id: String,
    fee: i64,
    currency: String,
}

impl DisputeAnswer {
    pub fn read(self) -> Read<Dispute> {
        let state = match &*self.status {
            "won" => DisputeState::Won,
            "lost" => DisputeState::Lost,
            // Settled before the bank took anything.
            "prevented" => DisputeState::Inquiry,
            status if status.starts_with("warning_") => DisputeState::Inquiry,
            _ => DisputeState::Open,
        };
        Ok(Dispute {
            id: self.id,
            payment: self.payment_intent.map(Linked::id),
            charge: self.charge.id(),
            amount: from_stripe(self.amount, &self.currency)?,
            state,
            reason: self.reason,
            fees: self
                .balance_transactions
                .into_iter()
                .filter(|it| it.fee != 0)
                .map(DisputeBooked::read)
                .collect::<Read<_>>()?,
            created_at: instant(self.created)?,
        })
    }
}

impl DisputeBooked {
    fn read(self) -> Read<DisputeFee> {
        Ok(DisputeFee { id: self.id, amount: from_stripe(self.fee, &self.currency)? })
    }
}

#[derive(Deserialize)]
pub(super) struct PayoutAnswer {
    id: String,
    amount: i64,
    currency: String,
    status: String,
    arrival_date: i64,
    created: i64,
}

impl PayoutAnswer {
    pub fn read(self) -> Read<Payout> {
        let state = match &*self.status {
            "paid" => PayoutState::Paid,
            "failed" => PayoutState::Failed,
            "canceled" => PayoutState::Cancelled,
            _ => PayoutState::UnderWay,
        };
        Ok(Payout {
            id: self.id,
            amount: from_stripe(self.amount, &self.currency)?,
            state,
            arrives_at: instant(self.arrival_date)?,
            created_at: instant(self.created)?,
        })
    }
}

#[derive(Deserialize)]
pub(super) struct AccountAnswer {
    id: String,
    #[serde(default)]
    charges_enabled: bool,
    #[serde(default)]
    payouts_enabled: bool,
    #[serde(default)]
    details_submitted: bool,
    requirements: Option<Requirements>,
}

#[derive(Deserialize)]
struct Requirements {
    currently_due: Option<Vec<String>>,
}

impl AccountAnswer {
    pub fn read(self) -> Payee {
        Payee {
            id: self.id,
            can_charge: self.charges_enabled,
            can_pay_out: self.payouts_enabled,
            details_submitted: self.details_submitted,
            missing: self.requirements.and_then(|asked| asked.currently_due).map_or(0, |due| due.len()),
        }
    }
}

/// A link.
#[derive(Deserialize)]
pub(super) struct LinkAnswer {
    pub url: String,
}

#[derive(Deserialize)]
pub(super) struct EventAnswer {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    account: Option<String>,
    created: i64,
    data: EventData,
}

#[derive(Deserialize)]
struct EventData {
    object: EventObject,
}

#[derive(Deserialize)]
struct EventObject {
    id: Option<String>,
    payment_intent: Option<Linked<Named>>,
}

impl EventAnswer {
    pub fn read(self) -> Read<Event> {
        let object = self.data.object.id.unwrap_or_default();
        let payment = self.data.object.payment_intent.map(Linked::id);
        let payment = payment.or_else(|| object.starts_with("pi_").then(|| object.clone()));
        Ok(Event {
            id: self.id,
            kind: self.kind,
            payment,
            payee: self.account,
            created_at: instant(self.created)?,
            object,
        })
    }
}

/// The event in a body.
pub(super) fn event(body: &[u8]) -> Option<Event> {
    serde_json::from_slice::<EventAnswer>(body).ok()?.read().ok()
}
