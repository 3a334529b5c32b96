//! What a mail says of the rest that was paid online.

use super::{greeting, long, short};
use crate::notifications::Recipient;
use crate::notifications::booking_facts::Facts;
use crate::notifications::letter::{Letter, Link, Row};
use domain::money::Money;

/// To either side: so much has come in, and whether anything is left.
pub(in crate::notifications) fn arrived(
    facts: &Facts,
    recipient: Recipient,
    amount: Money,
    url: &str,
) -> Letter {
    let left = match facts.payment.as_ref().map(|payment| payment.rest).filter(|rest| rest.minor > 0) {
        Some(rest) => format!("{rest} is still to pay."),
        None => "Nothing is left to pay.".to_owned(),
    };
    let (name, sentence, zone, other, button) = match recipient {
        Recipient::Client => (
            &facts.client_name,
            format!("We received {amount} for your appointment at {}. {left}", facts.provider_name),
            &facts.client_zone,
            Row::new("With", &facts.provider_name),
            "View, move or cancel",
        ),
        Recipient::Provider => (
            &facts.owner_name,
            format!("{} paid {amount} online. {left}", facts.client_name),
            &facts.provider_zone,
            Row::new("Client", &facts.client_name),
            "Open the agenda",
        ),
    };
    Letter {
        subject: format!("Paid: {amount} for {}", short(zone, facts.start_at)),
        heading: "The payment has arrived".to_owned(),
        paragraphs: vec![greeting(name), sentence],
        rows: vec![
            Row::new("Amount", amount.to_string()),
            Row::new("Service", &facts.service_name),
            Row::new("When", long(zone, facts.start_at, facts.end_at)),
            other,
        ],
        button: Some(Link::new(button, url)),
        ..Letter::default()
    }
}
