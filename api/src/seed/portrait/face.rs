//! Head and features.

use super::look::{Beard, Glasses, Look, Style};

/// Nearly black, for eyes and frames.
const INK: &str = "#211d1f";

/// Draws ears and head.
pub fn head(look: &Look) -> String {
    let Look { skin, skin_shade, .. } = *look;
    let ears = format!(
        r#"<g fill="{skin}"><ellipse cx="51" cy="77" rx="5.5" ry="7.5"/><ellipse cx="109" cy="77" rx="5.5" ry="7.5"/></g><g fill="none" stroke="{skin_shade}" stroke-width="1.6" stroke-linecap="round"><path d="M50 74c2 1 2 4 1 6M110 74c-2 1-2 4-1 6"/></g>"#
    );
    let rings = if look.earrings {
        r##"<g fill="#d9a93f"><circle cx="50" cy="86.5" r="2.6"/><circle cx="110" cy="86.5" r="2.6"/></g>"##
    } else {
        ""
    };
    let head = format!(
        r#"<path fill="{skin}" d="M52 70c0-22 11-33 28-33s28 11 28 33c0 24-13 41-28 41S52 94 52 70z"/>"#
    );
    ears + rings + &head
}

/// Draws what the face shows.
pub fn features(look: &Look) -> String {
    [cheeks(look), beard(look), eyes(look), nose_and_mouth(look), glasses(look)].concat()
}

fn cheeks(look: &Look) -> String {
    format!(
        r#"<g fill="{}" fill-opacity=".2"><circle cx="62" cy="88" r="5.5"/><circle cx="98" cy="88" r="5.5"/></g>"#,
        look.blush
    )
}

fn eyes(look: &Look) -> String {
    let brow = if look.style == Style::Scarf { "#33271f" } else { look.hair };
    let brows = format!(
        r#"<path fill="none" stroke="{brow}" stroke-width="2.6" stroke-linecap="round" d="M62.5 68q5-3.5 10.5-1M97.5 68q-5-3.5-10.5-1"/>"#
    );
    let eyes = if look.smiling_eyes {
        format!(
            r#"<path fill="none" stroke="{INK}" stroke-width="2.6" stroke-linecap="round" d="M64 78q4-4.5 8 0M88 78q4-4.5 8 0"/>"#
        )
    } else {
        format!(
            r##"<g fill="{INK}"><ellipse cx="68" cy="76.5" rx="2.8" ry="3.3"/><ellipse cx="92" cy="76.5" rx="2.8" ry="3.3"/></g><g fill="#fff" fill-opacity=".85"><circle cx="69" cy="75.3" r=".9"/><circle cx="93" cy="75.3" r=".9"/></g>"##
        )
    };
    brows + &eyes
}

fn nose_and_mouth(look: &Look) -> String {
    let Look { skin_shade, blush, .. } = *look;
    let nose = format!(
        r#"<path fill="none" stroke="{skin_shade}" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" d="M80 78c-1 4-3 6-3 8s3 2.5 5 1.5"/>"#
    );
    let mouth = if look.wide_smile {
        format!(
            r##"<path fill="#fffaf4" stroke="{blush}" stroke-width="2.2" stroke-linejoin="round" d="M71 95c6 2 12 2 18 0-1.5 6-5 8.5-9 8.5S72.5 101 71 95z"/>"##
        )
    } else {
        format!(
            r#"<path fill="none" stroke="{blush}" stroke-width="2.8" stroke-linecap="round" d="M72 96q8 6 16 0"/>"#
        )
    };
    nose + &mouth
}

fn beard(look: &Look) -> String {
    const FULL: &str = "M52 76c0 24 11 39 28 39s28-15 28-39c-2 9-6 13-11 14-9-4-25-4-34 0-5-1-9-5-11-14zm19 18c6-2 12-2 18 0 0 7-4 11-9 11s-9-4-9-11z";
    let hair = look.hair;
    match look.beard {
        Beard::None => String::new(),
        Beard::Stubble => format!(r#"<path fill="{hair}" fill-opacity=".22" d="{FULL}"/>"#),
        Beard::Full => format!(r#"<path fill="{hair}" d="{FULL}"/>"#),
        Beard::Moustache => format!(
            r#"<path fill="{hair}" d="M80 90c6-2 11 0 13 5-5 0-9-1-13-2-4 1-8 2-13 2 2-5 7-7 13-5z"/>"#
        ),
    }
}

fn glasses(look: &Look) -> String {
    let lenses = match look.glasses {
        Glasses::None => return String::new(),
        Glasses::Round => r#"<circle cx="68" cy="77" r="9.5"/><circle cx="92" cy="77" r="9.5"/>"#,
        Glasses::Square => {
            r#"<rect x="57.5" y="69.5" width="20" height="15" rx="5"/><rect x="82.5" y="69.5" width="20" height="15" rx="5"/>"#
        }
    };
    format!(
        r##"<g fill="#fff" fill-opacity=".18" stroke="{INK}" stroke-width="1.9">{lenses}<path fill="none" d="M77.5 76q2.5-2 5 0M58 75l-6-1.5M102 75l6-1.5"/></g>"##
    )
}
