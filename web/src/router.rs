//! Addresses and the pages behind them: a table of patterns, read from and written to the browser's history.

use crate::parts::Part;
use contract::pages::fits;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement, MouseEvent, Url};

/// Which page of which part.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The part.
    pub part: usize,
    /// The page in it.
    pub page: usize,
}

/// The part of a query that names which tab of a page is in front.
const TAB: &str = "show";

/// What the address bar says.
#[derive(Clone, Default, PartialEq)]
struct Address {
    path: String,
    query: Vec<(String, String)>,
    hash: String,
}

impl Address {
    /// The address as the browser writes it.
    fn href(&self) -> String {
        let query: Vec<(&str, &str)> =
            self.query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let hash = if self.hash.is_empty() { String::new() } else { format!("#{}", self.hash) };
        format!("{}{hash}", crate::nav::address(&self.path, &query))
    }

    fn read() -> Self {
        let location = window().location();
        let text = |part: Result<String, JsValue>| part.unwrap_or_default();
        Self::of(text(location.pathname()), &text(location.search()), &text(location.hash()))
    }

    fn of(path: String, query: &str, hash: &str) -> Self {
        let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
        Self {
            path,
            query: pairs.map(|(name, value)| (name.to_owned(), decode(&value.replace('+', " ")))).collect(),
            hash: hash.trim_start_matches('#').to_owned(),
        }
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether what is typed on one is not there on the other: another page, or another tab of it. The rest of a query only
    /// narrows what a page shows.
    fn is_elsewhere(&self, other: &Address) -> bool {
        self.path != other.path || self.value(TAB) != other.value(TAB)
    }
}

/// The one router of this app.
#[derive(Clone, Copy)]
pub struct Router {
    parts: &'static [Part],
    address: RwSignal<Address>,
    place: Memo<Option<Place>>,
    /// How far down the page was that the browser's buttons have just led back to.
    came_back: StoredValue<Option<f64>>,
    /// Where somebody wants to go who would lose changes by it.
    held_back: RwSignal<Option<Wish>>,
    /// Whether the next step of the browser's was decided upon, so that nobody is asked about it.
    decided: StoredValue<bool>,
}

/// An address to go to, and how.
#[derive(Clone, PartialEq)]
pub struct Wish {
    to: String,
    replace: bool,
    scroll: bool,
    /// Whether it is one step back in the browser's history.
    back: bool,
}

impl Router {
    /// Begins to follow the address, links and the browser's buttons.
    pub fn start(parts: &'static [Part]) -> Self {
        let address = RwSignal::new(Address::read());
        let place = Memo::new(move |_| address.with(|address| find(parts, &address.path)));
        let router = Self {
            parts,
            address,
            place,
            came_back: StoredValue::new(None),
            held_back: RwSignal::new(None),
            decided: StoredValue::new(false),
        };
        window_event_listener(ev::popstate, move |_| router.went());
        window_event_listener(ev::click, move |event| {
            if let Some(to) = router.followed(&event) {
                event.prevent_default();
                router.go(&to, false, true);
            }
        });
        router
    }

    /// The router of this app.
    pub fn here() -> Self {
        expect_context()
    }

    /// How far down this page was when it was left, where the browser's buttons led back to it. It is told once.
    pub fn came_back(self) -> Option<f64> {
        let kept = self.came_back.get_value();
        self.came_back.set_value(None);
        kept
    }

    /// The page at the present address, reactively. It stays while only its parameters change.
    pub fn place(self) -> Option<Place> {
        self.place.get()
    }

    /// The page at another address of this app.
    pub fn find(self, path: &str) -> Option<Place> {
        find(self.parts, path)
    }

    /// The path, reactively.
    pub fn path(self) -> Memo<String> {
        let address = self.address;
        Memo::new(move |_| address.with(|address| address.path.clone()))
    }

    /// What stands after the `#`, reactively.
    pub fn hash(self) -> Memo<String> {
        self.own(|address, _| address.hash.clone())
    }

    /// A part of the query, reactively; empty where it is missing.
    pub fn query(self, name: &'static str) -> Memo<String> {
        self.own(move |address, _| address.value(name).unwrap_or_default().to_owned())
    }

    /// A part of the path that the pattern names, reactively.
    pub fn param(self, name: &'static str) -> Memo<String> {
        self.own(move |address, pattern| {
            let mut parts = pattern.split('/').zip(address.path.split('/'));
            parts
                .find(|(part, _)| part.strip_prefix(':') == Some(name))
                .map(|(_, value)| decode(value))
                .unwrap_or_default()
        })
    }

    /// Something about the address that keeps its last value once the page it belongs to is being left.
    fn own(self, read: impl Fn(&Address, &str) -> String + Send + Sync + 'static) -> Memo<String> {
        let mine = self.place.get_untracked();
        Memo::new(move |before: Option<&String>| match (self.place.get(), before) {
            (place, Some(before)) if place != mine => before.clone(),
            (place, _) => {
                let pattern = place.map_or("", |place| self.parts[place.part].patterns[place.page]);
                self.address.with(|address| read(address, pattern))
            }
        })
    }

    /// The path as it stands, with what follows the `#`.
    pub fn here_with_hash(self) -> String {
        let (path, hash) =
            self.address.with_untracked(|address| (address.path.clone(), address.hash.clone()));
        if hash.is_empty() { path } else { format!("{path}#{hash}") }
    }

    /// The address as it stands, without what follows the `#`, to come back to.
    pub fn here_and_back(self) -> String {
        let query = window().location().search().unwrap_or_default();
        format!("{}{query}", self.address.with_untracked(|address| address.path.clone()))
    }

    /// Where somebody wants to go who has to be asked first.
    pub fn held_back(self) -> RwSignal<Option<Wish>> {
        self.held_back
    }

    /// Goes where that was, and lets go of the changes.
    pub fn leave_anyway(self) {
        if let Some(wish) = self.held_back.get_untracked() {
            self.held_back.set(None);
            crate::unsaved::let_go();
            // The address that was put back stands behind the one that was wanted.
            self.decided.set_value(wish.back);
            if wish.back { self.back() } else { self.travel(&wish) }
        }
    }

    /// The browser's buttons have changed the address. Where changes would be lost, it is put back until the person has
    /// been asked.
    fn went(self) {
        let (before, now) = (self.address.get_untracked(), Address::read());
        let decided = self.decided.get_value();
        self.decided.set_value(false);
        if now.is_elsewhere(&before) && !decided && crate::unsaved::any() {
            let to = window().location().href().unwrap_or_default();
            if let Ok(history) = window().history() {
                let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&before.href()));
            }
            self.held_back.set(Some(Wish { to, replace: false, scroll: true, back: true }));
        } else {
            let kept = window().history().and_then(|history| history.state());
            self.came_back.set_value(Some(kept.ok().and_then(|kept| kept.as_f64()).unwrap_or_default()));
            self.address.set(now);
        }
    }

    /// Goes to another address of this site. Those outside the app are loaded anew. Where that would lose changes, asks
    /// first.
    pub fn go(self, to: &str, replace: bool, scroll: bool) {
        let wish = Wish { to: to.to_owned(), replace, scroll, back: false };
        let Ok(url) = Url::new_with_base(to, &crate::browser::origin()) else { return };
        let there = Address::of(url.pathname(), &url.search(), "");
        let leaves = self.address.with_untracked(|address| address.is_elsewhere(&there));
        // The browser itself asks before it leaves the app.
        if leaves && self.find(&url.pathname()).is_some() && crate::unsaved::any() {
            self.held_back.set(Some(wish));
        } else {
            self.travel(&wish);
        }
    }

    /// One step back in the browser's history.
    pub fn back(self) {
        // A browser that refuses leaves the person where they are.
        let _ = window().history().and_then(|history| history.back());
    }

    fn travel(self, wish: &Wish) {
        let Wish { to, replace, scroll, .. } = wish;
        let Ok(url) = Url::new_with_base(to, &crate::browser::origin()) else { return };
        // As browsers have it: the address that is shown already is no further step.
        let (replace, scroll) = (*replace || window().location().href() == Ok(url.href()), *scroll);
        // An address that came from outside, as in a query, must lead nobody to another site.
        if !crate::browser::is_ours(to) {
            return;
        }
        let location = window().location();
        // A browser that refuses leaves the person where they are, which is all there is to do about it.
        let _ = if self.find(&url.pathname()).is_none() {
            if replace { location.replace(&url.href()) } else { location.assign(&url.href()) }
        } else {
            self.came_back.set_value(None);
            let history = window().history();
            if let Some(history) = history.as_ref().ok().filter(|_| !replace) {
                // For "back": how far down this page is.
                let _ =
                    history.replace_state(&JsValue::from_f64(window().scroll_y().unwrap_or_default()), "");
            }
            let written = history.and_then(|history| {
                if replace {
                    history.replace_state_with_url(&JsValue::NULL, "", Some(&url.href()))
                } else {
                    history.push_state_with_url(&JsValue::NULL, "", Some(&url.href()))
                }
            });
            self.address.set(Address::read());
            if scroll {
                window().scroll_to_with_x_and_y(0.0, 0.0);
            }
            written
        };
    }

    /// Where a click leads inside this app; nothing where the browser should follow it by itself.
    fn followed(self, event: &MouseEvent) -> Option<String> {
        let held = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
        if held || event.button() != 0 || event.default_prevented() {
            return None;
        }
        let link = event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok()??;
        let link: HtmlAnchorElement = link.dyn_into().ok()?;
        let location = window().location();
        let same_page = Ok(link.pathname()) == location.pathname() && Ok(link.search()) == location.search();
        let only_jumps = same_page && !link.hash().is_empty();
        let ours = link.target().is_empty()
            && !link.has_attribute("download")
            && Ok(link.origin()) == location.origin()
            && self.find(&link.pathname()).is_some();
        (ours && !only_jumps).then(|| link.href())
    }
}

/// The first pattern that fits.
fn find(parts: &[Part], path: &str) -> Option<Place> {
    parts.iter().enumerate().find_map(|(part, pages)| {
        let page = pages.patterns.iter().position(|pattern| fits(pattern, path))?;
        Some(Place { part, page })
    })
}

fn decode(text: &str) -> String {
    js_sys::decode_uri_component(text).map_or_else(|_| text.to_owned(), String::from)
}
