//! What a mail says of money that goes back.

use super::{greeting, long, short};
use crate::notifications::booking_facts::Facts;
use crate::notifications::letter::{Letter, Link, Row};
use domain::booking::Status;
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

/// All that goes back of what was paid for a booking.
#[derive(Debug, Clone, Copy)]
pub(in crate::notifications) struct Sum {
    pub(in crate::notifications) gone: Money,
    pub(in crate::notifications) paid: Money,
}

impl Sum {
    /// What a mail about an amount adds where another one may have named an amount too, such as that of the cancellation.
    fn in_all(self, facts: &Facts, amount: Money, payer: &str) -> Option<String> {
        let Self { gone, paid } = self;
        let is_over = facts.status == Status::Cancelled;
        (is_over || gone.minor != amount.minor)
            .then(|| format!("In all, {gone} of the {paid} that {payer} paid goes back."))
    }
}

/// To the client: somebody gave money back at the processor.
pub(in crate::notifications) fn returned(facts: &Facts, amount: Money, all: Sum, url: &str) -> Letter {
    let mut letter = given(facts, amount, "", url);
    letter.paragraphs.extend(all.in_all(facts, amount, "you"));
    letter
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

/// To the provider: a refund did not arrive. What had been taken from an account of the provider's is with the platform.
pub(in crate::notifications) fn failed(
    facts: &Facts,
    amount: Money,
    is_with_platform: bool,
    url: &str,
) -> Letter {
    let client = &facts.client_name;
    let what = if is_with_platform {
        format!(
            "{amount} could not be given back to {client}. It was taken from your account, and this platform keeps it for {client}. \
             Try once more in the booking: that takes nothing more from you. If you want to agree on another way, ask whoever \
             runs this site first, who has the money."
        )
    } else {
        format!(
            "{amount} could not be given back to {client}, so it is with you and counts as paid again. Try once more in the \
             booking, or agree on another way."
        )
    };
    let when = long(&facts.provider_zone, facts.start_at, facts.end_at);
    Letter {
        subject: format!("A refund of {amount} did not arrive"),
        heading: "A refund did not arrive".to_owned(),
        paragraphs: vec![greeting(&facts.owner_name), what],
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

/// To the provider: somebody gave money back at the processor, perhaps all that was paid for a booking that still stands.
pub(in crate::notifications) fn outside(facts: &Facts, amount: Money, all: Sum, url: &str) -> Letter {
    let when = long(&facts.provider_zone, facts.start_at, facts.end_at);
    let client = &facts.client_name;
    let mut paragraphs = vec![
        greeting(&facts.owner_name),
        format!(
            "{amount} of what {client} paid was given back at the payment processor, not in the booking. It goes the way it was \
             paid."
        ),
    ];
    paragraphs.extend(all.in_all(facts, amount, client));
    if all.gone.minor >= all.paid.minor && matches!(facts.status, Status::Pending | Status::Confirmed) {
        paragraphs.push(format!(
            "Nothing is left of what {client} paid, and the booking still stands. Cancel it if it is not to take place."
        ));
    }
    Letter {
        subject: format!("{amount} was given back to {client}"),
        heading: "Money was given back".to_owned(),
        paragraphs,
        rows: vec![
            Row::new("Amount", amount.to_string()),
            Row::new("Service", &facts.service_name),
            Row::new("When", when),
            Row::new("Client", client),
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
