//! Small dealings with the browser: storage, focus, the title, downloads.

use js_sys::{Array, Reflect};
use leptos::leptos_dom::helpers::WindowListenerHandle;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, FocusOptions, HtmlAnchorElement, HtmlElement, HtmlInputElement, ScrollBehavior,
    ScrollIntoViewOptions, Storage, Url,
};

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What was remembered under a name; nothing where storage is off.
pub fn recall(name: &str) -> Option<String> {
    storage()?.get_item(name).ok()?
}

/// Remembers a value under a name.
pub fn remember(name: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full or forbidden storage loses a convenience, nothing more.
        let _ = storage.set_item(name, value);
    }
}

/// Forgets what a name stands for.
pub fn forget(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
}

/// Lets the server know a value under a name, in a cookie that lasts a year, or takes it away.
pub fn tell_server(name: &str, value: Option<&str>) {
    let Some(window) = web_sys::window() else { return };
    let secure =
        if window.location().protocol().is_ok_and(|protocol| protocol == "https:") { "; Secure" } else { "" };
    let (value, seconds) = value.map_or(("", "0"), |value| (value, "31536000"));
    let cookie = [name, "=", value, "; Max-Age=", seconds, "; Path=/; SameSite=Lax", secure].concat();
    // A browser that takes no cookies loses a convenience, nothing more.
    let _ = Reflect::set(&window.document().into(), &"cookie".into(), &cookie.into());
}

/// Calls `react` whenever another tab changes what is remembered under a name.
pub fn on_change(name: &'static str, react: impl Fn(Option<String>) + 'static) -> WindowListenerHandle {
    leptos::prelude::window_event_listener(leptos::ev::storage, move |event| match event.key() {
        Some(key) if key == name => react(event.new_value()),
        // Everything was cleared.
        None => react(None),
        Some(_) => {}
    })
}

/// Whether nobody sees this tab.
pub fn is_hidden() -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|document| document.hidden())
}

fn tab_storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// What this tab kept under a name; it outlives a reload, not the tab.
pub fn kept(name: &str) -> Option<String> {
    tab_storage()?.get_item(name).ok()?
}

/// Keeps a value in this tab, or forgets it where it is empty.
pub fn keep(name: &str, value: &str) {
    if let Some(storage) = tab_storage() {
        // As above.
        let _ = if value.is_empty() { storage.remove_item(name) } else { storage.set_item(name, value) };
    }
}

/// The names that begin like this under which this tab keeps something.
pub fn kept_names(begin: &str) -> Vec<String> {
    let Some(storage) = tab_storage() else { return Vec::new() };
    let names = (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok().flatten());
    names.filter(|name| name.starts_with(begin)).collect()
}

/// Forgets everything that this tab kept under names that begin like this.
pub fn forget_kept(begin: &str) {
    for name in kept_names(begin) {
        keep(&name, "");
    }
}

/// How long it may take until another site is there, in milliseconds.
const WAY: u32 = 10_000;

/// Goes to an address that may lie on another site. Who is still here after a while was stopped on the way: `stays` offers
/// it once more. It may run when its page is gone.
pub fn leave_for(address: &str, stays: impl FnOnce() + 'static) {
    if let Some(window) = web_sys::window() {
        // A browser that refuses leaves the person where they are.
        let _ = window.location().assign(address);
    }
    wasm_bindgen_futures::spawn_local(async move {
        sleep(WAY).await;
        stays();
    });
}

/// Whether a page that is shown was kept by the browser as it was when it was left.
pub fn was_kept(shown: &web_sys::Event) -> bool {
    Reflect::get(shown, &"persisted".into()).is_ok_and(|kept| kept.is_truthy())
}

/// Sets the tab's title.
pub fn set_title(text: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(text);
    }
}

/// The language that the page says it is in.
pub fn root_language() -> String {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    root.and_then(|root| root.get_attribute("lang")).unwrap_or_default()
}

/// Takes the element with this id out of the page.
pub fn remove(id: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(element) = document.and_then(|document| document.get_element_by_id(id)) {
        element.remove();
    }
}

/// Shows an element that the page keeps hidden.
pub fn reveal(id: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(element) = document.and_then(|document| document.get_element_by_id(id)) {
        let _ = element.remove_attribute("hidden");
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        // A browser that refuses keeps showing the page as it is.
        let _ = window.location().reload();
    }
}

/// Does something once the page is really being left, which the browser may ask about first. After a while it is taken that the
/// person has stayed.
pub fn as_it_leaves(act: impl Fn() + 'static) {
    const DECIDED: u32 = 20_000;
    let leaving = leptos::prelude::window_event_listener_untyped("pagehide", move |_| act());
    wasm_bindgen_futures::spawn_local(async move {
        sleep(DECIDED).await;
        leaving.remove();
    });
}

/// Loads another page of this site anew, in place of this one.
pub fn replace(path: &str) {
    if let Some(window) = web_sys::window() {
        // As above.
        let _ = window.location().replace(path);
    }
}

/// Sets or clears an attribute of the root element.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// Focuses an element without scrolling to it.
pub fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Focuses the element with this id once the page has been drawn.
pub fn focus_soon(id: String) {
    leptos::prelude::request_animation_frame(move || {
        let element = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.get_element_by_id(&id))
            .and_then(|element| element.dyn_into::<HtmlElement>().ok());
        if let Some(element) = element {
            let _ = element.focus();
        }
    });
}

/// Focuses the first element that fits once the page has been drawn, where drawing it anew has left the focus nowhere.
pub fn focus_if_lost(selector: String) {
    leptos::prelude::request_animation_frame(move || {
        let found = leptos::prelude::document().query_selector(&selector).ok().flatten();
        let found = found.filter(|_| is_focus_lost());
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}

/// The same for the row of this number, from 0, among all that fit: the first thing to press in it, or else the row itself.
pub fn focus_row_if_lost(rows: &'static str, number: usize) {
    leptos::prelude::request_animation_frame(move || {
        let found = leptos::prelude::document().query_selector_all(rows).ok().filter(|_| is_focus_lost());
        let row = found.and_then(|found| found.item(u32::try_from(number).ok()?));
        let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) else { return };
        let within = row.query_selector("a[href], button").ok().flatten();
        let within = within.and_then(|within| within.dyn_into::<HtmlElement>().ok());
        if within.is_none() {
            row.set_tab_index(-1);
        }
        let _ = within.unwrap_or(row).focus();
    });
}

fn is_focus_lost() -> bool {
    leptos::prelude::document().active_element().is_none_or(|element| element.tag_name() == "BODY")
}

/// Remembers where an element is seen. What is given back, called once the page has been drawn anew, scrolls so that it is seen
/// there again.
pub fn hold(selector: &str) -> Option<impl FnOnce() + 'static> {
    let window = web_sys::window()?;
    let element = window.document()?.query_selector(selector).ok()??;
    let before = element.get_bounding_client_rect().top();
    Some(move || window.scroll_by_with_x_and_y(0.0, element.get_bounding_client_rect().top() - before))
}

/// Brings the element with this id into view once the page has been drawn, where it begins below the fold.
pub fn show_soon(id: &'static str) {
    leptos::prelude::request_animation_frame(move || {
        let Some(window) = web_sys::window() else { return };
        let Some(element) = window.document().and_then(|page| page.get_element_by_id(id)) else { return };
        let fold = window.inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(f64::MAX);
        // A heading alone at the edge is not much of a view.
        if element.get_bounding_client_rect().top() > fold - 160.0 {
            let still = window.match_media("(prefers-reduced-motion: reduce)").ok().flatten();
            let options = ScrollIntoViewOptions::new();
            if !still.is_some_and(|query| query.matches()) {
                options.set_behavior(ScrollBehavior::Smooth);
            }
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

/// Scrolls the row around the element with this id sideways, as far as it takes to see it; the page stays where it is.
pub fn show_within_row(id: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(element) = document.and_then(|document| document.get_element_by_id(id)) else { return };
    let Some(row) = element.parent_element() else { return };
    let (inner, outer) = (element.get_bounding_client_rect(), row.get_bounding_client_rect());
    let hidden = (inner.right() - outer.right()).max(0.0) + (inner.left() - outer.left()).min(0.0);
    if hidden != 0.0 {
        row.set_scroll_left(row.scroll_left() + hidden as i32);
    }
}

/// The origin of this site, for links that leave it.
pub fn origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// Whether an address lies on this site, read as the browser reads it: it skips tabs and takes `\` for `/`.
pub fn is_ours(address: &str) -> bool {
    let origin = origin();
    Url::new_with_base(address, &origin).is_ok_and(|url| url.origin() == origin)
}

/// The host of this site.
pub fn host() -> String {
    web_sys::window().and_then(|window| window.location().hostname().ok()).unwrap_or_default()
}

/// Puts text where "paste" finds it. False where the browser refuses.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    // Only pages that came over a safe connection have a clipboard.
    let known = js_sys::Reflect::has(&window.navigator(), &"clipboard".into()).unwrap_or(false);
    known
        && wasm_bindgen_futures::JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}

/// Hands the person a file that was made here.
pub fn download(name: &str, media_type: &str, content: &str) {
    let properties = BlobPropertyBag::new();
    properties.set_type(media_type);
    let parts = Array::of1(&JsValue::from_str(content));
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &properties) {
        save(name, &blob);
    }
}

/// Hands the person a file.
pub fn save(name: &str, blob: &Blob) {
    let save = || -> Result<(), JsValue> {
        let url = Url::create_object_url_with_blob(blob)?;
        let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
        let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
        link.set_href(&url);
        link.set_download(name);
        link.click();
        Url::revoke_object_url(&url)
    };
    // A browser that refuses downloads keeps the rest of the page working.
    let _ = save();
}

/// Gives a field the focus once it is on the page, as somebody does who presses on it, or comes by key; and what they typed.
pub fn enter_soon(id: &'static str, pressed: bool, typed: Option<String>) {
    leptos::prelude::request_animation_frame(move || {
        let field = leptos::prelude::document().get_element_by_id(id);
        let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else { return };
        focus(&field);
        if pressed {
            field.click();
        }
        if let Some((typed, event)) = typed.zip(web_sys::Event::new("input").ok()) {
            field.set_value(&typed);
            let _ = field.dispatch_event(&event);
        }
    });
}

/// Waits until somebody moves, touches or types.
pub async fn sign_of_life() {
    let sign = js_sys::Promise::new(&mut |resolve, _| {
        let once = web_sys::AddEventListenerOptions::new();
        once.set_once(true);
        once.set_passive(true);
        let Some(window) = web_sys::window() else { return };
        for event in ["pointermove", "pointerdown", "keydown"] {
            let _ = window
                .add_event_listener_with_callback_and_add_event_listener_options(event, &resolve, &once);
        }
    });
    let _ = wasm_bindgen_futures::JsFuture::from(sign).await;
}

/// Waits.
pub async fn sleep(milliseconds: u32) {
    let over = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
            // Without a timer there is no time to wait for.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        }
    });
    let _ = wasm_bindgen_futures::JsFuture::from(over).await;
}
