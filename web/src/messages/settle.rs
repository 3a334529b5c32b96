/// Words of noting that the rest of a price was paid on site.
pub struct Settle {
    pub mark: &'static str,
    pub unmark: &'static str,
    pub marked: &'static str,
    pub unmarked: &'static str,
}
