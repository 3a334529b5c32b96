use crate::browser;
use crate::first;
use crate::messages::{LANGUAGES, t};
use crate::unsaved;
use leptos::prelude::*;

/// `early.js` reads it before the first paint. The cookie of this name tells the server, which writes the first page.
const CHOSEN: &str = "language";
const OF_ACCOUNT: &str = "account-language";

/// Where in this tab a language was chosen, for the page in that language.
const CHOSEN_AT: &str = "language-chosen-at";
const SWITCH: &str = "switch";
/// In milliseconds.
const SOON: u32 = 100;

/// Chooses a language for this browser. Words are fetched once, so the page is loaded anew; `at` is where it goes on, see
/// [`spoken_at`].
pub fn speak(tag: &str, at: &str) {
    if !LANGUAGES.iter().any(|(known, _)| *known == tag) {
        return;
    }
    if tag == t().language {
        return browser::remember(CHOSEN, tag);
    }
    let (tag, at) = (tag.to_owned(), at.to_owned());
    let choose = move || {
        browser::remember(CHOSEN, &tag);
        tell_server();
        browser::keep(CHOSEN_AT, &at);
    };
    if unsaved::any() {
        // The browser asks first, and whoever stays has chosen nothing.
        browser::as_it_leaves(choose);
    } else {
        choose();
    }
    browser::reload();
}

/// Whether the page was loaded anew because its language was chosen here. True once.
pub fn spoken_at(at: &str) -> bool {
    let here = browser::kept(CHOSEN_AT).is_some_and(|chosen| chosen == at);
    if here {
        browser::forget_kept(CHOSEN_AT);
    }
    here
}

/// Lets the server know which language pages are read in, where the browser asks for another or did once.
pub fn tell_server() {
    let tag = browser::recall(CHOSEN).or_else(|| browser::recall(OF_ACCOUNT));
    browser::tell_server(CHOSEN, tag.as_deref());
}

/// Remembers the language of the account, which counts where none was chosen in this browser. Says whether the next page
/// should be loaded anew for it.
pub fn heed_account(locale: &str) -> bool {
    let tag = locale.split('-').next().unwrap_or_default();
    let known = LANGUAGES.iter().any(|(known, _)| *known == tag);
    if known {
        browser::remember(OF_ACCOUNT, tag);
    }
    let changes = known && browser::recall(CHOSEN).is_none() && tag != t().language;
    if changes {
        tell_server();
    }
    changes
}

/// The account is not here any more.
pub fn forget_account() {
    browser::forget(OF_ACCOUNT);
    tell_server();
}

/// The languages, each by its own name.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    // A change in another tab shows here too, unless something would be lost; then the next load brings it.
    browser::on_change(CHOSEN, |tag| {
        if tag.is_some_and(|tag| tag != t().language) && !unsaved::any() {
            browser::reload();
        }
    });
    if spoken_at(SWITCH) {
        // What the server has begun is replaced a moment later.
        leptos::task::spawn_local(async {
            while first::is_apart() {
                browser::sleep(SOON).await;
            }
            browser::focus_if_lost(".languages [aria-current]".to_owned());
        });
    }
    let buttons = LANGUAGES.map(|(tag, name)| {
        let current = (tag == t().language).then_some("true");
        view! { <button type="button" class="segment" lang=tag aria-current=current on:click=move |_| speak(tag, SWITCH)><span>{name}</span></button> }
    });
    view! {
        <div class="choice languages" role="group" aria-label=t().common.language>
            <div class="segments">{buttons.collect_view()}</div>
        </div>
    }
    .into_any()
}
