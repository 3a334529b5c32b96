//! PaymentIntents: a payment from the wish to the money.

use super::charges;
use super::transfers::{Split, check_split};
use crate::books::{Books, id, token};
use crate::money;
use crate::params::{Metadata, Params};
use crate::refused::{Answer, Refused};
use crate::shelf::{Object, object};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How long an authorisation holds.
const AUTHORISED_FOR: i64 = 7 * 24 * 3600;
/// Why one that lapsed is cancelled.
const LAPSED: &str = "expired";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Intent {
    pub id: String,
    pub object: String,
    pub amount: i64,
    pub amount_capturable: i64,
    pub amount_received: i64,
    pub application_fee_amount: Option<i64>,
    pub canceled_at: Option<i64>,
    pub cancellation_reason: Option<String>,
    pub capture_method: String,
    pub client_secret: String,
    pub confirmation_method: String,
    pub created: i64,
    pub currency: String,
    pub description: Option<String>,
    pub last_payment_error: Option<Value>,
    pub latest_charge: Option<String>,
    pub livemode: bool,
    pub metadata: Metadata,
    pub next_action: Option<Value>,
    pub payment_method: Option<String>,
    pub payment_method_types: Vec<String>,
    pub receipt_email: Option<String>,
    pub status: String,
    pub transfer_data: Option<Split>,
}
object!(Intent, "payment_intent");

/// What an intent is made of.
pub(crate) struct Wish {
    pub amount: i64,
    pub currency: String,
    pub capture_method: String,
    pub application_fee_amount: Option<i64>,
    pub destination: Option<String>,
    pub metadata: Metadata,
    pub description: Option<String>,
    pub receipt_email: Option<String>,
    /// Ways to pay that are offered.
    pub methods: Vec<String>,
}

/// The ways to pay that a caller allows; without a word about it, whatever the dashboard has switched on.
pub(crate) fn methods(params: &mut Params) -> Vec<String> {
    let mut named = params.list("payment_method_types");
    named.extend(params.list("allowed_payment_method_types"));
    if named.is_empty() {
        named.extend(["card", "link", "sepa_debit"].map(str::to_owned));
    }
    named
}

/// Ways of capturing.
pub(crate) const CAPTURE: [&str; 3] = ["automatic", "automatic_async", "manual"];

pub(crate) fn create(books: &mut Books, mut params: Params) -> Answer {
    let amount = params.integer("amount")?;
    let amount = match amount {
        Some(amount) => amount,
        None => return Err(params.required("amount").err().unwrap_or_else(|| Refused::invalid("amount"))),
    };
    let currency = money::currency(&params.required("currency")?)?;
    money::check_charge(amount, &currency, "amount")?;
    let wish = Wish {
        amount,
        capture_method: params.choice("capture_method", &CAPTURE)?.unwrap_or("automatic_async").to_owned(),
        application_fee_amount: params.integer("application_fee_amount")?,
        destination: params.text("transfer_data[destination]"),
        metadata: params.metadata("metadata")?,
        description: params.text("description"),
        receipt_email: params.text("receipt_email"),
        methods: methods(&mut params),
        currency,
    };
    check_split(books, amount, wish.application_fee_amount, wish.destination.as_deref(), "")?;
    let (confirm, method) = (params.flag("confirm")?, params.text("payment_method"));
    params.pass(&[
        "automatic_payment_methods",
        "payment_method_options",
        "return_url",
        "statement_descriptor",
        "statement_descriptor_suffix",
        "transfer_group",
        "confirmation_method",
        "setup_future_usage",
    ]);
    params.finish()?;
    let made = make(books, wish);
    if let Some(method) = method {
        let intent = books.intents.get_mut(&made)?;
        intent.payment_method = Some(method);
        intent.status = "requires_confirmation".to_owned();
    }
    if confirm {
        let method = books.intents.get(&made)?.payment_method.clone();
        return try_card(books, &made, method);
    }
    books.intents.get(&made).map(Object::json)
}

/// Makes an intent that waits for its means of payment.
pub(crate) fn make(books: &mut Books, wish: Wish) -> String {
    let id = id("pi");
    let intent = Intent {
        object: "payment_intent".to_owned(),
        amount: wish.amount,
        amount_capturable: 0,
        amount_received: 0,
        application_fee_amount: wish.application_fee_amount,
        canceled_at: None,
        cancellation_reason: None,
        capture_method: wish.capture_method,
        client_secret: format!("{id}_secret_{}", token(24)),
        confirmation_method: "automatic".to_owned(),
        created: books.now(),
        currency: wish.currency,
        description: wish.description,
        last_payment_error: None,
        latest_charge: None,
        livemode: false,
        metadata: wish.metadata,
        next_action: None,
        payment_method: None,
        payment_method_types: wish.methods,
        receipt_email: wish.receipt_email,
        status: "requires_payment_method".to_owned(),
        transfer_data: wish.destination.map(|destination| Split { destination }),
        id: id.clone(),
    };
    books.emit("payment_intent.created", intent.json(), None);
    books.intents.add(intent);
    id
}

pub(crate) fn confirm(books: &mut Books, id: &str, mut params: Params) -> Answer {
    let given = params.text("payment_method");
    params.pass(&["return_url", "receipt_email", "client_secret", "payment_method_options"]);
    params.finish()?;
    let intent = books.intents.get(id)?;
    if !["requires_payment_method", "requires_confirmation", "requires_action"].contains(&&*intent.status) {
        return Err(unexpected(intent, "confirm"));
    }
    let method = given.or_else(|| intent.payment_method.clone());
    try_card(books, id, method)
}

/// Tries a card. The test cards are Stripe's.
pub(crate) fn try_card(books: &mut Books, id: &str, method: Option<String>) -> Answer {
    let Some(method) = method else {
        let message = "You cannot confirm this PaymentIntent because it's missing a payment method.";
        return Err(Refused::invalid(message).code("payment_intent_unexpected_state"));
    };
    let declined = match &*method {
        "pm_card_visa" | "pm_card_mastercard" | "pm_card_amex" => None,
        "pm_card_chargeDeclined" | "pm_card_visa_chargeDeclined" => {
            Some(("generic_decline", "Your card was declined."))
        }
        "pm_card_chargeDeclinedInsufficientFunds" => {
            Some(("insufficient_funds", "Your card has insufficient funds."))
        }
        "pm_card_authenticationRequired" | "pm_card_threeDSecure2Required" => {
            return demand_action(books, id, method);
        }
        _ => return Err(Refused::missing("PaymentMethod", &method).param("payment_method")),
    };
    books.intents.get_mut(id)?.payment_method = Some(method);
    match declined {
        None => authorise(books, id)?,
        Some((code, message)) => return Err(decline(books, id, code, message)?),
    }
    books.intents.get(id).map(Object::json)
}

fn demand_action(books: &mut Books, id: &str, method: String) -> Answer {
    let url = format!("{}/_sim/payment_intents/{id}/authenticate", books.base);
    let intent = books.intents.get_mut(id)?;
    intent.payment_method = Some(method);
    intent.status = "requires_action".to_owned();
    intent.next_action =
        Some(json!({ "type": "redirect_to_url", "redirect_to_url": { "url": url, "return_url": null } }));
    let json = intent.json();
    books.emit("payment_intent.requires_action", json.clone(), None);
    Ok(json)
}

/// The card's holder proved to be it, or failed to.
pub(crate) fn authenticate(books: &mut Books, id: &str, proved: bool) -> Answer {
    let intent = books.intents.get(id)?;
    if intent.status != "requires_action" {
        return Err(unexpected(intent, "authenticate"));
    }
    if proved {
        authorise(books, id)?;
        super::sessions::authenticated(books, id)?;
    } else {
        decline(books, id, "authentication_required", "The payment method failed authentication.")?;
    }
    books.intents.get(id).map(Object::json)
}

fn decline(
    books: &mut Books,
    id: &str,
    code: &'static str,
    message: &'static str,
) -> Result<Refused, Refused> {
    let charge = charges::failed(books, id, code, message)?;
    let refused = Refused { charge: Some(charge.as_str().into()), ..Refused::card(code, message) };
    let intent = books.intents.get_mut(id)?;
    intent.latest_charge = Some(charge);
    intent.status = "requires_payment_method".to_owned();
    intent.payment_method = None;
    intent.next_action = None;
    intent.last_payment_error = Some(refused.body()["error"].clone());
    let json = intent.json();
    books.emit("payment_intent.payment_failed", json.clone(), None);
    Ok(Refused { payment_intent: Some(Box::new(json)), ..refused })
}

fn authorise(books: &mut Books, id: &str) -> Result<(), Refused> {
    let charge = charges::authorised(books, id)?;
    let intent = books.intents.get_mut(id)?;
    intent.latest_charge = Some(charge);
    intent.last_payment_error = None;
    intent.next_action = None;
    if intent.capture_method == "manual" {
        intent.status = "requires_capture".to_owned();
        intent.amount_capturable = intent.amount;
        let json = intent.json();
        books.emit("payment_intent.amount_capturable_updated", json, None);
        return Ok(());
    }
    let amount = intent.amount;
    settle(books, id, amount)
}

/// The money is taken.
fn settle(books: &mut Books, id: &str, amount: i64) -> Result<(), Refused> {
    let intent = books.intents.get_mut(id)?;
    intent.status = "succeeded".to_owned();
    intent.amount_capturable = 0;
    intent.amount_received = amount;
    let charge = intent.latest_charge.clone().unwrap_or_default();
    charges::capture(books, &charge, amount)?;
    let json = books.intents.get(id)?.json();
    books.emit("payment_intent.succeeded", json, None);
    super::sessions::captured(books, id);
    Ok(())
}

pub(crate) fn capture(books: &mut Books, id: &str, mut params: Params) -> Answer {
    let intent = books.intents.get(id)?;
    if intent.status != "requires_capture" {
        return Err(unexpected(intent, "capture"));
    }
    let amount = params.integer("amount_to_capture")?.unwrap_or(intent.amount_capturable);
    if amount < 1 || amount > intent.amount_capturable {
        let message = format!(
            "The provided amount_to_capture ({amount}) must be positive and not greater than the amount that can be captured ({}).",
            intent.amount_capturable
        );
        return Err(Refused::invalid(message).code("amount_too_large").param("amount_to_capture"));
    }
    money::check_decimals(amount, &intent.currency, "amount_to_capture")?;
    let fee = params.integer("application_fee_amount")?.or(intent.application_fee_amount);
    if fee.is_some() && intent.transfer_data.is_none() {
        let message = "Can only apply an application_fee_amount when the PaymentIntent is destined for another account.";
        return Err(Refused::invalid(message).param("application_fee_amount"));
    }
    let metadata = params.metadata("metadata")?;
    params.pass(&["statement_descriptor", "statement_descriptor_suffix", "final_capture"]);
    params.finish()?;
    let intent = books.intents.get_mut(id)?;
    // What is kept of a part is at most that part.
    intent.application_fee_amount = fee.map(|fee| fee.min(amount));
    intent.metadata.extend(metadata);
    settle(books, id, amount)?;
    books.intents.get(id).map(Object::json)
}

pub(crate) fn cancel(books: &mut Books, id: &str, mut params: Params) -> Answer {
    let reasons = ["duplicate", "fraudulent", "requested_by_customer", "abandoned"];
    let reason = params.choice("cancellation_reason", &reasons)?;
    params.finish()?;
    let intent = books.intents.get(id)?;
    if ["succeeded", "canceled", "processing"].contains(&&*intent.status) {
        return Err(unexpected(intent, "cancel"));
    }
    if books
        .sessions
        .iter()
        .any(|session| session.payment_intent.as_deref() == Some(id) && session.status == "open")
    {
        let message = "You cannot cancel this PaymentIntent because it was created by a Checkout Session that is still open. \
                       Expire the Checkout Session instead.";
        return Err(Refused::invalid(message).code("payment_intent_unexpected_state"));
    }
    end(books, id, reason)?;
    books.intents.get(id).map(Object::json)
}

/// Cancels, and gives the authorisation back.
pub(crate) fn end(books: &mut Books, id: &str, reason: Option<&str>) -> Result<(), Refused> {
    let now = books.now();
    let intent = books.intents.get_mut(id)?;
    let was_authorised = intent.status == "requires_capture";
    intent.status = "canceled".to_owned();
    intent.canceled_at = Some(now);
    intent.cancellation_reason = reason.map(str::to_owned);
    intent.amount_capturable = 0;
    intent.next_action = None;
    let charge = intent.latest_charge.clone();
    if let (true, Some(charge)) = (was_authorised && reason == Some(LAPSED), charge) {
        charges::lapse(books, &charge)?;
    }
    let json = books.intents.get(id)?.json();
    books.emit("payment_intent.canceled", json, None);
    Ok(())
}

/// Authorisations that nobody captured in time are gone.
pub(crate) fn lapse_due(books: &mut Books) {
    let now = books.now();
    let made = |intent: &Intent| {
        intent
            .latest_charge
            .as_deref()
            .and_then(|charge| books.charges.find(charge))
            .map_or(now, |charge| charge.created)
    };
    let is_due =
        |intent: &&Intent| intent.status == "requires_capture" && made(intent) + AUTHORISED_FOR <= now;
    let due: Vec<String> = books.intents.iter().filter(is_due).map(|intent| intent.id.clone()).collect();
    for id in due {
        if let Err(refused) = end(books, &id, Some(LAPSED)) {
            tracing::error!(id, message = refused.message, "an authorisation did not lapse");
        }
    }
}

fn unexpected(intent: &Intent, verb: &str) -> Refused {
    let message =
        format!("You cannot {verb} this PaymentIntent because it has a status of {}.", intent.status);
    let refused = Refused::invalid(message).code("payment_intent_unexpected_state");
    Refused { payment_intent: Some(Box::new(intent.json())), ..refused }
}
