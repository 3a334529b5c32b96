/// Words of a provider's public page.
pub struct Provider {
    pub services: &'static str,
    pub about: &'static str,
    pub place: &'static str,
    pub speaks: &'static str,
    pub clock: &'static str,
    pub book: &'static str,
    pub book_service: fn(&str) -> String,
    pub next_free: fn(&str) -> String,
    pub nothing_free: &'static str,
    pub looking: &'static str,
    pub on_request: &'static str,
    pub group: fn(u32) -> String,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub preview: &'static str,
    pub preview_action: &'static str,
}
