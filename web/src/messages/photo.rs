/// Words around the provider's photo.
pub struct Photo {
    pub title: &'static str,
    pub hint: &'static str,
    pub choose: &'static str,
    pub change: &'static str,
    pub remove: &'static str,
    pub saved: &'static str,
    pub removed: &'static str,
    pub reading: &'static str,
    pub unreadable: &'static str,
    pub too_small: &'static str,
    pub crop_title: &'static str,
    pub crop_label: &'static str,
    pub crop_hint: &'static str,
    pub zoom: &'static str,
    pub take: &'static str,
}
