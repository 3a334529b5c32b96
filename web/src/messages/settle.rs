/// What the provider's side says of a booking that waits to be paid, and of noting that the rest was paid on site.
pub struct Settle {
    pub unpaid: &'static str,
    pub unpaid_until: fn(&str) -> String,
    pub mark: &'static str,
    pub unmark: &'static str,
    pub marked: &'static str,
    pub unmarked: &'static str,
}
