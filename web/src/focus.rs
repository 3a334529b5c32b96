//! Nobody loses their place: where what has the focus goes away, the focus goes to what stands nearest to where it was.
//! Rarely needed at once, so it comes late.

use crate::browser::{self, is_focus_lost};
use crate::later::soon;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlElement, MutationObserver, MutationObserverInit};

/// Who knows a better place gives the focus at once; only after this is it taken for lost.
const SETTLES: Duration = Duration::from_millis(120);

/// What names a part of a page. Lesser headings name but one of the things in it.
const HEADINGS: &str = "h1, h2, legend";

/// What can be pressed in a row.
const PRESSED: &str = "a[href], button:not(:disabled), input:not(:disabled)";

#[wasm_split(focus_later, fallible, wasm_split_path = leptos::wasm_split)]
fn keeper() -> Result<fn(), SplitLoaderError> {
    Ok(keep)
}

/// Begins once somebody does something on the page. Where it cannot be had, the browser's own way is left.
pub fn start() {
    soon(async {
        if let Ok(keep) = keeper().await {
            keep();
        }
    });
}

/// Something and its number among those beside it.
struct Step {
    element: Element,
    number: u32,
}

/// Where the focus was in a dialog, or on the page itself: the element, what is around it, what is around that…
struct Place {
    dialog: Option<Element>,
    way: Vec<Step>,
}

impl Place {
    fn of(element: Element) -> Self {
        let dialog = element.closest("dialog").ok().flatten();
        let mut way = Vec::new();
        let mut next = Some(element);
        while let Some(element) = next {
            let before = std::iter::successors(element.previous_element_sibling(), |one| {
                one.previous_element_sibling()
            });
            let number = u32::try_from(before.count()).unwrap_or_default();
            next = element.parent_element().filter(|_| dialog.as_ref() != Some(&element));
            way.push(Step { element, number });
        }
        Self { dialog, way }
    }

    fn is_open(&self) -> bool {
        self.dialog.as_ref().is_none_or(|dialog| dialog.is_connected() && dialog.has_attribute("open"))
    }

    /// What is nearest to where the focus was.
    fn nearest(&self) -> Option<HtmlElement> {
        let from = self.way.iter().position(|step| step.element.is_connected() && is_seen(&step.element))?;
        let gone = from.checked_sub(1).map(|below| &self.way[below]);
        let row = gone.and_then(|gone| row_at(&self.way[from].element, gone));
        row.or_else(|| self.way[from..].iter().find_map(|step| around(&step.element)))
            .and_then(|element| element.dyn_into().ok())
    }
}

/// Of a list or a table, what can be pressed in the row that has taken the place of one.
fn row_at(list: &Element, gone: &Step) -> Option<Element> {
    let row = list.children().item(gone.number).or_else(|| list.last_element_child());
    pressed_in(&row.filter(|_| is_row(&gone.element))?)
}

fn is_row(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "LI" | "TR")
}

fn pressed_in(row: &Element) -> Option<Element> {
    row.query_selector(PRESSED).ok().flatten().filter(is_seen)
}

/// What the Tab key stops at, what can be pressed in a row, or the heading of a part of the page. Beyond the page's own part,
/// only its main heading will do.
fn around(element: &Element) -> Option<Element> {
    if element.get_attribute("tabindex").is_some_and(|index| index == "0") {
        return Some(element.clone());
    }
    if is_row(element) {
        return pressed_in(element);
    }
    let headings = if matches!(element.tag_name().as_str(), "BODY" | "HTML") { "main h1" } else { HEADINGS };
    element.query_selector(headings).ok().flatten().filter(is_seen)
}

fn is_seen(element: &Element) -> bool {
    element.get_bounding_client_rect().width() > 0.0
}

fn can_be_focused(element: &Element) -> bool {
    element.is_connected() && is_seen(element) && !element.matches(":disabled").unwrap_or(false)
}

/// Who gets the focus where it was lost. Whoever pressed beside everything has let go of it.
fn heir(places: &mut Vec<Place>) -> Option<HtmlElement> {
    let mut closed = false;
    while places.last().is_some_and(|place| !place.is_open()) {
        places.pop();
        closed = true;
    }
    let place = places.last_mut().filter(|_| is_focus_lost())?;
    let first = place.way.first()?.element.clone();
    if !can_be_focused(&first) {
        return place.nearest();
    }
    if !closed {
        place.way.clear();
        return None;
    }
    first.dyn_into().ok()
}

fn give(element: &HtmlElement) {
    if !element.has_attribute("tabindex") && element.tab_index() < 0 {
        element.set_tab_index(-1);
    }
    browser::focus(element);
}

fn keep() {
    let places = Rc::new(RefCell::new(Vec::<Place>::new()));
    let note = {
        let places = places.clone();
        move |element: Element| {
            let place = Place::of(element);
            let mut places = places.borrow_mut();
            places.retain(|known| known.dialog != place.dialog);
            places.push(place);
        }
    };
    if let Some(element) = document().active_element().filter(|element| element.tag_name() != "BODY") {
        note(element);
    }
    window_event_listener_untyped("focusin", move |event| {
        if let Some(element) = event.target().and_then(|target| target.dyn_into().ok()) {
            note(element);
        }
    });
    let waits = Rc::new(Cell::new(false));
    let look = move || {
        if !waits.replace(true) {
            let (places, waits) = (places.clone(), waits.clone());
            set_timeout(
                move || {
                    waits.set(false);
                    // Giving the focus is noted in turn.
                    let heir = heir(&mut places.borrow_mut());
                    if let Some(heir) = heir {
                        give(&heir);
                    }
                },
                SETTLES,
            );
        }
    };
    let left = look.clone();
    window_event_listener_untyped("focusout", move |_| left());
    let changed = Closure::<dyn Fn()>::new(look).into_js_value();
    let Ok(observer) = MutationObserver::new(changed.unchecked_ref()) else { return };
    let what = MutationObserverInit::new();
    what.set_child_list(true);
    what.set_subtree(true);
    what.set_attribute_filter(&js_sys::Array::of3(&"disabled".into(), &"hidden".into(), &"open".into()));
    if let Some(body) = document().body() {
        // Refused only for wishes that contradict each other.
        let _ = observer.observe_with_options(&body, &what);
    }
}
