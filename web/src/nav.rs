//! Moving between pages.

use crate::router::Router;

/// Goes to other addresses of the app.
#[derive(Clone, Copy)]
pub struct Go(Router);

impl Go {
    /// The one of this app.
    pub fn here() -> Self {
        Self(Router::here())
    }

    /// A new page.
    pub fn to(self, path: &str) {
        self.0.go(path, false, true);
    }

    /// A page in place of this one, which "back" then skips.
    pub fn replace(self, path: &str) {
        self.0.go(path, true, true);
    }

    /// The same page with another query, as another step that "back" takes back; nothing scrolls.
    pub fn turn(self, path: &str) {
        self.0.go(path, false, false);
    }

    /// One step back, as the browser's button goes.
    pub fn back(self) {
        self.0.back();
    }

    /// The same page with another query; nothing scrolls and "back" skips the present one.
    pub fn tune(self, path: &str) {
        self.0.go(path, true, false);
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
