use contract::problem::Code;

/// What is said when something did not work.
pub struct Problems {
    pub title: &'static str,
    pub offline_title: &'static str,
    pub offline: &'static str,
    pub unreachable: &'static str,
    pub unreadable: &'static str,
    pub of: fn(Code) -> &'static str,
    /// Too many attempts; so many seconds from now there may be more.
    pub wait: fn(u32) -> String,
    /// What a page lacks before it can be published, by the pointer to it.
    pub lacks: fn(&str) -> &'static str,
    pub reason: fn(&str) -> String,
    pub not_found_title: &'static str,
    pub field: fn(&str, &str) -> String,
    pub required: &'static str,
    pub choose_one: &'static str,
    pub not_an_amount: &'static str,
    pub not_a_number: &'static str,
    pub not_a_date: &'static str,
    pub end_before_start: &'static str,
}
