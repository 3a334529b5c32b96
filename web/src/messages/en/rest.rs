use crate::messages::Rest;

pub const REST: Rest = Rest {
    pay: |amount| format!("Pay the rest now · {amount}"),
    policy: "Or pay it at the appointment. The same cancellation rules hold for what you pay now.",
    theirs: "The client can pay the rest online until the appointment ends, or on site.",
    open_title: "The rest is not paid yet",
    open_text: "Your appointment stands all the same. You can pay now or at the appointment.",
    back: "Back to the booking",
    paid_title: "The rest is paid",
    paid: |amount| format!("Thank you. {amount} is paid in all, and nothing is left to pay."),
};
