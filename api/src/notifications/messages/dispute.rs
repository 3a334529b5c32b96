//! What a mail says of a payment that a bank disputes.

use super::{greeting, long};
use crate::notifications::booking_facts::Facts;
use crate::notifications::letter::{Letter, Link, Row};
use domain::money::Money;

/// To the provider: how it stands, and what goes `back` to the client because the booking had been ended meanwhile. Where the
/// provider has an account of its own, the bank takes the money from the platform.
pub(in crate::notifications) fn dispute(
    facts: &Facts,
    amount: Money,
    state: &str,
    is_platforms: bool,
    back: Money,
    url: &str,
) -> Letter {
    let client = &facts.client_name;
    let (subject, heading) = match state {
        "won" => ("Dispute won", "A dispute was won"),
        "lost" => ("Dispute lost", "A dispute was lost"),
        _ => ("Payment disputed", "A payment is disputed"),
    };
    let sentence = match (state, is_platforms) {
        ("won", false) => {
            format!("The bank of {client} has decided for you: the {amount} that it had taken are back.")
        }
        ("won", true) => {
            format!(
                "The bank of {client} has decided that the {amount} were paid rightly. Nothing of yours had moved."
            )
        }
        ("lost", false) => {
            format!("The bank of {client} has decided against you: {client} keeps the {amount}.")
        }
        ("lost", true) => format!(
            "The bank of {client} has decided that {client} gets the {amount} back. They were taken from whoever runs this \
             site, not from your account."
        ),
        (_, is_platforms) => {
            let from = if is_platforms { " from whoever runs this site, not from your account" } else { "" };
            format!(
                "{client} told the bank that this payment was not right, and the bank has taken {amount} back for now{from}. It \
                 decides by what shows that the appointment was agreed and took place, so keep messages and notes. Whoever \
                 runs this site answers the bank, and may ask you for them."
            )
        }
    };
    let mut paragraphs = vec![greeting(&facts.owner_name), sentence];
    if back.minor > 0 {
        paragraphs.push(format!("The booking had been ended, so {back} of it now goes back to {client}."));
    }
    let subject = format!("{subject}: {amount} of {client}");
    Letter {
        subject,
        heading: heading.to_owned(),
        paragraphs,
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
