//! Moving between pages.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

type Navigate = Box<dyn Fn(&str, NavigateOptions)>;

/// Goes to other addresses of the app.
#[derive(Clone, Copy)]
pub struct Go(StoredValue<Navigate, LocalStorage>);

impl Go {
    /// Must be called inside the router.
    pub fn here() -> Self {
        Self(StoredValue::new_local(Box::new(use_navigate())))
    }

    fn go(self, path: &str, options: NavigateOptions) {
        self.0.try_with_value(|navigate| navigate(path, options));
    }

    /// A new page.
    pub fn to(self, path: &str) {
        self.go(path, NavigateOptions::default());
    }

    /// A page in place of this one, which "back" then skips.
    pub fn replace(self, path: &str) {
        self.go(path, NavigateOptions { replace: true, ..NavigateOptions::default() });
    }

    /// The same page with another query; nothing scrolls and "back" skips the present one.
    pub fn tune(self, path: &str) {
        self.go(path, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    }
}

/// Writes `path?name=value&…`, leaving out empty values.
pub fn address(path: &str, query: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(name);
        address.push('=');
        address.push_str(&String::from(js_sys::encode_uri_component(value)));
    }
    address
}
