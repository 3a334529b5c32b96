//! Which square of a photo is shown.

use crate::http::{ApiError, ApiResult};
use contract::photos::PhotoCrop;
use image::metadata::Orientation;

/// A square, in pixels from the top left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Square {
    /// Its left edge.
    pub x: u32,
    /// Its upper edge.
    pub y: u32,
    /// Its side.
    pub size: u32,
}

/// The square that is asked for: all of it, or none.
///
/// # Errors
/// A field error at what is missing.
pub fn square(crop: PhotoCrop) -> ApiResult<Option<Square>> {
    match (crop.x, crop.y, crop.size) {
        (None, None, None) => Ok(None),
        (Some(x), Some(y), Some(size)) => Ok(Some(Square { x, y, size })),
        (x, y, _) => {
            let missing = if x.is_none() {
                "?x"
            } else if y.is_none() {
                "?y"
            } else {
                "?size"
            };
            Err(ApiError::field(missing, "missing", "Say x, y and size, or none of them."))
        }
    }
}

/// The largest square in the middle.
pub fn middle(width: u32, height: u32) -> Square {
    let size = width.min(height);
    Square { x: (width - size) / 2, y: (height - size) / 2, size }
}

/// Whether the square lies within a picture.
pub fn fits(square: Square, width: u32, height: u32) -> bool {
    let within = |from: u32, whole: u32| from.checked_add(square.size).is_some_and(|end| end <= whole);
    within(square.x, width) && within(square.y, height)
}

/// The sides of a picture once it is upright.
pub fn upright(orientation: Orientation, width: u32, height: u32) -> (u32, u32) {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    match orientation {
        Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH => (height, width),
        _ => (width, height),
    }
}

/// Where a square of the upright picture lies in the picture as stored. So a small square is turned, not a large picture.
pub fn as_stored(square: Square, orientation: Orientation, width: u32, height: u32) -> Square {
    let Square { x, y, size } = square;
    let (from_right, from_bottom) = (|at: u32| width - at - size, |at: u32| height - at - size);
    let (x, y) = match orientation {
        Orientation::NoTransforms => (x, y),
        Orientation::FlipHorizontal => (from_right(x), y),
        Orientation::Rotate180 => (from_right(x), from_bottom(y)),
        Orientation::FlipVertical => (x, from_bottom(y)),
        Orientation::Rotate90 => (y, from_bottom(x)),
        Orientation::Rotate270 => (from_right(y), x),
        Orientation::Rotate90FlipH => (y, x),
        Orientation::Rotate270FlipH => (from_right(y), from_bottom(x)),
    };
    Square { x, y, size }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, Rgb, RgbImage};

    #[test]
    fn cutting_then_turning_is_turning_then_cutting() {
        let stored = RgbImage::from_fn(40, 25, |x, y| Rgb([x as u8, y as u8, 7]));
        for exif in 1..=8 {
            let orientation = Orientation::from_exif(exif).unwrap();
            let mut whole = DynamicImage::ImageRgb8(stored.clone());
            whole.apply_orientation(orientation);
            let (width, height) = upright(orientation, 40, 25);
            assert_eq!((whole.width(), whole.height()), (width, height), "{exif}");
            let wanted = Square { x: 3, y: 9, size: 8 };
            let place = as_stored(wanted, orientation, 40, 25);
            let mut cut =
                DynamicImage::ImageRgb8(stored.clone()).crop_imm(place.x, place.y, place.size, place.size);
            cut.apply_orientation(orientation);
            assert_eq!(cut, whole.crop_imm(wanted.x, wanted.y, wanted.size, wanted.size), "{exif}");
        }
    }

    #[test]
    fn a_square_lies_within() {
        assert!(fits(Square { x: 0, y: 10, size: 30 }, 30, 40));
        assert!(!fits(Square { x: 0, y: 11, size: 30 }, 30, 40));
        assert!(!fits(Square { x: u32::MAX, y: 0, size: u32::MAX }, 30, 40));
        assert_eq!(middle(40, 25), Square { x: 7, y: 0, size: 25 });
    }
}
