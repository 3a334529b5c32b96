use super::icon::Icon;
use crate::browser;
use crate::messages::t;
use leptos::prelude::*;

/// `early.js` reads it before the first paint.
const STORED: &str = "theme";

/// Light, dark, or as the system has it.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let chosen = RwSignal::new(browser::recall(STORED).unwrap_or_default());
    let words = &t().common;
    browser::on_change(STORED, move |theme| {
        let theme = theme.unwrap_or_default();
        browser::set_root_attribute("data-theme", Some(theme.as_str()).filter(|theme| !theme.is_empty()));
        chosen.set(theme);
    });
    let choose = move |theme: &'static str| {
        if theme.is_empty() {
            browser::forget(STORED);
        } else {
            browser::remember(STORED, theme);
        }
        browser::set_root_attribute("data-theme", (!theme.is_empty()).then_some(theme));
        chosen.set(theme.to_owned());
    };
    let option = move |theme: &'static str, name: &'static str, icon: Icon| {
        view! {
            <label class="segment" title=name>
                <input type="radio" name="theme" value=theme prop:checked=move || chosen.with(|chosen| chosen == theme)
                    aria-label=name on:change=move |_| choose(theme) />
                <span>{icon.draw()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choice theme">
            <legend class="hidden">{words.theme}</legend>
            <div class="segments">
                {option("light", words.theme_light, Icon::Sun)}
                {option("dark", words.theme_dark, Icon::Moon)}
                {option("", words.theme_system, Icon::Screen)}
            </div>
        </fieldset>
    }
    .into_any()
}
