/// Words of another service for a booking.
pub struct Change {
    pub service: &'static str,
    /// The service that it is one of.
    pub present: fn(&str) -> String,
    pub title: &'static str,
    pub yes: &'static str,
    /// What it is now, and when.
    pub done: fn(&str, &str) -> String,
    pub same: fn(&str) -> String,
    /// The price then, and now.
    pub price: fn(&str, &str) -> String,
    pub coupon: fn(&str) -> String,
    /// What goes back, for the client and for the provider.
    pub back: fn(&str) -> String,
    pub back_theirs: fn(&str) -> String,
    /// What is left to pay, and whether that can be done online.
    pub rest: fn(&str, bool) -> String,
    pub told: &'static str,
    /// Why it cannot be, by the code of the refusal, for the client or for the provider.
    pub why: fn(&str, bool) -> Option<&'static str>,
    pub under_way: &'static str,
}
