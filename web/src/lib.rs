//! The single-page app, all of it through the public API.
//!
//! It is one program in parts: what everyone needs comes first, and the pages in groups, each when somebody goes to one
//! of its pages ([`parts`]). So nobody loads what is not for them.

mod api;
mod app;
mod browser;
mod calendar;
mod canvas;
mod categories;
mod changes;
mod components;
mod first;
mod form;
mod format;
mod holds;
mod ics;
mod json;
mod later;
mod live;
mod messages;
mod nav;
mod pages;
mod parts;
mod patience;
mod picker;
mod remote;
mod router;
mod session;
mod tabs;
mod turns;
mod unsaved;

/// Starts the app in the page.
pub fn start() {
    app::start();
}
