//! Photos of pages that are not published. The request for an image carries no token, so the address that members are given
//! carries a pass instead, which opens this one photo.

use crate::app::App;
use contract::providers::Provider;
use std::fmt::Write;
use uuid::Uuid;

/// A profile as its members are given it.
#[must_use]
pub fn show(app: &App, mut profile: Provider) -> Provider {
    if !profile.published
        && let Some(photo) = named(&profile.portrait_url)
    {
        let pass = pass(app, photo);
        profile.portrait_url.push_str("&pass=");
        profile.portrait_url.push_str(&pass);
    }
    profile
}

/// Whether this pass opens this photo.
pub(super) fn opens(app: &App, photo: Uuid, given: &str) -> bool {
    let right = pass(app, photo);
    // In the same time whether it is nearly right or not.
    given.len() == right.len()
        && given.bytes().zip(right.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

fn named(portrait_url: &str) -> Option<Uuid> {
    portrait_url.split_once("?v=").and_then(|(_, photo)| Uuid::parse_str(photo).ok())
}

fn pass(app: &App, photo: Uuid) -> String {
    app.keys.photo_pass(photo.as_bytes())[..16].iter().fold(String::new(), |mut pass, byte| {
        let _ = write!(pass, "{byte:02x}");
        pass
    })
}
