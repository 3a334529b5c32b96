//! From what was sent to pictures of our own making: cut, upright, in three sizes, with nothing but pixels in them.

use super::crop::{self, Square};
use super::{fit, jpeg};
use crate::http::{ApiError, ApiResult};
use crate::turns::Turns;
use actix_web::web::Bytes;
use contract::photos::PHOTO_SIZES;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use std::io::Cursor;

/// The longest side of a picture.
const MAX_SIDE: u32 = 16_384;
/// The most memory that the pixels of a picture may take: some 50 megapixels.
const MAX_PIXELS: u64 = 150 * 1024 * 1024;
/// The shortest side of a square: the smallest size that we show.
const MIN_SIDE: u32 = PHOTO_SIZES[2];
/// The most bytes of a picture in each size. The light ones are part of a first visit, which has little room for them.
const MOST_BYTES: [usize; 3] = [150_000, 2_800, 2_800];

/// Pictures take memory and a core while they are worked on, so only so many are at a time.
static TURNS: Turns = Turns::new(2);

/// Why a picture is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refused {
    Format,
    Damaged,
    TooLarge,
    TooSmall,
    Crop,
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        let (pointer, code, message) = match refused {
            Refused::Format => ("", "format", "This is not a JPEG, PNG or WebP picture."),
            Refused::Damaged => ("", "damaged", "This picture is damaged or incomplete."),
            Refused::TooLarge => {
                ("", "too_large", "This picture has too many pixels. Up to 50 megapixels are fine.")
            }
            Refused::TooSmall => ("", "too_small", "The square must be at least 160 pixels wide."),
            Refused::Crop => ("?size", "range", "The square does not lie within the picture."),
        };
        Self::field(pointer, code, message)
    }
}

/// The pictures of a photo, one for each size, on a thread where it disturbs nobody.
///
/// # Errors
/// A field error that says what is wrong with it; `unavailable` where too many wait already.
pub async fn make(bytes: Bytes, square: Option<Square>) -> ApiResult<Vec<Picture>> {
    let made = TURNS.run(move || draw(&bytes, square, &PHOTO_SIZES)).await?;
    // A decoder that panics has met a picture that is not in order.
    Ok(made.unwrap_or(Err(Refused::Damaged))?)
}

/// One picture more of a photo that is kept already, from a larger one.
///
/// # Errors
/// `unavailable` where too many wait already; an internal error where ours cannot be read.
pub async fn make_one(larger: Vec<u8>, size: u32) -> ApiResult<Vec<Picture>> {
    let made = TURNS.run(move || draw(&larger, None, &[size])).await?;
    made.unwrap_or(Err(Refused::Damaged))
        .map_err(|_| ApiError::internal("a photo of ours that cannot be read"))
}

/// A picture in one of the sizes.
#[derive(Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its size.
    pub size: u32,
    /// A JPEG.
    pub content: Vec<u8>,
}

fn draw(bytes: &[u8], square: Option<Square>, sizes: &[u32]) -> Result<Vec<Picture>, Refused> {
    let cut = cut(bytes, square)?;
    let known = PHOTO_SIZES.into_iter().zip(MOST_BYTES).filter(|(size, _)| sizes.contains(size));
    known
        .map(|(size, most)| {
            let content = fit::jpeg(&shrink(&cut, size), most).map_err(|_| Refused::Damaged)?;
            Ok(Picture { size, content })
        })
        .collect()
}

/// The square of the picture, upright.
fn cut(bytes: &[u8], square: Option<Square>) -> Result<DynamicImage, Refused> {
    let format = image::guess_format(bytes).map_err(|_| Refused::Format)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) {
        return Err(Refused::Format);
    }
    if format == ImageFormat::Jpeg && !jpeg::is_whole(bytes) {
        return Err(Refused::Damaged);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    // The decoder's own books, beside the pixels that are counted below.
    let mut limits = Limits::default();
    limits.max_alloc = Some(3 * MAX_PIXELS);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Refused::Damaged)?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > MAX_SIDE || decoder.total_bytes() > MAX_PIXELS {
        return Err(Refused::TooLarge);
    }
    // A picture that does not say is upright.
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let (upright_width, upright_height) = crop::upright(orientation, width, height);
    let square = square.unwrap_or_else(|| crop::middle(upright_width, upright_height));
    if !crop::fits(square, upright_width, upright_height) {
        return Err(Refused::Crop);
    }
    if square.size < MIN_SIDE {
        return Err(Refused::TooSmall);
    }
    let whole = DynamicImage::from_decoder(decoder).map_err(|_| Refused::Damaged)?;
    let place = crop::as_stored(square, orientation, width, height);
    let mut cut = whole.crop_imm(place.x, place.y, place.size, place.size);
    drop(whole);
    // Far larger than shown: a quick pass first, then the good one.
    let enough = PHOTO_SIZES[0] * 2;
    if place.size > enough {
        cut = cut.thumbnail_exact(enough, enough);
    }
    cut.apply_orientation(orientation);
    Ok(cut)
}

/// The picture at a size, or as large as it is, on white where it is transparent.
fn shrink(picture: &DynamicImage, size: u32) -> RgbImage {
    let size = size.min(picture.width());
    let resized = picture.resize_exact(size, size, FilterType::Lanczos3).to_rgba8();
    RgbImage::from_fn(size, size, |x, y| {
        let [r, g, b, a] = resized.get_pixel(x, y).0;
        let on_white = |part: u8| {
            let (part, alpha) = (u32::from(part), u32::from(a));
            u8::try_from((part * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([r, g, b].map(on_white))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let picture =
            RgbImage::from_fn(width, height, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(picture).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn all(bytes: &[u8], square: Option<Square>) -> Result<Vec<Picture>, Refused> {
        draw(bytes, square, &PHOTO_SIZES)
    }

    #[test]
    fn each_kind_becomes_three_squares() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            for Picture { size, content } in all(&sample(900, 700, format), None).unwrap() {
                assert_eq!(image::guess_format(&content).unwrap(), ImageFormat::Jpeg);
                let picture = image::load_from_memory(&content).unwrap();
                let side = picture.width();
                assert!(side == picture.height() && side <= size && side >= size * 2 / 5, "{size}: {side}");
            }
        }
    }

    #[test]
    fn a_cut_off_picture_is_refused_wherever_it_ends() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let bytes = sample(300, 300, format);
            for part in 1..10 {
                let cut = &bytes[..bytes.len() * part / 10];
                assert!(all(cut, None).is_err(), "{format:?} cut to {part} tenths");
            }
        }
    }

    #[test]
    fn sizes_have_bounds() {
        assert_eq!(all(&sample(159, 400, ImageFormat::Png), None), Err(Refused::TooSmall));
        assert_eq!(all(&sample(17_000, 200, ImageFormat::Png), None), Err(Refused::TooLarge));
        let crop = |x, size| all(&sample(300, 200, ImageFormat::Png), Some(Square { x, y: 0, size }));
        assert!(crop(100, 200).is_ok());
        assert_eq!(crop(101, 200), Err(Refused::Crop));
        assert_eq!(crop(0, 100), Err(Refused::TooSmall));
    }

    #[test]
    fn what_is_clear_becomes_white() {
        let clear =
            DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(200, 200, image::Rgba([0, 0, 0, 0])));
        assert_eq!(shrink(&clear, 160).get_pixel(80, 80).0, [255, 255, 255]);
    }
}
