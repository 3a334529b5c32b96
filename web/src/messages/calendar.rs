/// Words of putting a booking into a calendar.
pub struct Calendar {
    pub or_in: &'static str,
    pub google: &'static str,
    pub outlook: &'static str,
}
