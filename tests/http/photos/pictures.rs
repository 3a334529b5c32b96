//! Pictures to send, made here.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// A picture whose left half is red and whose right half is blue.
pub fn halves(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let draw = |x, _| if x < width / 2 { Rgb([220, 30, 30]) } else { Rgb([30, 30, 220]) };
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, draw)).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// The busiest picture there is: no pixel tells anything of the next.
pub fn noise(side: u32) -> Vec<u8> {
    let mut seed = 1_u32;
    let mut random = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    let picture = RgbImage::from_fn(side, side, |_, _| Rgb([random(), random(), random()]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// The JPEG with a head that says how a camera was held, and where.
pub fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    // Two entries: orientation (short), and the camera's owner (text at offset 38).
    tiff.extend(b"\0\x02\x01\x12\0\x03\0\0\0\x01\0");
    tiff.extend([orientation, 0, 0]);
    tiff.extend(b"\x01\x3b\0\x02\0\0\0\x0e\0\0\0\x26\0\0\0\0Anna Geheim 1\0");
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xff, 0xe1]);
    bytes.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
    bytes.extend(b"Exif\0\0");
    bytes.extend(tiff);
    bytes.extend(&jpeg[2..]);
    bytes
}

/// The head of a PNG that says it is this large.
pub fn png_head(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = halves(200, 200, ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = bytes[12..29].iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    });
    bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
    bytes
}

/// Red, blue or neither, at a place of a picture given as parts of its side.
pub fn colour(jpeg: &[u8], x: f64, y: f64) -> &'static str {
    let picture = image::load_from_memory(jpeg).unwrap().to_rgb8();
    let at = |part: f64, side: u32| (part * f64::from(side)) as u32;
    match picture.get_pixel(at(x, picture.width()), at(y, picture.height())).0 {
        [200..=255, 0..=60, 0..=60] => "red",
        [0..=60, 0..=60, 200..=255] => "blue",
        _ => "other",
    }
}
