//! Checkout Sessions: a payment page that Stripe hosts.

use super::intents::{self, CAPTURE, Wish};
use super::transfers::check_split;
use crate::books::{Books, id};
use crate::money;
use crate::params::{Metadata, Params};
use crate::refused::{Answer, Refused};
use crate::shelf::{Object, object};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The least and the longest life of a page.
const LIFE: (i64, i64) = (30 * 60, 24 * 3600);

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Session {
    pub id: String,
    pub object: String,
    pub amount_subtotal: i64,
    pub amount_total: i64,
    pub cancel_url: Option<String>,
    pub client_reference_id: Option<String>,
    pub created: i64,
    pub currency: String,
    pub customer_details: Option<Value>,
    pub customer_email: Option<String>,
    pub expires_at: i64,
    pub livemode: bool,
    pub locale: Option<String>,
    pub metadata: Metadata,
    pub mode: String,
    pub payment_intent: Option<String>,
    pub payment_method_types: Vec<String>,
    pub payment_status: String,
    pub status: String,
    pub success_url: String,
    pub url: Option<String>,
    #[serde(rename = "_inside")]
    pub inside: Inside,
}
object!(Session, "checkout.session");

/// What the page shows and the intent will be made of.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Inside {
    pub capture_method: String,
    pub application_fee_amount: Option<i64>,
    pub destination: Option<String>,
    pub metadata: Metadata,
    pub description: Option<String>,
    pub receipt_email: Option<String>,
    pub lines: Vec<Line>,
}

/// What is bought.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Line {
    pub name: String,
    pub details: Option<String>,
    pub unit: i64,
    pub quantity: i64,
}

pub(crate) fn create(books: &mut Books, mut params: Params) -> Answer {
    let mode = params.required("mode")?;
    if mode != "payment" {
        return Err(Refused::invalid("Only the mode payment is simulated.").param("mode"));
    }
    let (currency, lines) = lines(&mut params)?;
    let total = lines.iter().map(|line| line.unit.saturating_mul(line.quantity)).fold(0, i64::saturating_add);
    money::check_charge(total, &currency, "line_items")?;
    let within = "payment_intent_data";
    let inside = Inside {
        capture_method: params
            .choice("payment_intent_data[capture_method]", &CAPTURE)?
            .unwrap_or("automatic_async")
            .to_owned(),
        application_fee_amount: params.integer("payment_intent_data[application_fee_amount]")?,
        destination: params.text("payment_intent_data[transfer_data][destination]"),
        metadata: params.metadata("payment_intent_data[metadata]")?,
        description: params.text("payment_intent_data[description]"),
        receipt_email: params.text("payment_intent_data[receipt_email]"),
        lines,
    };
    check_split(books, total, inside.application_fee_amount, inside.destination.as_deref(), within)?;
    let success_url = url(params.required("success_url")?, "success_url")?;
    let cancel_url = params.text("cancel_url").map(|text| url(text, "cancel_url")).transpose()?;
    let expires_at = life(books.now(), params.integer("expires_at")?)?;
    let customer_email = params.text("customer_email");
    if customer_email.as_deref().is_some_and(|email| !email.contains('@')) {
        return Err(Refused::invalid("Invalid email address").code("email_invalid").param("customer_email"));
    }
    let client_reference_id = params.text("client_reference_id");
    if client_reference_id.as_deref().is_some_and(|text| text.len() > 200) {
        return Err(Refused::invalid("Invalid string: at most 200 characters").param("client_reference_id"));
    }
    let methods = intents::methods(&mut params);
    let (locale, metadata) = (params.text("locale"), params.metadata("metadata")?);
    params.pass(&["ui_mode", "submit_type", "billing_address_collection", "customer_creation"]);
    params.finish()?;
    let id = format!("cs_test_{}", crate::books::token(40));
    let session = Session {
        object: "checkout.session".to_owned(),
        amount_subtotal: total,
        amount_total: total,
        cancel_url,
        client_reference_id,
        created: books.now(),
        currency,
        customer_details: customer_email.as_ref().map(|email| json!({ "email": email })),
        customer_email,
        expires_at,
        livemode: false,
        locale,
        metadata,
        mode,
        payment_intent: None,
        payment_method_types: methods,
        payment_status: "unpaid".to_owned(),
        status: "open".to_owned(),
        success_url,
        url: Some(format!("{}/pay/{id}", books.base)),
        inside,
        id,
    };
    let json = session.json();
    books.sessions.add(session);
    Ok(json)
}

fn lines(params: &mut Params) -> Result<(String, Vec<Line>), Refused> {
    let (mut currency, mut lines) = (None, Vec::new());
    while params.has(&format!("line_items[{}]", lines.len())) {
        let at = |name: &str| format!("line_items[{}]{name}", lines.len());
        let price = money::currency(&params.required(&at("[price_data][currency]"))?)?;
        if *currency.get_or_insert_with(|| price.clone()) != price {
            return Err(Refused::invalid("All line items must have the same currency.").param("line_items"));
        }
        let unit = match params.integer(&at("[price_data][unit_amount]"))? {
            Some(unit) if unit >= 0 => unit,
            _ => {
                let message =
                    "One of unit_amount or unit_amount_decimal is required, and must not be negative.";
                return Err(Refused::invalid(message).param(at("[price_data]")));
            }
        };
        let quantity =
            params.integer(&at("[quantity]"))?.filter(|quantity| *quantity > 0).ok_or_else(|| {
                Refused::invalid("Quantity is required.").code("parameter_missing").param(at("[quantity]"))
            })?;
        let line = Line {
            name: params.required(&at("[price_data][product_data][name]"))?,
            details: params.text(&at("[price_data][product_data][description]")),
            unit,
            quantity,
        };
        params.pass(&[&at("[price_data][product_data]"), &at("[price_data][tax_behavior]")]);
        lines.push(line);
    }
    match currency {
        Some(currency) => Ok((currency, lines)),
        None => Err(Refused::invalid("Missing required param: line_items.")
            .code("parameter_missing")
            .param("line_items")),
    }
}

fn url(text: String, param: &str) -> Result<String, Refused> {
    if text.starts_with("https://") || text.starts_with("http://") {
        return Ok(text);
    }
    Err(Refused::invalid("Not a valid URL").code("url_invalid").param(param))
}

fn life(now: i64, asked: Option<i64>) -> Result<i64, Refused> {
    let at = asked.unwrap_or(now + LIFE.1);
    let why = match at - now {
        life if life < LIFE.0 => "at least 30 minutes",
        life if life > LIFE.1 => "less than 24 hours",
        _ => return Ok(at),
    };
    let message = format!("The `expires_at` timestamp must be {why} from Checkout Session creation.");
    Err(Refused::invalid(message).param("expires_at"))
}

pub(crate) fn expire(books: &mut Books, id: &str, params: Params) -> Answer {
    params.finish()?;
    let session = books.sessions.get(id)?;
    if session.status != "open" {
        let message = format!(
            "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of {}.",
            session.status
        );
        return Err(Refused::invalid(message));
    }
    end(books, id)?;
    books.sessions.get(id).map(Object::json)
}

fn end(books: &mut Books, id: &str) -> Result<(), Refused> {
    let session = books.sessions.get_mut(id)?;
    session.status = "expired".to_owned();
    session.url = None;
    let (json, intent) = (session.json(), session.payment_intent.clone());
    if let Some(intent) = intent {
        intents::end(books, &intent, None)?;
    }
    books.emit("checkout.session.expired", json, None);
    Ok(())
}

/// Pages whose time is over.
pub(crate) fn expire_due(books: &mut Books) {
    let now = books.now();
    let is_due = |session: &&Session| session.status == "open" && session.expires_at <= now;
    let due: Vec<String> = books.sessions.iter().filter(is_due).map(|session| session.id.clone()).collect();
    for id in due {
        if let Err(refused) = end(books, &id) {
            tracing::error!(id, message = refused.message, "a session did not expire");
        }
    }
}

/// The client presses the button of the page, with that card.
pub(crate) fn pay(books: &mut Books, id: &str, card: &str) -> Answer {
    let session = books.sessions.get(id)?.clone();
    if session.status != "open" {
        return Err(Refused::invalid(format!("This Checkout Session has a status of {}.", session.status)));
    }
    // As with Stripe, there is no intent before the first attempt.
    let intent = match &session.payment_intent {
        Some(intent) => intent.clone(),
        None => {
            let inside = session.inside.clone();
            let wish = Wish {
                amount: session.amount_total,
                currency: session.currency.clone(),
                capture_method: inside.capture_method,
                application_fee_amount: inside.application_fee_amount,
                destination: inside.destination,
                metadata: inside.metadata,
                description: inside.description,
                receipt_email: inside.receipt_email,
                methods: session.payment_method_types.clone(),
            };
            let intent = intents::make(books, wish);
            books.sessions.get_mut(id)?.payment_intent = Some(intent.clone());
            intent
        }
    };
    let tried = intents::try_card(books, &intent, Some(card.to_owned()))?;
    // Its holder has still to prove to be it: the page waits for that.
    if tried["status"] == "requires_action" {
        return books.sessions.get(id).map(Object::json);
    }
    complete(books, id, &intent)
}

/// The client has done all there was to do on a page.
fn complete(books: &mut Books, id: &str, intent: &str) -> Answer {
    let is_paid = books.intents.get(intent)?.status == "succeeded";
    let session = books.sessions.get_mut(id)?;
    session.status = "complete".to_owned();
    session.payment_status = if is_paid { "paid" } else { "unpaid" }.to_owned();
    session.url = None;
    let json = session.json();
    books.emit("checkout.session.completed", json.clone(), None);
    Ok(json)
}

/// The holder of a card proved to be it; the page that the intent is of is complete.
pub(crate) fn authenticated(books: &mut Books, intent: &str) -> Result<(), Refused> {
    let page = books.sessions.iter().find(|session| session.payment_intent.as_deref() == Some(intent));
    if let Some(id) = page.filter(|session| session.status == "open").map(|session| session.id.clone()) {
        complete(books, &id, intent)?;
    }
    Ok(())
}

/// The money of an intent was taken later; its page knows.
pub(crate) fn captured(books: &mut Books, intent: &str) {
    let page = books.sessions.iter().find(|session| session.payment_intent.as_deref() == Some(intent));
    if let Some(id) = page.map(|session| session.id.clone())
        && let Ok(session) = books.sessions.get_mut(&id)
    {
        session.payment_status = "paid".to_owned();
    }
}

/// An id for lines of a page, as Stripe names them.
pub(crate) fn line_items(books: &Books, session: &str) -> Answer {
    let session = books.sessions.get(session)?;
    let line = |line: &Line| {
        json!({
            "id": id("li"), "object": "item", "amount_total": line.unit * line.quantity,
            "currency": session.currency, "description": line.name, "quantity": line.quantity,
        })
    };
    let data: Vec<Value> = session.inside.lines.iter().map(line).collect();
    Ok(json!({ "object": "list", "url": "/v1/checkout/sessions", "has_more": false, "data": data }))
}
