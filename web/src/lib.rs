//! The single-page app, all of it through the public API.
//!
//! It is two programs over one library, so that nobody loads what is not for them: the site, where customers
//! find and book, and the desk, where providers work. `scripts/start.js` picks one by the address.

mod api;
mod app;
mod browser;
mod components;
mod form;
mod format;
mod ics;
mod messages;
mod nav;
mod pages;
mod picker;
mod remote;
mod router;
mod session;

/// Starts the customers' side.
pub fn site() {
    app::start(app::SITE);
}

/// Starts the providers' side: everything below `/dashboard`.
pub fn desk() {
    app::start(app::DESK);
}
