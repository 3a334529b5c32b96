//! Hair, in what lies behind the head and what lies before it.

use super::look::{Look, Style};

/// The two layers of hair.
pub struct Hair {
    /// Drawn before the shoulders and the head.
    pub behind: String,
    /// Drawn over the head, under the features.
    pub before: String,
}

/// The hairline of hair that is combed back.
const COMBED: &str = "M50 73C46 46 60 33 80 33s34 13 30 40c-3-15-14-25-30-25S53 58 50 73z";
/// Hair swept from one side to the other.
const SWEPT: &str = "M50 76C45 47 60 32 82 32s33 16 28 44c-3-13-11-24-23-30-7 10-25 14-37 30z";

/// Draws the hair.
pub fn draw(look: &Look) -> Hair {
    let colour = look.hair;
    let path = |d: &str| format!(r#"<path fill="{colour}" d="{d}"/>"#);
    let circle = |x: i32, y: i32, r: i32| format!(r#"<circle cx="{x}" cy="{y}" r="{r}" fill="{colour}"/>"#);
    let (behind, before) = match look.style {
        Style::Crop => (
            String::new(),
            path("M50 74C45 46 59 33 80 33s35 13 30 41c-1-11-5-18-11-21-12-4-26-4-38 0-6 3-10 10-11 21z"),
        ),
        Style::Parted => (
            String::new(),
            path("M50 75C44 45 59 30 82 30c23 0 32 17 28 45-2-10-5-16-9-20-13 3-27 0-35-9-3 9-13 13-16 29z"),
        ),
        Style::Quiff => (
            String::new(),
            path(
                "M50 74c-4-17-2-32 15-38 7-11 33-12 42 0 7 9 6 24 3 38-1-10-5-18-11-22-13 4-26 4-38 0-6 4-10 12-11 22z",
            ),
        ),
        Style::Shaved => (
            String::new(),
            format!(
                r#"<path fill="{colour}" fill-opacity=".55" d="M51 68c-1-20 11-31 29-31s30 11 29 31c-4-12-13-19-29-19s-25 7-29 19z"/>"#
            ),
        ),
        Style::Curls => {
            let crown = [
                (53, 62, 8),
                (56, 50, 10),
                (65, 41, 11),
                (78, 37, 12),
                (92, 40, 11),
                (103, 49, 10),
                (107, 62, 8),
            ];
            (
                String::new(),
                crown.map(|(x, y, r)| circle(x, y, r)).concat() + &path("M56 56c8-8 40-8 48 0l-4-12H60z"),
            )
        }
        Style::Afro => {
            (circle(80, 62, 46), path("M51 74c-4-30 8-44 29-44s33 14 29 44c-3-17-12-25-29-25s-26 8-29 25z"))
        }
        Style::Bob => (
            path("M43 72C40 43 57 29 80 29s40 14 37 43l2 31c-5 8-14 9-19 4H60c-5 5-14 4-19-4z"),
            path("M50 74C46 48 60 35 80 35s34 13 30 39c-3-8-7-13-13-14-11 3-23 3-34 0-6 1-10 6-13 14z"),
        ),
        Style::Long => (
            path("M46 70C40 42 57 28 80 28s40 14 34 42c1 26 8 48 5 66-13 7-65 7-78 0-3-18 4-40 5-66z"),
            path("M80 45c-12 3-22 13-26 37-9-22-7-53 26-53s35 31 26 53c-4-24-14-34-26-37z"),
        ),
        Style::Waves => (
            path(
                "M47 68C42 42 58 29 80 29s38 13 33 39c5 8 5 15 2 21 6 8 6 16 2 23-10 9-20 8-26 2H69c-6 6-16 7-26-2-4-7-4-15 2-23-3-6-3-13 2-21z",
            ),
            path(SWEPT),
        ),
        Style::TopBun => (circle(80, 25, 14), path(COMBED)),
        Style::SideBun => (circle(115, 88, 13), path(SWEPT)),
        Style::Scarf => {
            let cloth = look.accent;
            (
                format!(
                    r#"<path fill="{cloth}" d="M45 72C40 42 57 27 80 27s40 15 35 45c2 24 8 42 14 58-16 14-82 14-98 0 6-16 12-34 14-58z"/>"#
                ),
                format!(
                    r##"<path fill="{cloth}" fill-rule="evenodd" d="M45 72C40 42 57 27 80 27s40 15 35 45c1 20 0 40-12 52-12 8-34 8-46 0-12-12-13-32-12-52zM80 45c-16 0-25 11-25 30s10 33 25 33 25-14 25-33-9-30-25-30z"/><path fill="none" stroke="#000" stroke-opacity=".14" stroke-width="2" stroke-linecap="round" d="M57 118c14 8 34 6 46-8M108 124c-8 6-16 9-26 10"/>"##
                ),
            )
        }
    };
    Hair { behind, before }
}
