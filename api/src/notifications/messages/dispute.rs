//! What a mail says of a payment that a bank disputes.

use super::{greeting, long};
use crate::notifications::booking_facts::Facts;
use crate::notifications::letter::{Letter, Link, Row};
use domain::money::Money;

/// To the provider: how it stands.
pub(in crate::notifications) fn dispute(facts: &Facts, amount: Money, state: &str, url: &str) -> Letter {
    let client = &facts.client_name;
    let (subject, heading, sentence) = match state {
        "won" => (
            format!("Dispute won: {amount} of {client}"),
            "A dispute was won",
            format!("The bank of {client} has decided for you: the {amount} that it had taken are back."),
        ),
        "lost" => (
            format!("Dispute lost: {amount} of {client}"),
            "A dispute was lost",
            format!("The bank of {client} has decided against you: {client} keeps the {amount}."),
        ),
        _ => (
            format!("Payment disputed: {amount} of {client}"),
            "A payment is disputed",
            format!(
                "{client} told the bank that this payment was not right, and the bank has taken {amount} back for now. It \
                 decides by what shows that the appointment was agreed and took place, so keep messages and notes. Whoever \
                 runs this site answers the bank, and may ask you for them."
            ),
        ),
    };
    Letter {
        subject,
        heading: heading.to_owned(),
        paragraphs: vec![greeting(&facts.owner_name), sentence],
        rows: vec![
            Row::new("Amount", amount.to_string()),
            Row::new("Service", &facts.service_name),
            Row::new("When", long(&facts.provider_zone, facts.start_at, facts.end_at)),
            Row::new("Client", client),
        ],
        button: Some(Link::new("Open the agenda", url)),
        ..Letter::default()
    }
}
