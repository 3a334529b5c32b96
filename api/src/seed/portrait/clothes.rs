//! Neck and shoulders.

use super::look::{Collar, Look};

/// Draws the neck and what is worn.
pub fn draw(look: &Look) -> String {
    let Look { skin, skin_shade, clothes, clothes_shade, accent, .. } = *look;
    let neck = format!(r#"<path fill="{skin_shade}" d="M67 96h26v24c0 10-26 10-26 0z"/>"#);
    let shoulders =
        format!(r#"<path fill="{clothes}" d="M12 160c3-26 25-35 53-42 5 11 25 11 30 0 28 7 50 16 53 42z"/>"#);
    let collar = match look.collar {
        Collar::Round => {
            format!(
                r#"<path fill="none" stroke="{clothes_shade}" stroke-width="4" d="M64 118c4 14 28 14 32 0"/>"#
            )
        }
        Collar::Pointed => format!(
            r#"<path fill="{skin_shade}" d="M65 117l15 25 15-25c-6 8-24 8-30 0z"/><path fill="none" stroke="{clothes_shade}" stroke-width="3.5" stroke-linejoin="round" d="M64 118l16 26 16-26"/>"#
        ),
        Collar::Shirt => format!(
            r#"<path fill="{skin}" fill-opacity=".6" d="M66 117l14 15 14-15c-5 8-23 8-28 0z"/><path fill="{clothes_shade}" d="M65 113l15 19-11 12-12-23zM95 113l-15 19 11 12 12-23z"/><path stroke="{clothes_shade}" stroke-width="2" d="M80 134v26"/>"#
        ),
        Collar::High => {
            format!(r#"<path fill="{clothes_shade}" d="M64 105c8 5 24 5 32 0l2 17c-8 8-28 8-36 0z"/>"#)
        }
        Collar::Jacket => format!(
            r##"<path fill="#f6f1e7" d="M65 117l15 43 15-43c-6 9-24 9-30 0z"/><path fill="{clothes_shade}" d="M64 116l-14 9 8 12-5 5 24 18h6l24-18-5-5 8-12-14-9-16 36z"/>"##
        ),
        Collar::Apron => format!(
            r#"<path fill="none" stroke="{clothes_shade}" stroke-width="3.5" d="M64 118c4 14 28 14 32 0"/><path fill="{accent}" d="M50 122l8-2 4 22h36l4-22 8 2-2 38H52z"/>"#
        ),
    };
    neck + &shoulders + &collar
}
