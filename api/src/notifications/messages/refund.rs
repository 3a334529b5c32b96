//! What a mail says of money that goes back.

use super::{greeting, long, short};
use crate::notifications::booking_facts::Facts;
use crate::notifications::letter::{Letter, Link, Row};
use domain::money::Money;

/// To the client: the provider gives something back.
pub(in crate::notifications) fn given(facts: &Facts, amount: Money, reason: &str, url: &str) -> Letter {
    let sentence = format!(
        "{} gives you {amount} back. It goes the way it was paid; your bank may need some days to show it.",
        facts.provider_name
    );
    to_client(facts, amount, sentence, reason, url)
}

/// To the client: what came in when it was owed no longer goes back, or the part of what was `paid` that was not owed.
pub(in crate::notifications) fn overpaid(facts: &Facts, amount: Money, paid: Money, url: &str) -> Letter {
    let provider = &facts.provider_name;
    let why = if amount.minor < paid.minor {
        let kept = Money::new(paid.minor - amount.minor, paid.currency);
        format!(
            "You paid {paid} to {provider}, and only {kept} was left to pay when it came: the booking costs less by now. So \
             {amount} of it goes back to you, the way it was paid, and nothing is left to pay."
        )
    } else {
        format!(
            "Your payment came when nothing was left to pay to {provider}, so {amount} goes back to you, the way it was paid."
        )
    };
    to_client(facts, amount, format!("{why} Your bank may need some days to show it."), "", url)
}

/// To the client: what was reserved was taken in the very moment in which the booking ended, and goes back.
pub(in crate::notifications) fn charged(facts: &Facts, amount: Money, url: &str) -> Letter {
    let sentence = format!(
        "Your card was charged in the very moment in which the booking at {} ended, so {amount} goes back to \
         you. Your bank may need some days to show it.",
        facts.provider_name
    );
    to_client(facts, amount, sentence, "", url)
}

/// To the client: what their bank held back when the booking ended goes back, for the bank has let the payment stand.
pub(in crate::notifications) fn after_dispute(facts: &Facts, amount: Money, url: &str) -> Letter {
    let sentence = format!(
        "Your bank has decided that your payment to {} stands. The booking had been ended, so {amount} goes back to you, the \
         way it was paid. Your bank may need some days to show it.",
        facts.provider_name
    );
    to_client(facts, amount, sentence, "", url)
}

fn to_client(facts: &Facts, amount: Money, sentence: String, reason: &str, url: &str) -> Letter {
    let when = long(&facts.client_zone, facts.start_at, facts.end_at);
    let mut rows = vec![
        Row::new("Amount", amount.to_string()),
        Row::new("Service", &facts.service_name),
        Row::new("When", when),
        Row::new("With", &facts.provider_name),
    ];
    if !reason.is_empty() {
        rows.push(Row::new("Message", reason));
    }
    Letter {
        subject: format!("Refund: {amount} for {}", short(&facts.client_zone, facts.start_at)),
        heading: "You get money back".to_owned(),
        paragraphs: vec![greeting(&facts.client_name), sentence],
        rows,
        button: Some(Link::new("View booking", url)),
        ..Letter::default()
    }
}

/// To the provider: a refund did not arrive.
pub(in crate::notifications) fn failed(facts: &Facts, amount: Money, url: &str) -> Letter {
    let when = long(&facts.provider_zone, facts.start_at, facts.end_at);
    Letter {
        subject: format!("A refund of {amount} did not arrive"),
        heading: "A refund did not arrive".to_owned(),
        paragraphs: vec![
            greeting(&facts.owner_name),
            format!(
                "{amount} could not be given back to {}, so it counts as paid again. Try once more in the booking, or \
                 agree on another way.",
                facts.client_name
            ),
        ],
        rows: vec![
            Row::new("Amount", amount.to_string()),
            Row::new("Service", &facts.service_name),
            Row::new("When", when),
            Row::new("Client", &facts.client_name),
        ],
        button: Some(Link::new("Open the agenda", url)),
        ..Letter::default()
    }
}

/// To the client: a refund did not arrive.
pub(in crate::notifications) fn late(facts: &Facts, amount: Money, url: &str) -> Letter {
    let when = long(&facts.client_zone, facts.start_at, facts.end_at);
    Letter {
        subject: format!("Your refund of {amount} has not arrived yet"),
        heading: "Your money is not back yet".to_owned(),
        paragraphs: vec![
            greeting(&facts.client_name),
            format!(
                "We could not send {amount} back to you yet. {} was told, and can try again or agree on another way with you.",
                facts.provider_name
            ),
        ],
        rows: vec![
            Row::new("Amount", amount.to_string()),
            Row::new("Service", &facts.service_name),
            Row::new("When", when),
            Row::new("With", &facts.provider_name),
        ],
        button: Some(Link::new("View booking", url)),
        ..Letter::default()
    }
}
