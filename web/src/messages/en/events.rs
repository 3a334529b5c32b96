use crate::messages::Events;

pub static EVENTS: Events = Events {
    event: |kind, actor| {
        let what = match kind {
            "requested" => "Requested",
            "booked" => "Booked",
            "confirmed" => "Confirmed",
            "declined" => "Declined",
            "moved" => "Moved",
            "resized" => "Length changed",
            "changed" => "Service changed",
            "cancelled" => "Cancelled",
            "expired" => "Lapsed",
            "lost" => "Ended: the bank let go of the money",
            "completed" => "Completed",
            "no_show" => "Marked as did not come",
            "held" => "Kept until paid",
            "paid" => "Paid",
            "authorised" => "Amount reserved on the card",
            "revived" => "Paid late, the time was still free",
            "settled" => "Rest noted as paid",
            "unsettled" => "Rest noted as open",
            "refunded" => "Money given back",
            "refund_failed" => "Money could not be given back",
            "disputed" => "Payment disputed at the bank",
            "dispute_won" => "The bank lets the payment stand",
            "dispute_lost" => "The bank gives the payment back to the client",
            other => other,
        };
        match actor {
            "you" => format!("{what} by you"),
            "client" => format!("{what} by the client"),
            "provider" => format!("{what} by the provider"),
            _ => what.to_owned(),
        }
    },
    moved: |from, to| format!("from {from} to {to}"),
};
