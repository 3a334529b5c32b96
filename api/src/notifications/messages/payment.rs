//! What a mail about a booking that stands says of its money.

use super::{Recipient, short};
use crate::notifications::booking_facts::{Facts, Payment};
use crate::notifications::letter::Row;
use domain::booking::Status;
use domain::money::Money;

/// What was paid, what is left, and what a cancellation would bring back.
pub(super) fn rows(recipient: Recipient, facts: &Facts, payment: &Payment) -> Vec<Row> {
    let is_client = recipient == Recipient::Client;
    let mut rows = Vec::new();
    if payment.paid.minor > 0 {
        rows.push(Row::new("Paid", payment.paid.to_string()));
    }
    if payment.on_card.minor > 0 {
        rows.push(match (facts.status, is_client) {
            (Status::Pending, true) => Row::new("Reserved on your card", payment.on_card.to_string()),
            (Status::Pending, false) => Row::new("Reserved on the card", payment.on_card.to_string()),
            _ => charged(recipient, payment.on_card),
        });
    }
    if payment.rest.minor > 0 {
        rows.push(rest(recipient, facts, payment.rest));
    }
    if is_client {
        rows.push(Row::new("If you cancel", stages(facts, payment)));
    }
    rows
}

/// What was reserved and is about to be taken: the bank may still have let go of it.
pub(super) fn charged(recipient: Recipient, amount: Money) -> Row {
    let name = match recipient {
        Recipient::Client => "Will be charged to your card now",
        Recipient::Provider => "Will be charged to the card now",
    };
    Row::new(name, amount.to_string())
}

/// What was only reserved when the booking ended.
pub(super) fn released(recipient: Recipient, amount: Money) -> Row {
    let card = match recipient {
        Recipient::Client => "your card",
        Recipient::Provider => "the card",
    };
    Row::new("Not charged", format!("{amount}\nIt was only reserved on {card}, and is released."))
}

/// What would go back, were it not with the bank of the client, who disputes it.
pub(super) fn withheld(recipient: Recipient, amount: Money) -> Row {
    let then = match recipient {
        Recipient::Client => {
            "Your bank has this money while it looks into your dispute. If it lets the payment stand, it goes back to you."
        }
        Recipient::Provider => {
            "The client's bank has this money while it looks into the dispute. If it lets the payment stand, it goes back to the client."
        }
    };
    Row::new("Disputed", format!("{amount}\n{then}"))
}

/// What is left to pay, and where.
pub(super) fn rest(recipient: Recipient, facts: &Facts, amount: Money) -> Row {
    match facts.rest_online {
        Some(_) if recipient == Recipient::Client => {
            let words = format!("{amount}\nAt the appointment, or now on the page of your booking.");
            Row::new("Still to pay", words)
        }
        _ => Row::new("To pay at the appointment", amount.to_string()),
    }
}

/// A line for each stage: `until Tue 1 December, 10:00: all of it comes back`. Before a request is answered nothing is taken, so
/// the stages hold from then on.
fn stages(facts: &Facts, payment: &Payment) -> String {
    let is_asked = facts.status == Status::Pending;
    let before = is_asked.then(|| {
        format!(
            "Until {} answers, nothing is taken from your card, and withdrawing costs nothing. Once it is confirmed:",
            facts.provider_name
        )
    });
    let line = |(number, stage): (usize, &domain::payment::quote::Stage)| {
        let what = match stage.percent {
            100 => "all that you paid comes back".to_owned(),
            0 => "nothing comes back".to_owned(),
            percent => format!("{percent}% of what you paid comes back"),
        };
        match stage.until.and_then(|until| time::OffsetDateTime::from_unix_timestamp(until).ok()) {
            Some(until) => format!("Until {}: {what}", short(&facts.client_zone, until)),
            None if number > 0 => format!("After that {what}"),
            None if is_asked => format!("If you cancel then, {what}"),
            None => format!("From now on {what}"),
        }
    };
    before.into_iter().chain(payment.stages.iter().enumerate().map(line)).collect::<Vec<_>>().join("\n")
}
