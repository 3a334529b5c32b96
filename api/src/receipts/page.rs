//! A receipt as a page that prints well on A4: one file without scripts or pictures.

use super::words::Words;
use crate::http::{ApiError, ApiResult};
use crate::pages::escape;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use contract::receipts::{ReceiptContent, ReceiptKind};
use domain::money::{Currency, Money};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use time::OffsetDateTime;
use uuid::Uuid;

const STYLE: &str = include_str!("page.css");

/// What a page shows.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) number: i64,
    pub(super) kind: ReceiptKind,
    pub(super) corrects: Option<i64>,
    pub(super) issued_at: OffsetDateTime,
    pub(super) booking_id: Uuid,
    pub(super) content: &'a ReceiptContent,
}

/// What the page may do: wear its own style, and be framed by the app to print it.
pub(super) fn policy() -> String {
    let digest = STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
}

/// The page.
pub(super) fn html(shown: &Shown<'_>, words: &Words) -> ApiResult<String> {
    let content = shown.content;
    let currency = Currency::parse(&content.currency).map_err(ApiError::internal)?;
    let amount = |minor| format!("{} {currency}", words.number(&Money::new(minor, currency).amount()));
    let name = match shown.kind {
        ReceiptKind::Receipt => words.receipt,
        ReceiptKind::CreditNote => words.credit_note,
    };
    let corrects = shown.corrects.map(|number| format!(" {} {number}", words.corrects)).unwrap_or_default();
    let title = format!("{name} {}{corrects}", shown.number);

    let mut facts =
        vec![(words.service, content.service_name.clone()), (words.when, words.moment(content.start_at))];
    if content.party_size > 1 {
        facts.push((words.seats, content.party_size.to_string()));
    }
    facts.push((words.booking, shown.booking_id.to_string()));

    let mut whole = Vec::new();
    if content.discount_minor > 0 {
        whole.push((words.list_price.to_owned(), amount(content.price_minor + content.discount_minor)));
        whole.push((words.coupon.to_owned(), amount(-content.discount_minor)));
    }
    whole.push((words.price.to_owned(), amount(content.price_minor)));
    let mut own = Vec::new();
    if let (Some(net), Some(vat), Some(rate)) = (content.net_minor, content.vat_minor, content.vat_rate) {
        own.push((words.net.to_owned(), amount(net)));
        own.push((format!("{} {}\u{a0}%", words.vat, words.number(&percent(rate))), amount(vat)));
    }
    let sum = [(words.gross.to_owned(), amount(content.gross_minor))];
    let stand = [
        (words.paid.to_owned(), amount(content.paid_minor)),
        (words.left.to_owned(), amount(content.left_minor)),
    ];

    let address = content.provider_address.iter().map(|line| escape(line)).collect::<Vec<_>>().join("<br>");
    let tax_number = match content.provider_tax_number.as_str() {
        "" => String::new(),
        number => format!("<br>{} {}", words.tax_number(number), escape(number)),
    };
    let facts = facts.iter().fold(String::new(), |mut rows, (label, value)| {
        let _ = write!(rows, "<div><dt>{}</dt><dd>{}</dd></div>", escape(label), escape(value));
        rows
    });
    Ok(format!(
        "<!doctype html>\n<html lang=\"{tag}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{title}, {provider}</title><style>{STYLE}</style></head>\
         <body><main><header><p class=\"from\"><strong>{provider}</strong><br>{address}{tax_number}</p></header>\
         <h1>{title}</h1><p class=\"issued\">{issued} {date}</p>\
         <p class=\"to\"><span>{to}</span><br>{client}</p><dl>{facts}</dl>\
         <table><tbody>{whole}</tbody><tbody class=\"own\"><tr><th colspan=\"2\" scope=\"rowgroup\">{this}</th></tr>{own}</tbody>\
         <tbody class=\"sum\">{sum}</tbody><tbody>{stand}</tbody></table>\
         <footer>{note}</footer></main></body></html>\n",
        tag = words.tag,
        title = escape(&title),
        provider = escape(&content.provider_name),
        issued = words.issued,
        date = words.date(shown.issued_at),
        to = words.to,
        client = escape(&content.client_name),
        whole = rows(&whole),
        this = words.this,
        own = rows(&own),
        sum = rows(&sum),
        stand = rows(&stand),
        note = if shown.corrects.is_some() { words.note_of_correction } else { words.note },
    ))
}

fn rows(rows: &[(String, String)]) -> String {
    rows.iter().fold(String::new(), |mut html, (label, value)| {
        let _ = write!(html, "<tr><th scope=\"row\">{}</th><td>{}</td></tr>", escape(label), escape(value));
        html
    })
}

/// A rate in hundredths of a percent as a number: `19`, `7.7`.
fn percent(rate: u32) -> String {
    let text = format!("{}.{:02}", rate / 100, rate % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;
    use time::macros::datetime;

    fn content() -> ReceiptContent {
        ReceiptContent {
            provider_name: "<b>Corner</b> & Co".to_owned(),
            provider_address: vec!["Main Street 1".to_owned(), "Berlin, DE".to_owned()],
            provider_tax_number: "37/123 <4>".to_owned(),
            client_name: "Ada <script>".to_owned(),
            service_name: "Cut".to_owned(),
            party_size: 2,
            start_at: datetime!(2026-03-05 09:05 +1),
            currency: "EUR".to_owned(),
            gross_minor: -2000,
            net_minor: Some(-1681),
            vat_minor: Some(-319),
            vat_rate: Some(1900),
            price_minor: 5000,
            discount_minor: 500,
            paid_minor: 3000,
            left_minor: 0,
        }
    }

    #[test]
    fn a_page_speaks_the_language_and_keeps_what_people_typed_as_text() {
        let content = content();
        let shown = Shown {
            number: 12,
            kind: ReceiptKind::CreditNote,
            corrects: Some(11),
            issued_at: datetime!(2026-03-06 10:00 +1),
            booking_id: Uuid::nil(),
            content: &content,
        };
        let german = html(&shown, words::of(Some("de-AT"))).unwrap();
        for part in [
            "lang=\"de\"",
            "<h1>Korrekturbeleg 12 zu Nr. 11</h1>",
            "5. März 2026, 09:05",
            "−20,00 EUR",
            "USt. 19\u{a0}%",
            "−5,00 EUR",
            "&lt;b&gt;Corner&lt;/b&gt; &amp; Co",
            "Ada &lt;script&gt;",
            "<br>Steuernr. 37/123 &lt;4&gt;</p>",
        ] {
            assert!(german.contains(part), "{part} is not in {german}");
        }
        assert!(!german.contains("<script") && !german.contains("style="));
        let english = html(&shown, words::of(Some("fr"))).unwrap();
        let registered = ReceiptContent { provider_tax_number: "ATU12345678".to_owned(), ..content.clone() };
        let registered = html(&Shown { content: &registered, ..shown }, words::of(Some("de"))).unwrap();
        assert!(registered.contains("<br>USt-IdNr. ATU12345678</p>"));
        let unknown = ReceiptContent { provider_tax_number: String::new(), ..content.clone() };
        let unknown = html(&Shown { content: &unknown, ..shown }, words::of(None)).unwrap();
        assert!(unknown.contains("Berlin, DE</p>"));
        assert!(english.contains("Credit note 12 for no. 11") && english.contains("6 March 2026"));
        assert_eq!((percent(1900), percent(770), percent(5)), ("19".into(), "7.7".into(), "0.05".into()));
    }
}
