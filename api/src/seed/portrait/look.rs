//! What a person looks like: chosen from small sets that go well together.

use crate::dice::Dice;
use uuid::Uuid;

/// A colour as SVG writes it.
pub type Colour = &'static str;

/// Ground and the lighter round behind the head.
const GROUNDS: &[(Colour, Colour)] = &[
    ("#cfe0d4", "#dfeae2"),
    ("#e9dfcc", "#f3ecdf"),
    ("#e8d0c2", "#f2e1d7"),
    ("#cddbe5", "#dee8ef"),
    ("#d9d5e3", "#e7e4ee"),
    ("#ecdfb6", "#f5ecd2"),
    ("#cfe0e0", "#dfecec"),
    ("#e6d3d3", "#f1e4e4"),
];

/// Skin, its shade, and the colour of lips and cheeks.
const SKINS: &[(Colour, Colour, Colour)] = &[
    ("#f6dac5", "#e6bd9f", "#d5786a"),
    ("#efc8a8", "#dba980", "#c9685a"),
    ("#e3b08a", "#cb9067", "#b85a4a"),
    ("#cb9268", "#ae754c", "#a04c3c"),
    ("#a8704a", "#8c5835", "#8a3d33"),
    ("#8c5a3f", "#70452d", "#74312b"),
    ("#734b39", "#583527", "#8f4239"),
];

/// Hair, from black to silver; the fair and red ones go with the lighter skins.
const HAIR: &[Colour] = &[
    "#24211f", "#33271f", "#4a3327", "#3d2f2a", "#8f8d8a", "#694630", "#83502f", "#c6c4bf", "#96512f",
    "#b08a55", "#d4b06e",
];
/// How many of them each skin chooses from.
const HAIR_FOR_SKIN: [usize; 7] = [11, 11, 9, 7, 6, 5, 5];

/// Clothes and their shade.
const CLOTHES: &[(Colour, Colour)] = &[
    ("#2f6d54", "#23543f"),
    ("#3b4252", "#2b303d"),
    ("#bf6b4c", "#9f5439"),
    ("#cf9a41", "#ae7d2c"),
    ("#3f5f88", "#2f4a6d"),
    ("#70526f", "#573e57"),
    ("#f2ebde", "#d8cdb9"),
    ("#33808a", "#26666f"),
    ("#9d4f48", "#7f3c36"),
    ("#7c8f6b", "#637455"),
];

/// How the hair is worn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Crop,
    Parted,
    Quiff,
    Shaved,
    Curls,
    Afro,
    Bob,
    Long,
    Waves,
    TopBun,
    SideBun,
    Scarf,
}

const SHORT: &[Style] = &[Style::Crop, Style::Parted, Style::Quiff, Style::Shaved, Style::Curls];
const LONG: &[Style] = &[
    Style::Bob,
    Style::Long,
    Style::Waves,
    Style::TopBun,
    Style::SideBun,
    Style::Afro,
    Style::Curls,
    Style::Scarf,
];

/// What grows on the chin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beard {
    None,
    Stubble,
    Full,
    Moustache,
}

/// The neckline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collar {
    Round,
    Pointed,
    Shirt,
    High,
    Jacket,
    Apron,
}

/// Glasses, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glasses {
    None,
    Round,
    Square,
}

/// Everything that a portrait shows.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub ground: Colour,
    pub halo: Colour,
    pub skin: Colour,
    pub skin_shade: Colour,
    pub blush: Colour,
    pub hair: Colour,
    pub style: Style,
    pub beard: Beard,
    pub glasses: Glasses,
    pub earrings: bool,
    pub collar: Collar,
    pub clothes: Colour,
    pub clothes_shade: Colour,
    pub accent: Colour,
    pub smiling_eyes: bool,
    pub wide_smile: bool,
}

impl Look {
    /// The look that goes with an id.
    pub fn of(id: Uuid) -> Self {
        let mut dice = Dice::new(id.as_u64_pair().1);
        let (ground, halo) = dice.pick(GROUNDS);
        let tone = dice.below(SKINS.len());
        let (skin, skin_shade, blush) = SKINS[tone];
        let hair = HAIR[dice.below(HAIR_FOR_SKIN[tone])];
        let is_short = dice.percent(50);
        let style = dice.pick(if is_short { SHORT } else { LONG });
        let beard = if is_short && dice.percent(50) {
            dice.pick(&[Beard::Full, Beard::Stubble, Beard::Stubble, Beard::Full, Beard::Moustache])
        } else {
            Beard::None
        };
        let first = dice.below(CLOTHES.len());
        let (clothes, clothes_shade) = CLOTHES[first];
        let (accent, _) = CLOTHES[(first + 1 + dice.below(CLOTHES.len() - 1)) % CLOTHES.len()];
        Self {
            ground,
            halo,
            skin,
            skin_shade,
            blush,
            hair,
            style,
            beard,
            glasses: dice.pick(&[
                Glasses::None,
                Glasses::None,
                Glasses::None,
                Glasses::Round,
                Glasses::Square,
            ]),
            earrings: !is_short && style != Style::Scarf && dice.percent(50),
            collar: dice.pick(&[
                Collar::Round,
                Collar::Round,
                Collar::Pointed,
                Collar::Shirt,
                Collar::Shirt,
                Collar::High,
                Collar::Jacket,
                Collar::Apron,
            ]),
            clothes,
            clothes_shade,
            accent,
            smiling_eyes: dice.percent(25),
            wide_smile: dice.percent(33),
        }
    }
}
