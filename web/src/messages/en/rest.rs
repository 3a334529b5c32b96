use crate::messages::Rest;

pub const REST: Rest = Rest {
    pay: |amount| format!("Pay the rest now · {amount}"),
    policy: "Or pay it at the appointment. What you pay now comes back by the same rules as the rest of your money.",
    open_title: "The rest is not paid yet",
    open_text: "Your appointment stands all the same. You can pay now or at the appointment.",
    back: "Back to the booking",
    paid: |amount| format!("Thank you. {amount} is paid in all."),
};
