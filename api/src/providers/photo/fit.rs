//! A JPEG that weighs no more than it may.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{FilterType, resize};
use image::{ImageResult, RgbImage};

/// From sharp to plain: the side in hundredths, and the quality. First fine detail goes, then size, which large ones can
/// spare on most screens, then more of both.
const STEPS: [(u32, u8); 13] = [
    (100, 84),
    (100, 65),
    (100, 45),
    (100, 30),
    (100, 20),
    (84, 40),
    (84, 30),
    (67, 40),
    (67, 25),
    (67, 15),
    (50, 20),
    (50, 10),
    (40, 4),
];

/// The picture as sharp as so many bytes allow. The plainest is taken whatever it weighs; even noise fits.
///
/// # Errors
/// Those of the encoder.
pub fn jpeg(picture: &RgbImage, most: usize) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    for (hundredths, quality) in STEPS {
        let side = picture.width() * hundredths / 100;
        bytes = if side == picture.width() {
            encode(picture, quality)?
        } else {
            encode(&resize(picture, side, side, FilterType::Lanczos3), quality)?
        };
        if bytes.len() <= most {
            break;
        }
    }
    Ok(bytes)
}

fn encode(picture: &RgbImage, quality: u8) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, Rgb, load_from_memory_with_format};

    fn side(jpeg: &[u8]) -> u32 {
        load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap().width()
    }

    #[test]
    fn what_is_plain_stays_sharp_and_even_noise_fits() {
        let plain = RgbImage::from_fn(240, 240, |x, y| Rgb([90, 120, if x < y { 30 } else { 220 }]));
        let small = jpeg(&plain, 3_500).unwrap();
        assert_eq!((side(&small), small), (240, encode(&plain, 84).unwrap()));

        let mut seed = 1_u32;
        let mut random = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        for (pixels, most) in [(640, 150_000), (240, 3_500), (160, 3_500)] {
            let noise = RgbImage::from_fn(pixels, pixels, |_, _| Rgb([random(), random(), random()]));
            let small = jpeg(&noise, most).unwrap();
            assert!(small.len() <= most && side(&small) >= pixels * 2 / 5, "{pixels}: {}", small.len());
        }
    }
}
