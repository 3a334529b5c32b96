//! QR codes, drawn as SVG.

use crate::http::{ApiError, ApiResult};
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;

/// The light border that readers need, in modules.
const BORDER: i32 = 4;

/// A code that says this. A quarter of it may be hidden or dirty.
///
/// # Errors
/// Where the text is longer than a code can hold, which no address of ours is.
pub fn svg(text: &str) -> ApiResult<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Quartile).map_err(ApiError::internal)?;
    let side = code.size() + 2 * BORDER;
    let mut dark = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|&at| code.get_module(at, y)).count();
            let length = i32::try_from(run).unwrap_or_default();
            if length > 0 {
                let _ = write!(dark, "M{} {}h{length}v1h-{length}z", x + BORDER, y + BORDER);
            }
            x += length.max(1);
        }
    }
    // Always dark on light: many readers take nothing else.
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{0}\" height=\"{0}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{dark}\"/></svg>",
        side * 12
    ))
}
