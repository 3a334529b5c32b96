//! Portraits of the demo's people: calm faces drawn from a seed. Whom nobody drew has a landscape.
//!
//! The same id always gives the same picture. Nothing in it refers to anything outside it.

mod clothes;
mod face;
mod hair;
mod look;

use look::Look;
use uuid::Uuid;

/// The portrait of the provider with this id, as an SVG document.
pub fn draw(id: Uuid) -> String {
    let look = Look::of(id);
    let Look { ground, halo, .. } = look;
    let hair = hair::draw(&look);
    [
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 160" role="img">"#.to_owned(),
        format!(
            r#"<path fill="{ground}" d="M0 0h160v160H0z"/><circle cx="80" cy="84" r="66" fill="{halo}"/>"#
        ),
        hair.behind,
        clothes::draw(&look),
        face::head(&look),
        hair.before,
        face::features(&look),
        "</svg>".to_owned(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn portraits() -> impl Iterator<Item = String> {
        (0..400_u64).map(|seed| draw(Uuid::from_u64_pair(0, seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))))
    }

    #[test]
    fn an_id_has_one_portrait_and_ids_differ() {
        assert_eq!(draw(Uuid::max()), draw(Uuid::max()));
        assert!(portraits().collect::<HashSet<_>>().len() > 380);
    }

    #[test]
    fn a_portrait_is_small_balanced_and_refers_to_nothing() {
        for picture in portraits() {
            assert!(picture.len() < 6_000);
            let opened = picture.matches('<').count() - picture.matches("</").count();
            let closed = picture.matches("/>").count() + picture.matches("</").count();
            assert_eq!(opened, closed, "{picture}");
            for word in ["script", "href", "url(", "style", "NaN"] {
                assert!(!picture.contains(word), "{word} in {picture}");
            }
        }
    }
}
