//! The single-page app: customers find and book, providers run their services, all through the public API.

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
mod session;

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}
