/// Words of putting services in order.
pub struct Order {
    pub hint: &'static str,
    pub grip: fn(&str) -> String,
    pub up: fn(&str) -> String,
    pub down: fn(&str) -> String,
    /// Name, place, of how many.
    pub now_at: fn(&str, usize, usize) -> String,
    pub saved: &'static str,
    pub undo: &'static str,
    pub taken_back: &'static str,
    pub changed_elsewhere: &'static str,
}
