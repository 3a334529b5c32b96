//! The API as a function of the books: which request does what.

use crate::books::{Books, Remembered};
use crate::params::Params;
use crate::refused::{Answer, Refused};
use crate::resources::{accounts, events, intents, links, refunds, sessions, transactions};
use crate::shelf::Object;
use serde_json::Value;

/// A request that was let in.
pub(crate) struct Call {
    pub is_post: bool,
    /// Without the leading `/v1/`.
    pub path: String,
    pub params: Params,
    /// `Idempotency-Key`.
    pub key: Option<String>,
    /// `Stripe-Account`.
    pub account: Option<String>,
}

/// What was answered.
pub(crate) struct Outcome {
    pub status: u16,
    pub body: Value,
    pub is_replayed: bool,
}

/// Answers, and gives a repeated request the first one's answer. `broken` is what goes wrong once the request has begun.
pub(crate) fn answer(books: &mut Books, mut call: Call, broken: Option<Refused>) -> Outcome {
    books.pass_time();
    let known = call.key.as_ref().filter(|_| call.is_post);
    let known = known.map(|key| format!("{}/{key}", call.account.as_deref().unwrap_or_default()));
    if let Some(kept) = known.as_ref().and_then(|known| books.answers.get(known)) {
        if kept.path != call.path || kept.params != call.params {
            let refused = Refused::idempotency(call.key.as_deref().unwrap_or_default());
            return Outcome { status: 400, body: refused.body(), is_replayed: false };
        }
        return Outcome { status: kept.status, body: kept.body.clone(), is_replayed: true };
    }
    let (path, params) = (call.path.clone(), call.params.clone());
    let expand = call.params.list("expand");
    books.key.clone_from(&call.key);
    let answer = match broken {
        Some(broken) => Err(broken),
        None => route(books, call).and_then(|body| expanded(books, body, &expand)),
    };
    books.key = None;
    let (status, mut body, was_begun) = match answer {
        Ok(body) => (200, body, true),
        // A refusal is an answer too, and so is an error within; a request whose parameters made no sense never began.
        Err(refused) => (refused.status, refused.body(), refused.param.is_none()),
    };
    events::strip(&mut body);
    if let Some(known) = known.filter(|_| was_begun) {
        let at = books.now();
        books.answers.insert(known, Remembered { path, params, status, body: body.clone(), at });
    }
    Outcome { status, body, is_replayed: false }
}

fn route(books: &mut Books, call: Call) -> Answer {
    let path: Vec<&str> = call.path.split('/').collect();
    let (mut params, account) = (call.params, call.account.as_deref());
    if let Some(account) = account {
        books.accounts.get(account)?;
    }
    match (call.is_post, path.as_slice()) {
        (true, ["checkout", "sessions"]) => sessions::create(books, params),
        (false, ["checkout", "sessions"]) => {
            let (intent, status) = (params.text("payment_intent"), params.text("status"));
            listed(&mut params, |params| {
                books.sessions.page("/v1/checkout/sessions", params, |session| {
                    is(&session.payment_intent, &intent)
                        && status.as_ref().is_none_or(|status| *status == session.status)
                })
            })
        }
        (false, ["checkout", "sessions", id]) => books.sessions.get(id).map(Object::json),
        (false, ["checkout", "sessions", id, "line_items"]) => sessions::line_items(books, id),
        (true, ["checkout", "sessions", id, "expire"]) => sessions::expire(books, id, params),
        (true, ["payment_intents"]) => intents::create(books, params),
        (false, ["payment_intents"]) => {
            listed(&mut params, |params| books.intents.page("/v1/payment_intents", params, |_| true))
        }
        (false, ["payment_intents", id]) => books.intents.get(id).map(Object::json),
        (true, ["payment_intents", id, "confirm"]) => intents::confirm(books, id, params),
        (true, ["payment_intents", id, "capture"]) => intents::capture(books, id, params),
        (true, ["payment_intents", id, "cancel"]) => intents::cancel(books, id, params),
        (false, ["charges"]) => {
            let intent = params.text("payment_intent");
            listed(&mut params, |params| {
                books.charges.page("/v1/charges", params, |charge| is(&charge.payment_intent, &intent))
            })
        }
        (false, ["charges", id]) => books.charges.get(id).map(Object::json),
        (true, ["refunds"]) => refunds::create(books, params),
        (false, ["refunds"]) => {
            let (intent, charge) = (params.text("payment_intent"), params.text("charge"));
            listed(&mut params, |params| {
                books.refunds.page("/v1/refunds", params, |refund| {
                    is(&refund.payment_intent, &intent)
                        && charge.as_ref().is_none_or(|charge| *charge == refund.charge)
                })
            })
        }
        (false, ["refunds", id]) => books.refunds.get(id).map(Object::json),
        (true, ["refunds", id, "cancel"]) => cancel_refund(books, id),
        (false, ["disputes"]) => {
            let (intent, charge) = (params.text("payment_intent"), params.text("charge"));
            listed(&mut params, |params| {
                books.disputes.page("/v1/disputes", params, |dispute| {
                    is(&dispute.payment_intent, &intent)
                        && charge.as_ref().is_none_or(|charge| *charge == dispute.charge)
                })
            })
        }
        (false, ["disputes", id]) => books.disputes.get(id).map(Object::json),
        (false, ["payouts"]) => listed(&mut params, |params| {
            books.payouts.page("/v1/payouts", params, |payout| payout.account.as_deref() == account)
        }),
        (false, ["payouts", id]) => match books.payouts.get(id) {
            Ok(payout) if payout.account.as_deref() == account => Ok(payout.json()),
            _ => Err(Refused::missing("payout", id)),
        },
        (false, ["balance"]) => Ok(transactions::balance(books, account)),
        (false, ["balance_transactions"]) => {
            let (source, kind) = (params.text("source"), params.text("type"));
            listed(&mut params, |params| {
                books.transactions.page("/v1/balance_transactions", params, |entry| {
                    entry.account.as_deref() == account
                        && source.as_ref().is_none_or(|source| *source == entry.source)
                        && kind.as_ref().is_none_or(|kind| *kind == entry.kind)
                })
            })
        }
        (false, ["balance_transactions", id]) => books.transactions.get(id).map(Object::json),
        (false, ["transfers"]) => {
            let to = params.text("destination");
            listed(&mut params, |params| {
                books.transfers.page("/v1/transfers", params, |transfer| {
                    to.as_ref().is_none_or(|to| *to == transfer.destination)
                })
            })
        }
        (false, ["transfers", id]) => books.transfers.get(id).map(Object::json),
        (false, ["transfers", id, "reversals"]) => listed(&mut params, |params| {
            books.reversals.page("/v1/transfers", params, |reversal| reversal.transfer == *id)
        }),
        (false, ["application_fees"]) => {
            let charge = params.text("charge");
            listed(&mut params, |params| {
                books.fees.page("/v1/application_fees", params, |fee| {
                    charge.as_ref().is_none_or(|charge| *charge == fee.charge)
                })
            })
        }
        (false, ["application_fees", id]) => books.fees.get(id).map(Object::json),
        (true, ["accounts"]) => accounts::create(books, params),
        (false, ["accounts"]) => {
            listed(&mut params, |params| books.accounts.page("/v1/accounts", params, |_| true))
        }
        (false, ["accounts", id]) => books.accounts.get(id).map(Object::json),
        (true, ["account_links"]) => links::create(books, params),
        (false, ["events"]) => {
            let (kind, kinds) = (params.text("type"), params.list("types"));
            listed(&mut params, |params| {
                books.events.page("/v1/events", params, |event| {
                    event.account.as_deref() == account
                        && kind.as_ref().is_none_or(|kind| *kind == event.kind)
                        && (kinds.is_empty() || kinds.contains(&event.kind))
                })
            })
        }
        (false, ["events", id]) => books.events.get(id).map(Object::json),
        (is_post, _) => {
            Err(Refused::unknown_path(if is_post { "POST" } else { "GET" }, &format!("/v1/{}", call.path)))
        }
    }
}

/// A list, which knows every parameter it was given.
fn listed(params: &mut Params, page: impl FnOnce(&mut Params) -> Answer) -> Answer {
    let rows = page(params)?;
    std::mem::take(params).finish()?;
    Ok(rows)
}

/// Whether a field is what was asked for, if anything was.
fn is(field: &Option<String>, asked: &Option<String>) -> bool {
    asked.is_none() || field == asked
}

fn cancel_refund(books: &mut Books, id: &str) -> Answer {
    match &*books.refunds.get(id)?.status {
        "requires_action" => refunds::move_to(books, id, "canceled", None),
        other => Err(Refused::invalid(format!(
            "You cannot cancel this refund because it has a status of {other}."
        ))),
    }
}

/// Puts objects in the place of their ids: `latest_charge.balance_transaction`.
fn expanded(books: &Books, mut body: Value, paths: &[String]) -> Answer {
    for path in paths {
        let steps: Vec<&str> = path.split('.').collect();
        if steps.len() > 4 {
            return Err(
                Refused::invalid("You cannot expand more than 4 levels of a property.").param("expand")
            );
        }
        expand(books, &mut body, &steps, path)?;
    }
    Ok(body)
}

fn expand(books: &Books, value: &mut Value, steps: &[&str], path: &str) -> Result<(), Refused> {
    let Some((step, rest)) = steps.split_first() else { return Ok(()) };
    if let Value::Array(items) = value {
        return items.iter_mut().try_for_each(|item| expand(books, item, steps, path));
    }
    let Some(field) = value.get_mut(*step) else {
        let message = format!("This property cannot be expanded ({path}).");
        return Err(Refused::invalid(message).param("expand"));
    };
    if let Value::String(id) = field {
        *field = books.lookup(id).unwrap_or(Value::Null);
    }
    match field {
        Value::Null => Ok(()),
        field => expand(books, field, rest, path),
    }
}
