//! What tests do to the simulator, under `/_sim/`: the clock, outcomes, faults, deliveries, a look into the books.

use crate::books::Books;
use crate::delivery::Endpoint;
use crate::faults::Planned;
use crate::params::Params;
use crate::refused::{Answer, Refused};
use crate::resources::{accounts, charges, disputes, intents, payouts, refunds, sessions, transactions};
use crate::server::Shared;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

/// Does what a test asks for.
pub(crate) fn control(shared: &Shared, path: &str, mut params: Params) -> Answer {
    let path: Vec<&str> = path.split('/').collect();
    match path.as_slice() {
        ["deliveries", "hold"] => {
            shared.held.store(true, Ordering::SeqCst);
            Ok(json!({ "held": true }))
        }
        ["deliveries", "release"] => {
            shared.held.store(false, Ordering::SeqCst);
            shared.news.notify_one();
            Ok(json!({ "held": false }))
        }
        ["deliveries"] => {
            let waiting = shared.books().queue.len();
            let sending = shared.sending.load(Ordering::SeqCst);
            Ok(json!({ "waiting": waiting, "sending": sending, "idle": waiting + sending == 0 }))
        }
        ["webhook"] => {
            let endpoint = Endpoint { url: params.required("url")?, secret: params.required("secret")? };
            params.finish()?;
            shared.listen(Some(endpoint));
            Ok(json!({ "listening": true }))
        }
        ["faults", "none"] => {
            shared.plan_nothing();
            Ok(json!({ "planned": false }))
        }
        ["faults"] => {
            let fault = Planned::parse(params)?;
            shared.plan(fault);
            Ok(json!({ "planned": true }))
        }
        _ => shared.with(|books| on_books(books, &path, params)),
    }
}

fn on_books(books: &mut Books, path: &[&str], mut params: Params) -> Answer {
    match path {
        ["clock"] => {
            let advance = params.integer("advance")?.unwrap_or(0);
            let now = params.integer("now")?;
            params.finish()?;
            books.ahead += advance + now.map_or(0, |now| now - books.now());
            books.pass_time();
            Ok(json!({ "now": books.now() }))
        }
        ["sessions", id, "pay"] => {
            let card = params.text("card").unwrap_or_else(|| "pm_card_visa".to_owned());
            sessions::pay(books, id, &card)
        }
        ["payment_intents", id, "authenticate"] => {
            let outcome = params.choice("outcome", &["succeed", "fail"])?;
            intents::authenticate(books, id, outcome != Some("fail"))
        }
        ["refunds", "next"] => {
            let status = params.choice("status", &refunds::STATES)?.unwrap_or("pending");
            books.coming_refunds.push_back(status.to_owned());
            Ok(json!({ "planned": books.coming_refunds.len() }))
        }
        ["refunds", id] => {
            let status = params.choice("status", &refunds::STATES)?.unwrap_or("succeeded");
            let reason = params.text("failure_reason");
            refunds::move_to(books, id, status, reason.as_deref())
        }
        // As with automatic_async, Stripe's default: the price is known only some time after the payment.
        ["fees", "late"] => {
            books.late_fees = true;
            Ok(json!({ "late": true }))
        }
        ["fees", "known"] => {
            books.late_fees = false;
            charges::price(books).map(|priced| json!({ "priced": priced }))
        }
        ["disputes"] => disputes::open(books, params),
        ["disputes", id] => disputes::decide(books, id, params),
        ["payouts"] => payouts::send(books, params),
        ["payouts", id] => payouts::move_to(books, id, params),
        ["accounts", id] => {
            let enabled = params.choice("charges_enabled", &["true", "false"])?;
            accounts::enable(books, id, enabled != Some("false"))
        }
        ["books"] => Ok(dump(books)),
        _ => Err(Refused::unknown_path("POST", &format!("/_sim/{}", path.join("/")))),
    }
}

/// What became of every charge's money, and what every account has.
fn dump(books: &Books) -> Value {
    let charge = |charge: &crate::resources::charges::Charge| {
        let refunds = || books.refunds.iter().filter(|refund| refund.charge == charge.id);
        let sum = |states: &[&str]| -> i64 {
            refunds().filter(|refund| states.contains(&&*refund.status)).map(|refund| refund.amount).sum()
        };
        let disputed = |status: &[&str]| -> i64 {
            let of_charge = books.disputes.iter().filter(|dispute| dispute.charge == charge.id);
            of_charge.filter(|dispute| status.contains(&&*dispute.status)).map(|dispute| dispute.amount).sum()
        };
        let booked = books.transactions.iter().find(|entry| entry.source == charge.id);
        let share = charge.application_fee.as_deref().and_then(|id| books.fees.find(id));
        let transfer = charge.transfer.as_deref().and_then(|id| books.transfers.find(id));
        json!({
            "charge": charge.id,
            "payment_intent": charge.payment_intent,
            "metadata": charge.metadata,
            "currency": charge.currency,
            "status": charge.status,
            "amount": charge.amount,
            "captured": charge.amount_captured,
            "refunded": sum(&["succeeded"]),
            "refunding": sum(&["pending", "requires_action"]),
            "refund_failed": sum(&["failed", "canceled"]),
            "refunds": refunds().map(|refund| json!({ "id": refund.id, "amount": refund.amount, "status": refund.status })).collect::<Vec<_>>(),
            "disputed": disputed(&["needs_response", "under_review"]),
            "dispute_lost": disputed(&["lost"]),
            "fee": booked.map_or(0, |booked| booked.fee),
            "application_fee": share.map_or(0, |share| share.amount),
            "application_fee_refunded": share.map_or(0, |share| share.amount_refunded),
            "destination": charge.transfer_data.as_ref().map(|split| &split.destination),
            "transferred": transfer.map_or(0, |transfer| transfer.amount),
            "reversed": transfer.map_or(0, |transfer| transfer.amount_reversed),
        })
    };
    let charges: Vec<Value> = books.charges.iter().map(charge).collect();
    let accounts: Vec<Value> = books
        .accounts
        .iter()
        .map(|account| json!({ "id": account.id, "balance": transactions::balances(books, Some(&account.id)) }))
        .collect();
    json!({ "now": books.now(), "charges": charges, "balance": transactions::balances(books, None), "accounts": accounts })
}
