//! The payment page of a Checkout Session.

use super::words::Words;
use super::{escape, go, page, words};
use crate::money;
use crate::resources::sessions::{self, Session};
use crate::server::Shared;
use actix_web::web::{Bytes, Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

/// How the page is shown.
#[derive(Deserialize)]
pub(super) struct Shown {
    /// The last attempt failed.
    #[serde(default)]
    declined: Option<u8>,
}

pub(super) async fn show(
    request: HttpRequest,
    id: Path<String>,
    shown: Query<Shown>,
    shared: Data<Shared>,
) -> HttpResponse {
    let session = shared.with(|books| {
        books.pass_time();
        books.sessions.find(&id).cloned()
    });
    let Some(session) = session else {
        let words = words(&request, None);
        return page(words, words.unknown, &message(words.unknown, words.unknown_why, ""));
    };
    let words = words(&request, session.locale.as_deref());
    match &*session.status {
        "open" => page(words, words.total, &open(words, &session, shown.declined.is_some())),
        "complete" => {
            let on = link(words.go_on, &success(&session));
            let title = if session.payment_status == "paid" { words.complete } else { words.reserved };
            page(words, title, &message(title, words.complete_why, &on))
        }
        _ => {
            let back = session.cancel_url.as_deref().map(|url| link(words.back, url)).unwrap_or_default();
            page(words, words.expired, &message(words.expired, words.expired_why, &back))
        }
    }
}

pub(super) async fn press(id: Path<String>, body: Bytes, shared: Data<Shared>) -> HttpResponse {
    let action =
        form_urlencoded::parse(&body).find(|(name, _)| name == "action").map(|(_, value)| value.into_owned());
    let here = format!("../pay/{id}");
    let card = match action.as_deref() {
        Some("pay") => "pm_card_visa",
        Some("decline") => "pm_card_chargeDeclined",
        _ => {
            let back = shared.books().sessions.find(&id).and_then(|session| session.cancel_url.clone());
            return go(back.as_deref().unwrap_or(&here));
        }
    };
    let paid = shared.with(|books| {
        books.pass_time();
        sessions::pay(books, &id, card).map(|_| books.sessions.find(&id).map(success))
    });
    match paid {
        Ok(Some(on)) => go(&on),
        Err(refused) if refused.kind == "card_error" => go(&format!("{here}?declined=1")),
        _ => go(&here),
    }
}

/// Where the client goes on after paying.
fn success(session: &Session) -> String {
    session.success_url.replace("{CHECKOUT_SESSION_ID}", &session.id)
}

fn link(label: &str, to: &str) -> String {
    format!(r#"<a class="button first" href="{}">{label}</a>"#, escape(to))
}

fn message(title: &str, why: &str, next: &str) -> String {
    format!(r#"<section class="card"><h1>{title}</h1><p class="why">{why}</p>{next}</section>"#)
}

fn open(words: &Words, session: &Session, declined: bool) -> String {
    let amount = |minor: i64| money::words(minor, &session.currency, words.comma);
    let mut lines = String::new();
    for line in &session.inside.lines {
        let details = line
            .details
            .as_deref()
            .map(|text| format!("<small>{}</small>", escape(text)))
            .unwrap_or_default();
        let times = if line.quantity > 1 { format!("{} × ", line.quantity) } else { String::new() };
        let price = amount(line.unit * line.quantity);
        lines.push_str(&format!(
            "<li><span>{times}{}{details}</span><span class=\"amount\">{price}</span></li>\n",
            escape(&line.name)
        ));
    }
    let alert = if declined {
        format!(r#"<p class="alert" role="alert">{}</p>"#, words.declined)
    } else {
        String::new()
    };
    let is_manual = session.inside.capture_method == "manual";
    let why =
        if is_manual { format!(r#"<p class="why">{}</p>"#, words.authorise_why) } else { String::new() };
    let payer =
        session.customer_email.as_deref().map(|email| format!("<p class=\"payer\">{}</p>", escape(email)));
    format!(
        r#"<form class="card" method="post">
<h1><span class="label">{to_pay}</span> <span class="total">{total}</span></h1>
<ul class="lines">
{lines}</ul>
{alert}
<div class="method"><span class="label">{method}</span><span class="chip"><span class="sign" aria-hidden="true"></span>{card}</span>{payer}</div>
{why}
<div class="buttons">
<button class="button first" name="action" value="pay">{pay} {total}</button>
<button class="button" name="action" value="decline">{decline}</button>
<button class="button plain" name="action" value="back">{back}</button>
</div>
</form>"#,
        to_pay = words.total,
        total = amount(session.amount_total),
        method = words.method,
        card = words.card,
        payer = payer.unwrap_or_default(),
        pay = words.pay,
        decline = words.decline,
        back = words.back,
    )
}
