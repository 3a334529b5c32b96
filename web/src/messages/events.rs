/// Words of what happened to a booking.
pub struct Events {
    /// What happened, and who did it: `client`, `provider`, or `you`.
    pub event: fn(&str, &str) -> String,
    /// From what to what.
    pub moved: fn(&str, &str) -> String,
}
