//! The frame: contexts, and which page stands at which address.

use crate::components::{FocusTurn, NotFound, Shell, Toasts};
use crate::pages::{account, book, dashboard, home, manage, provider};
use crate::router::{Router, Routes};
use crate::session::Session;
use leptos::prelude::*;

/// Names the page that a component is.
macro_rules! page {
    ($($component:ident)::+) => {
        || view! { <$($component)::+ /> }.into_any()
    };
}

/// The customers' pages.
pub const SITE: Routes = &[
    ("/", page!(home::Home)),
    ("/p/:slug", page!(provider::ProviderPage)),
    ("/p/:slug/:service", page!(book::BookPage)),
    ("/booked/:booking", page!(book::BookedPage)),
    ("/manage", page!(manage::LostLinks)),
    ("/manage/:booking", page!(manage::ByLink)),
    ("/bookings", page!(manage::MyBookings)),
    ("/bookings/:booking", page!(manage::BySession)),
    ("/login", page!(account::LogIn)),
    ("/register", page!(account::Register)),
    ("/forgot-password", page!(account::ForgotPassword)),
    ("/reset-password", page!(account::ResetPassword)),
    ("/verify-email", page!(account::VerifyEmail)),
    ("/account", page!(account::Account)),
];

/// The providers' pages.
pub const DESK: Routes = &[
    ("/dashboard", page!(dashboard::Desk)),
    ("/dashboard/new", page!(dashboard::NewProvider)),
    ("/dashboard/:provider", page!(dashboard::Agenda)),
    ("/dashboard/:provider/book", page!(dashboard::BookForClient)),
    ("/dashboard/:provider/services", page!(dashboard::ServiceList)),
    ("/dashboard/:provider/services/new", page!(dashboard::NewService)),
    ("/dashboard/:provider/services/:service", page!(dashboard::EditService)),
    ("/dashboard/:provider/hours", page!(dashboard::Hours)),
    ("/dashboard/:provider/profile", page!(dashboard::Profile)),
];

/// Puts the app into the page.
pub fn start(routes: Routes) {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(move || app(routes));
}

fn app(routes: Routes) -> AnyView {
    let router = Router::start(routes);
    provide_context(router);
    provide_context(Session::start());
    provide_context(Toasts::new());
    let turn = FocusTurn::new();
    provide_context(turn);
    // Whoever arrives at another page hears its heading.
    let path = router.path();
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            turn.next();
        }
        now
    });
    view! { <Shell>{move || router.page().map_or_else(page!(NotFound), |page| page())}</Shell> }.into_any()
}
