use crate::messages::Change;

pub static CHANGE: Change = Change {
    service: "Service",
    present: |name| format!("{name}, as booked"),
    title: "Change the booking?",
    yes: "Change booking",
    done: |what, when| format!("Now {what}, {when}."),
    same: |price| format!("The price stays {price}."),
    price: |then, now| format!("It then costs {then} instead of {now}."),
    coupon: |amount| format!("The coupon takes off {amount} of it already."),
    back: |amount| format!("{amount} goes back to you."),
    back_theirs: |amount| format!("{amount} goes back to the client."),
    rest: |amount, online| {
        let place = if online { "online or at the appointment" } else { "at the appointment" };
        format!("{amount} is then left to pay, {place}.")
    },
    told: "The client is told.",
    why: |code, own| {
        Some(match code {
            "not_offered" | "unknown" => "This service is not offered any more.",
            "seats" => "This service has fewer seats than the booking.",
            "needs_phone" if own => "For this service you are called, and the booking has no phone number.",
            "needs_phone" => "For this service you call, and the booking has no phone number.",
            "needs_address" if own => "This service takes place at yours, and the booking has no address.",
            "needs_address" => "This service takes place at the client's, and the booking has no address.",
            "currency" => "It was booked in another currency. Please book this service anew.",
            "needs_approval" => "The provider has to say yes to this service. Please book it anew.",
            "settled" if own => {
                "The rest is noted as paid, and this costs something else. The provider can change it for you."
            }
            "settled" => {
                "The rest is noted as paid, and this costs something else. Take that note back first."
            }
            "prepaid" => {
                "More is paid for this service when booking. The provider can change it for you: you then pay the difference online."
            }
            "penalty" => {
                "It costs less, and the cancellation rules do not give all of the difference back. The provider can change it for you."
            }
            _ => return None,
        })
    },
    under_way: "A payment for this booking is under way. The service can be changed once it has arrived.",
};
