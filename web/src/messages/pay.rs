/// When a service is paid, and what waits to be paid: words that stand on pages from the start.
pub struct Pay {
    pub on_site: &'static str,
    pub deposit: fn(&str) -> String,
    pub when_booking: &'static str,
    /// A rate in percent.
    pub vat: fn(&str) -> String,
    /// What is due now, where it is known.
    pub to_payment: fn(Option<&str>) -> String,
    /// The state of a booking.
    pub unpaid: &'static str,
    pub unpaid_until: fn(&str) -> String,
    pub pay_now: &'static str,
    pub paid: fn(&str) -> String,
    /// What is left for the appointment.
    pub rest: fn(&str) -> String,
    /// What is held on the card, and by whom it is answered.
    pub reserved: fn(&str, &str) -> String,
    /// What of it is being taken now.
    pub charging: fn(&str) -> String,
    /// That an earlier try counts, at its price.
    pub earlier_price: fn(&str) -> String,
    /// Why a booking that was to be paid ended.
    pub lapsed: &'static str,
    /// The same where the bank let go of the money.
    pub lost: &'static str,
}
