use crate::messages::Pay;

pub const PAY: Pay = Pay {
    on_site: "Pay at the appointment",
    deposit: |amount| format!("Deposit of {amount} when booking"),
    when_booking: "Pay when booking",
    vat: |rate| format!("incl. {rate}% VAT"),
    to_payment: |amount| match amount {
        Some(amount) => format!("Continue to payment · {amount}"),
        None => "Continue to payment".to_owned(),
    },
    unpaid: "To be paid",
    unpaid_until: |when| format!("Waiting for payment until {when}."),
    pay_now: "Pay now",
    paid: |amount| format!("{amount} paid"),
    rest: |amount| format!("{amount} at the appointment"),
    reserved: |amount, name| format!("{amount} reserved on your card, charged once {name} accepts"),
    charging: |amount| format!("{amount} is being charged"),
    earlier_price: |amount| format!("Your first try had gone through already: it is booked at {amount}."),
    lapsed: "It was not paid, or not answered, in time.",
    lost: "The bank let go of the money before it was taken.",
};
