use super::count;
use super::rest::REST;
use crate::messages::{CardMoney, Till};

pub static TILL: Till = Till {
    price: "Price",
    coupon_off: "Coupon",
    due_now: "Due now",
    later: "At the appointment",
    vat: |amount, rate| format!("The price includes {amount} VAT ({rate}%)."),
    on_answer: |name| {
        format!("Your card is charged only when {name} accepts. Until then the amount is reserved.")
    },
    before_answer: "Withdrawing costs nothing until then. Once it is accepted, this holds:",

    policy: "If plans change",
    before: |hours| match hours {
        0 => "the start".to_owned(),
        hours if hours > 24 && hours % 24 == 0 => format!("{} before", count(hours / 24, "day", "days")),
        hours => format!("{} before", count(hours, "hour", "hours")),
    },
    at: str::to_owned,
    step: |until, percent| match percent {
        100 => format!("Cancel until {until} and everything you paid comes back."),
        50 => format!("Cancel until {until} and half of what you paid comes back."),
        0 => format!("Cancel until {until} and nothing comes back."),
        percent => format!("Cancel until {until} and {percent}% of what you paid comes back."),
    },
    afterwards: "After that, nothing comes back.",
    never: "If you cancel, nothing comes back of what you paid.",
    no_show: |percent| match percent {
        100 => "If you do not come, everything comes back.".to_owned(),
        percent => format!("If you do not come, {percent}% comes back."),
    },
    by_provider: |name| format!("If {name} cancels, everything comes back."),

    coupon_add: "Add a coupon",
    coupon: "Coupon code",
    coupon_apply: "Apply",
    coupon_remove: "Remove coupon",
    coupon_good: |amount| format!("The coupon takes off {amount}."),

    opening_title: "On to the payment page",
    opening_text: "Your time is kept. The payment page opens in a moment.",
    open_title: "Your time is kept, not paid yet",
    open_text: |left, until| format!("It stays yours for {left}, until {until}."),
    nothing_yet: "No payment has arrived so far.",
    try_declined: "The last try was declined, and nothing was charged. You can try again, also with another card.",
    minutes: |minutes| match minutes {
        0 => "less than a minute".to_owned(),
        minutes => format!("another {}", count(minutes, "minute", "minutes")),
    },
    pay: |amount| format!("Pay now · {amount}"),
    give_up: "Give up this time",
    processing_title: "Your payment is on its way",
    processing_text: "The bank has not answered yet. This page looks by itself; there is nothing to do.",
    processing_long: "This takes longer than usual. You can close this page: once the payment is here, a mail tells you.",
    look_again: "Look again",
    not_paid: "Back to the payment page",
    lapsed_title: "The time was let go",
    lapsed_text: "It was not paid in time, so it is free for others again.",
    late_money: "If you have paid all the same, nothing is lost: you get the time if it is still free, or all of the money comes back. A mail tells you which.",
    late_title: "The time is gone",
    late_text: "It was not paid in time.",
    late_paid: |amount| format!("Your {amount} came too late for this time and goes back to you in full."),
    unanswered_title: "The request was not answered in time",
    unanswered_text: "The time is free for others again. Nothing was charged, and what was reserved on your card is released.",
    lost_title: "The bank let go of the money",
    lost_text: "It did so before the money was taken, so the time is free for others again. Nothing was charged.",
    given_up_title: "You gave up this time",
    given_up_text: "It is free for others again, and nothing was charged.",
    another_time: "Choose another time",
    unknown_title: "Which booking is this?",
    unknown_text: "This browser does not know the booking any more. If you paid, nothing is lost: a mail confirms it and has a link to the booking. A fresh link comes by mail as well.",

    held: |what, until| format!("{what} is kept for you until {until}, and waits to be paid."),
    several_held: |many, until| {
        format!("{many} bookings are kept for you and wait to be paid, the first until {until}.")
    },
    pay_or_give_up: "Pay or give up",
    held_elsewhere: "This browser does not know them. If they are yours, we mail you links to them.",

    quote_none: "There is no money to give back, and nothing is charged.",
    quote_all: |all| format!("All of it comes back: {all}."),
    quote_part: |back, all| format!("You get {back} of {all} back."),
    quote_nothing: |all| format!("Nothing comes back of the {all} that you paid."),
    quote_theirs: |back| format!("{back} goes back to the client."),
    quote_disputed: |amount| {
        format!(
            "Your bank has the {amount} that you disputed. If it lets the payment stand, what you are owed of it comes back then."
        )
    },
    quote_disputed_theirs: |amount| {
        format!(
            "The client's bank has {amount} in dispute. If it decides for you, what the client is owed of it goes back then."
        )
    },
    quote_before: |when, amount| format!("Until {when} it would have been {amount}."),
    quote_after: |when, then| match then {
        Some(then) => format!("That holds until {when}. After that you get {then}."),
        None => format!("That holds until {when}. After that, nothing comes back."),
    },

    move_was: |until, amount| format!("Until {until}, a cancellation would have brought {amount} back."),
    move_keeps: |back, all| {
        let comes = match back {
            Some(back) => format!("at most {back} of {all} comes back"),
            None => format!("nothing comes back of the {all} that you paid"),
        };
        format!("Moving does not put the deadline off: if you cancel afterwards, {comes}.")
    },

    paid: "Paid",
    coupon_was: "Coupon",
    rest: "Due at the appointment",
    rest_settled: "Paid at the appointment",
    tax: "VAT in it",
    disputed: "Disputed at the bank",
    dispute_reason: |word| {
        Some(match word {
            "credit_not_processed" => "a refund that did not come",
            "debit_not_authorized" => "it was not agreed to",
            "duplicate" => "charged twice",
            "fraudulent" => "not paid by the card’s owner",
            "product_not_received" => "it did not take place",
            "product_unacceptable" => "not as described",
            "subscription_canceled" => "it had been cancelled",
            "unrecognized" => "the payment is not recognised",
            _ => return None,
        })
    },
    back: "Refund",
    back_in_all: "Refunded in all",
    receipts: "Receipts",
    receipt: |number| format!("Receipt {number}"),
    credit_note: |number| format!("Credit note {number}"),
    reserved: "Reserved",
    card: "By card",
    back_again: |amount| format!("{amount} did not arrive at first, and was given again"),
    back_kept: |amount| {
        format!(
            "{amount} did not reach the client. The platform keeps it for them: please send it once more, which takes nothing more from you. Before you agree on another way, ask whoever runs this site, who has the money"
        )
    },
    own: CardMoney {
        reserved: |amount, name| format!("{amount} on your card, charged once {name} accepts"),
        released: |amount| format!("{amount} was only reserved on your card and is let go of, not charged"),
        back_pending: |amount| format!("{amount} is on its way back to your card"),
        back_waits: |amount| format!("{amount} goes back once your bank has decided about your dispute"),
        back_done: |amount| format!("{amount} was given back; banks take some days to show it"),
        back_asks: |amount| format!("{amount} waits for your answer to a message of the payment service"),
        back_failed: |amount| {
            format!("{amount} could not be given back; the provider sees it and can send it again")
        },
        taken_back: "Given back by your bank",
    },
    theirs: CardMoney {
        reserved: |amount, _| format!("{amount} on the client's card, charged once you accept"),
        released: |amount| {
            format!("{amount} was only reserved on the client's card and is let go of, not charged")
        },
        back_pending: |amount| format!("{amount} is on its way back to the client"),
        back_waits: |amount| {
            format!("{amount} goes back once the client's bank has decided about the dispute")
        },
        back_done: |amount| format!("{amount} was given back to the client"),
        back_asks: |amount| format!("{amount} waits for the client, whom the payment service has asked"),
        back_failed: |amount| {
            format!("{amount} did not reach the client and is with you again; please send it once more")
        },
        taken_back: "Taken back by the bank",
    },
    online: REST,
};
