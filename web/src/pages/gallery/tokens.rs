use super::{item, section};
use crate::messages::gallery_words as words;
use leptos::prelude::*;

const COLOURS: [&str; 20] = [
    "paper",
    "raised",
    "sunken",
    "ink",
    "muted",
    "line",
    "line-strong",
    "action",
    "action-strong",
    "action-soft",
    "action-line",
    "on-action",
    "good",
    "good-soft",
    "wait",
    "wait-soft",
    "bad",
    "bad-soft",
    "off",
    "off-soft",
];
const SIZES: [&str; 7] = ["12", "14", "16", "18", "22", "28", "40"];
const SPACES: [&str; 8] = ["4", "8", "12", "16", "24", "32", "48", "72"];

/// Colour, type, space, form and motion.
#[component]
pub fn Tokens() -> impl IntoView {
    let colours = COLOURS.map(|name| {
        view! { <li class="swatch"><span style:background-color=format!("var(--{name})")></span><code>{name}</code></li> }
    });
    let sizes = SIZES.map(|size| {
        view! { <p style:font-size=format!("var(--t-{size})")>{size} {words().really_free}</p> }
    });
    let spaces = SPACES.map(|size| {
        view! { <li><span class="measure" style:width=format!("var(--s-{size})")></span><code>{size}</code></li> }
    });
    let corners = ["control", "card", "round"].map(|name| {
        view! { <li><span class="corner" style:border-radius=format!("var(--r-{name})")></span><code>{name}</code></li> }
    });
    let motions = ["quick", "calm"].map(|name| {
        view! { <li><span class="motion" style:transition-duration=format!("var(--{name})")></span><code>{name}</code></li> }
    });
    section(
        words().tokens,
        view! {
            {item(words().colour, view! { <ul class="swatches">{colours}</ul> }.into_any())}
            {item(words().type_scale, view! { <div class="type-scale">{sizes}</div> }.into_any())}
            {item(words().space, view! { <ul class="measures">{spaces}</ul> }.into_any())}
            {item(words().corners, view! { <ul class="corners">{corners}</ul> }.into_any())}
            {item(words().motion, view! { <ul class="corners">{motions}</ul> }.into_any())}
        }
        .into_any(),
    )
}
