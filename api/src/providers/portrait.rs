//! Pictures of providers without a photo: calm landscapes drawn from a seed, which look like nobody.
//!
//! The same id always gives the same picture. Nothing in it refers to anything outside it.

use crate::dice::Dice;
use uuid::Uuid;

/// A colour as SVG writes it.
type Colour = &'static str;

/// Sky, sun, and the hills from far to near, in colours that go well together.
const PALETTES: &[(Colour, Colour, [Colour; 3])] = &[
    ("#dfeae2", "#f8f3e2", ["#b7d1c2", "#7dab94", "#2f6d54"]),
    ("#f3ecdf", "#e9bb8c", ["#e2ccaa", "#c8a176", "#8f6743"]),
    ("#f2e1d7", "#fcf5ec", ["#e1bba6", "#c1836a", "#8a4a38"]),
    ("#dee8ef", "#f8f0da", ["#b5cad9", "#7698b6", "#3f5f88"]),
    ("#e7e4ee", "#f4e4d2", ["#c5bed6", "#9385ad", "#57456e"]),
    ("#f5ecd2", "#e5a653", ["#e0d09f", "#abb17c", "#637455"]),
    ("#dfecec", "#f9f0e2", ["#b0d1d2", "#6ea6aa", "#26666f"]),
    ("#f1e4e4", "#f8dbbb", ["#ddbec1", "#bb8990", "#7a4a55"]),
];

/// How high the hills stand, from far to near, counted from the top.
const RIDGES: [usize; 3] = [84, 106, 128];
/// How far a ridge may rise above and fall below that.
const SWING: usize = 18;

/// The picture of the provider with this id, as an SVG document.
pub fn draw(id: Uuid) -> String {
    let mut dice = Dice::new(id.as_u64_pair().1);
    let (sky, sun, hills) = dice.pick(PALETTES);
    let (x, y, r) = (34 + dice.below(92), 38 + dice.below(26), 15 + dice.below(9));
    let mut picture = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 160" role="img"><path fill="{sky}" d="M0 0h160v160H0z"/><circle cx="{x}" cy="{y}" r="{r}" fill="{sun}"/>"#
    );
    for (ridge, colour) in RIDGES.into_iter().zip(hills) {
        let [left, rise, fall, right] = [(); 4].map(|()| ridge - SWING + dice.below(2 * SWING));
        let (bend, turn) = (30 + dice.below(40), 90 + dice.below(40));
        picture += &format!(
            r#"<path fill="{colour}" d="M0 {left}C{bend} {rise} {turn} {fall} 160 {right}V160H0z"/>"#
        );
    }
    picture + "</svg>"
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn pictures() -> impl Iterator<Item = String> {
        (0..400_u64).map(|seed| draw(Uuid::from_u64_pair(0, seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))))
    }

    #[test]
    fn an_id_has_one_picture_and_ids_differ() {
        assert_eq!(draw(Uuid::max()), draw(Uuid::max()));
        assert!(pictures().collect::<HashSet<_>>().len() > 380);
    }

    #[test]
    fn a_picture_is_small_balanced_and_refers_to_nothing() {
        for picture in pictures() {
            assert!(picture.len() < 800, "{picture}");
            let opened = picture.matches('<').count() - picture.matches("</").count();
            let closed = picture.matches("/>").count() + picture.matches("</").count();
            assert_eq!(opened, closed, "{picture}");
            for word in ["script", "href", "url(", "style", "NaN"] {
                assert!(!picture.contains(word), "{word} in {picture}");
            }
        }
    }
}
