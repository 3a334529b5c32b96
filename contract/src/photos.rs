//! Photos of providers.

use serde::{Deserialize, Serialize};

/// The sides of the squares that photos are kept in, in pixels; the first is given where none is asked for.
pub const PHOTO_SIZES: [u32; 3] = [640, 240, 160];

/// The address of a provider's picture beside its name. It is the same wherever it stands, so that it is loaded once, and that
/// of a photo is light. A drawing is sharp at any size.
#[must_use]
pub fn avatar_url(portrait_url: &str) -> String {
    let is_photo = portrait_url.contains("/photo?");
    if is_photo { format!("{portrait_url}&size={}", PHOTO_SIZES[1]) } else { portrait_url.to_owned() }
}

/// Which square of the picture to show. All three, or none for the largest square in the middle.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, validator::Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct PhotoCrop {
    /// Left edge, in pixels of the upright picture.
    pub x: Option<u32>,
    /// Upper edge, in pixels of the upright picture.
    pub y: Option<u32>,
    /// Side, in pixels; at least 160.
    pub size: Option<u32>,
}

/// Which picture to show.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, validator::Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct PhotoQuery {
    /// Side in pixels, 640, 240 or 160. Default 640. A busy photo may have a smaller one, so that it stays light.
    pub size: Option<u32>,
    /// Names the photo, as `portrait_url` does; the answer can then be kept for ever.
    pub v: Option<String>,
    /// Opens the photo of a page that is not published, as in the `portrait_url` that its members are given.
    pub pass: Option<String>,
}
