//! The frame: contexts, and which page stands at which address.

use crate::components::{FocusTurn, NotFound, Shell, Toasts};
use crate::pages;
use crate::session::Session;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;
use leptos_router::path;

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    provide_context(Session::start());
    provide_context(Toasts::new());
    provide_context(FocusTurn::new());
    view! {
        <Router>
            <Arrivals />
            <Shell>
                <FlatRoutes fallback=NotFound>
                    <Route path=path!("/") view=pages::home::Home />
                    <Route path=path!("/p/:slug") view=pages::provider::ProviderPage />
                    <Route path=path!("/p/:slug/:service") view=pages::book::BookPage />
                    <Route path=path!("/booked/:booking") view=pages::book::BookedPage />
                    <Route path=path!("/manage") view=pages::manage::LostLinks />
                    <Route path=path!("/manage/:booking") view=pages::manage::ByLink />
                    <Route path=path!("/bookings") view=pages::manage::MyBookings />
                    <Route path=path!("/bookings/:booking") view=pages::manage::BySession />
                    <Route path=path!("/login") view=pages::account::LogIn />
                    <Route path=path!("/register") view=pages::account::Register />
                    <Route path=path!("/forgot-password") view=pages::account::ForgotPassword />
                    <Route path=path!("/reset-password") view=pages::account::ResetPassword />
                    <Route path=path!("/verify-email") view=pages::account::VerifyEmail />
                    <Route path=path!("/account") view=pages::account::Account />
                </FlatRoutes>
            </Shell>
        </Router>
    }
}

/// Notices that the person arrived at another page, so that its heading takes the focus.
#[component]
fn Arrivals() -> impl IntoView {
    let path = use_location().pathname;
    let turn = FocusTurn::here();
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            turn.next();
        }
        now
    });
}
