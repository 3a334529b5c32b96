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
                    <Route path=path!("/dashboard") view=pages::dashboard::Desk />
                    <Route path=path!("/dashboard/new") view=pages::dashboard::NewProvider />
                    <Route path=path!("/dashboard/:provider") view=pages::dashboard::Agenda />
                    <Route path=path!("/dashboard/:provider/book") view=pages::dashboard::BookForClient />
                    <Route path=path!("/dashboard/:provider/services") view=pages::dashboard::ServiceList />
                    <Route path=path!("/dashboard/:provider/services/new") view=pages::dashboard::NewService />
                    <Route path=path!("/dashboard/:provider/services/:service") view=pages::dashboard::EditService />
                    <Route path=path!("/dashboard/:provider/hours") view=pages::dashboard::Hours />
                    <Route path=path!("/dashboard/:provider/profile") view=pages::dashboard::Profile />
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
