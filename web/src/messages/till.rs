/// Paying, what comes back, and coupons. See [`till`](super::till).
pub struct Till {
    // What is due, before booking.
    pub price: &'static str,
    pub coupon_off: &'static str,
    pub due_now: &'static str,
    pub later: &'static str,
    /// The tax in an amount: the amount, the rate.
    pub vat: fn(&str, &str) -> String,
    /// Who has to say yes before anything is charged.
    pub on_answer: fn(&str) -> String,
    /// What a withdrawal costs until then, and that the policy holds from then on.
    pub before_answer: &'static str,

    // The policy.
    pub policy: &'static str,
    /// So long before the start.
    pub before: fn(u32) -> String,
    /// A moment, as it stands in these sentences.
    pub at: fn(&str) -> String,
    /// Until when how much of what was paid comes back.
    pub step: fn(&str, u8) -> String,
    pub afterwards: &'static str,
    pub never: &'static str,
    pub no_show: fn(u8) -> String,
    pub by_provider: fn(&str) -> String,

    // Coupons.
    pub coupon_add: &'static str,
    pub coupon: &'static str,
    pub coupon_apply: &'static str,
    pub coupon_remove: &'static str,
    pub coupon_good: fn(&str) -> String,

    // The payment page.
    pub opening_title: &'static str,
    pub opening_text: &'static str,
    pub open_title: &'static str,
    /// For how long still, until when.
    pub open_text: fn(&str, &str) -> String,
    pub nothing_yet: &'static str,
    /// The same where the last try was declined.
    pub try_declined: &'static str,
    /// A number of minutes; nothing where less than one is left.
    pub minutes: fn(u32) -> String,
    pub pay: fn(&str) -> String,
    pub give_up: &'static str,
    pub processing_title: &'static str,
    pub processing_text: &'static str,
    pub processing_long: &'static str,
    pub look_again: &'static str,
    pub not_paid: &'static str,
    pub lapsed_title: &'static str,
    pub lapsed_text: &'static str,
    pub late_money: &'static str,
    /// Of money that came when the time could not be had any more.
    pub late_title: &'static str,
    pub late_text: &'static str,
    pub late_paid: fn(&str) -> String,
    pub unanswered_title: &'static str,
    pub unanswered_text: &'static str,
    /// Of money that the bank let go of.
    pub lost_title: &'static str,
    pub lost_text: &'static str,
    pub given_up_title: &'static str,
    pub given_up_text: &'static str,
    pub another_time: &'static str,
    pub unknown_title: &'static str,
    pub unknown_text: &'static str,

    // A hold, elsewhere.
    /// What, until when.
    pub held: fn(&str, &str) -> String,
    /// How many, until when the first of them.
    pub several_held: fn(u32, &str) -> String,
    pub pay_or_give_up: &'static str,
    /// To a guest of whose holds this browser knows nothing.
    pub held_elsewhere: &'static str,

    // What a cancellation brings back.
    pub quote_none: &'static str,
    pub quote_all: fn(&str) -> String,
    /// How much of how much.
    pub quote_part: fn(&str, &str) -> String,
    pub quote_nothing: fn(&str) -> String,
    /// To the provider: how much goes back to the client.
    pub quote_theirs: fn(&str) -> String,
    /// How much the client's bank has, because the client disputes it: to the client, and to the provider.
    pub quote_disputed: fn(&str) -> String,
    pub quote_disputed_theirs: fn(&str) -> String,
    /// Until when it would have been how much.
    pub quote_before: fn(&str, &str) -> String,
    /// Until when it stays so, and how much it is then; nothing where it is nothing.
    pub quote_after: fn(&str, Option<&str>) -> String,

    // What becomes of that when a client moves.
    /// Until when how much would have come back.
    pub move_was: fn(&str, &str) -> String,
    /// That it stays so: how much comes back at most, nothing where it is nothing, and of how much.
    pub move_keeps: fn(Option<&str>, &str) -> String,

    // What was paid and went back.
    pub paid: &'static str,
    pub coupon_was: &'static str,
    /// What of the price is not paid through the platform, and whether that was noted as paid.
    pub rest: &'static str,
    pub rest_settled: &'static str,
    pub tax: &'static str,
    /// What the client's bank has while it looks into a dispute.
    pub disputed: &'static str,
    /// Why a client disputes a payment, by the bank's word for it; nothing where that says nothing.
    pub dispute_reason: fn(&str) -> Option<&'static str>,
    pub back: &'static str,
    /// Of several refunds.
    pub back_in_all: &'static str,
    pub receipts: &'static str,
    pub receipt: fn(i64) -> String,
    pub credit_note: fn(i64) -> String,
    pub reserved: &'static str,
    pub card: &'static str,
    /// What did not arrive at first, and was given again since.
    pub back_again: fn(&str) -> String,
    /// To the provider: what did not arrive, and is with the platform.
    pub back_kept: fn(&str) -> String,
    /// For whoever paid.
    pub own: CardMoney,
    /// For whoever was paid.
    pub theirs: CardMoney,
    /// The rest, paid online.
    pub online: super::Rest,
}

/// What is said of money on the client's card.
pub struct CardMoney {
    /// What is held, and who has to say yes.
    pub reserved: fn(&str, &str) -> String,
    /// What was held, and is let go of.
    pub released: fn(&str) -> String,
    pub back_pending: fn(&str) -> String,
    /// What is sent once the client's bank has decided.
    pub back_waits: fn(&str) -> String,
    pub back_done: fn(&str) -> String,
    pub back_asks: fn(&str) -> String,
    pub back_failed: fn(&str) -> String,
    /// What the client's bank has decided for the client.
    pub taken_back: &'static str,
}
