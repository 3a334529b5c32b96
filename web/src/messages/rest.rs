/// Paying online what is left of a booking that stands. They come with those of [`Till`](super::Till).
pub struct Rest {
    /// Leads to the payment page.
    pub pay: fn(&str) -> String,
    /// What paying it means for a cancellation.
    pub policy: &'static str,
    /// For the provider, beside what is left to pay.
    pub theirs: &'static str,
    pub open_title: &'static str,
    pub open_text: &'static str,
    pub back: &'static str,
    pub paid_title: &'static str,
    /// How much is paid now in all.
    pub paid: fn(&str) -> String,
}
