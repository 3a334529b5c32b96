/// Words about what others do meanwhile.
pub struct Live {
    pub no_longer_free: &'static str,
    pub chosen_gone: &'static str,
}
