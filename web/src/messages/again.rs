/// Words for what must not get lost: a session that ended, changes that are not saved.
pub struct Again {
    pub title: &'static str,
    pub text: &'static str,
    pub kept: &'static str,
    pub password: &'static str,
    pub leave: &'static str,
    pub unsaved_title: &'static str,
    pub unsaved_text: &'static str,
    pub stay: &'static str,
    pub discard: &'static str,
}
