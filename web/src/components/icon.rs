use leptos::prelude::*;

/// A small picture beside words; never alone, so it is hidden from screen readers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Search,
    Filter,
    Pin,
    Clock,
    Calendar,
    Left,
    Right,
    Down,
    Up,
    Grip,
    Check,
    Sun,
    Moon,
    Screen,
    Plus,
    Cross,
    Copy,
    Speech,
    Money,
    Phone,
    Video,
    Alert,
    More,
    Keys,
}

impl Icon {
    /// Each of them, for the style page.
    pub const ALL: &[Icon] = &[
        Icon::Search,
        Icon::Filter,
        Icon::Pin,
        Icon::Clock,
        Icon::Calendar,
        Icon::Left,
        Icon::Right,
        Icon::Down,
        Icon::Check,
        Icon::Sun,
        Icon::Moon,
        Icon::Screen,
        Icon::Plus,
        Icon::Cross,
        Icon::Copy,
        Icon::Speech,
        Icon::Money,
        Icon::Phone,
        Icon::Video,
        Icon::Alert,
    ];

    fn path(self) -> &'static str {
        match self {
            Icon::Search => "M9 15a6 6 0 1 0 0-12 6 6 0 0 0 0 12Zm8 2-3.7-3.7",
            Icon::Filter => "M3 5.500h14M5.500 10h9M8 14.500h4",
            Icon::Pin => {
                "M10 18s6-4.9 6-9.5a6 6 0 1 0-12 0C4 13.1 10 18 10 18Zm0-7.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z"
            }
            Icon::Clock => "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 6v4l2.7 1.8",
            Icon::Calendar => {
                "M4 4.5h12A1.5 1.5 0 0 1 17.5 6v10a1.5 1.5 0 0 1-1.5 1.500H4A1.5 1.5 0 0 1 2.5 16V6A1.5 1.5 0 0 1 4 4.500ZM2.5 8.500h15M6.5 2.500v3M13.5 2.500v3"
            }
            Icon::Left => "m12 4.5-5.5 5.5 5.5 5.5",
            Icon::Right => "m8 4.5 5.5 5.500L8 15.5",
            Icon::Down => "m4.5 8 5.500 5.5L15.500 8",
            Icon::Up => "m4.5 12 5.500-5.5L15.500 12",
            Icon::Grip => "M7.5 5v.1M12.5 5v.1M7.5 10v.1M12.5 10v.1M7.5 15v.1M12.5 15v.1",
            Icon::Check => "m4 10.5 4 4 8-9",
            Icon::Sun => {
                "M10 13.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM10 2v1.500M10 16.500V18M18 10h-1.500M3.5 10H2M15.7 4.300l-1.1 1.100M5.4 14.600l-1.1 1.100M15.7 15.700l-1.1-1.100M5.4 5.4 4.3 4.3"
            }
            Icon::Moon => "M16.8 11.800A7 7 0 0 1 8.2 3.200a7 7 0 1 0 8.6 8.600Z",
            Icon::Screen => {
                "M4 3.500h12A1.5 1.5 0 0 1 17.5 5v7.500A1.5 1.5 0 0 1 16 14H4a1.5 1.5 0 0 1-1.5-1.500V5A1.5 1.5 0 0 1 4 3.500ZM7 17h6M10 14v3"
            }
            Icon::Plus => "M10 4v12M4 10h12",
            Icon::Cross => "m5 5 10 10M15 5 5 15",
            Icon::Copy => {
                "M8.5 7h7A1.5 1.5 0 0 1 17 8.500v7a1.5 1.5 0 0 1-1.5 1.500h-7A1.5 1.5 0 0 1 7 15.500v-7A1.5 1.5 0 0 1 8.5 7ZM4 13a1 1 0 0 1-1-1V4.500A1.5 1.5 0 0 1 4.5 3H12a1 1 0 0 1 1 1"
            }
            Icon::Speech => {
                "M4 3.500h12A1.5 1.5 0 0 1 17.5 5v7a1.5 1.5 0 0 1-1.5 1.500h-5L7 17v-3.500H4A1.5 1.5 0 0 1 2.5 12V5A1.5 1.5 0 0 1 4 3.500Z"
            }
            Icon::Money => {
                "M3 5.500h14a.5.5 0 0 1 .5.500v8a.5.5 0 0 1-.5.500H3a.5.5 0 0 1-.5-.500V6A.5.5 0 0 1 3 5.500ZM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z"
            }
            Icon::Phone => {
                "M6.5 3 4 4c-.6.3-1 .9-1 1.600C3.5 11.8 8.2 16.5 14.4 17c.7 0 1.3-.4 1.6-1l1-2.5-3.5-2-1.7 1.500a9 9 0 0 1-4.8-4.800L8.5 6.5 6.5 3Z"
            }
            Icon::Video => {
                "M4 5h7.500A1.5 1.5 0 0 1 13 6.500v7a1.5 1.5 0 0 1-1.5 1.500H4a1.5 1.5 0 0 1-1.5-1.500v-7A1.5 1.5 0 0 1 4 5Zm9 3.500L17.5 6v8L13 11.5"
            }
            Icon::More => "M4.500 10h.1M10 10h.1M15.500 10h.1",
            Icon::Keys => {
                "M3.500 5.500h13A1.500 1.500 0 0 1 18 7v6a1.500 1.500 0 0 1-1.500 1.500h-13A1.500 1.500 0 0 1 2 13V7a1.500 1.500 0 0 1 1.500-1.500ZM5.500 8.500h.1M8.500 8.500h.1M11.500 8.500h.1M14.500 8.500h.1M7 11.500h6"
            }
            Icon::Alert => "M10 17.500a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 6.500V11M10 13.500v.1",
        }
    }

    /// Draws it.
    pub fn draw(self) -> AnyView {
        view! {
            <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
                <path d=self.path() />
            </svg>
        }
        .into_any()
    }
}
