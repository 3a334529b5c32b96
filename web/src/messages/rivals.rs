/// Words of what two have changed at once.
pub struct Rivals {
    /// What a field is now, where somebody else was quicker.
    pub now: fn(&str) -> String,
}
