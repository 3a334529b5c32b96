//! Which page stands at which address, and which pages come together.
//!
//! Each part below becomes a file of its own, which is fetched when somebody goes to one of its pages. What several parts
//! use is shared, in files of its own or with the program itself. `scripts/start.js` knows the addresses of parts as well,
//! to fetch the first one along with the program.

use crate::pages::{account, admin, book, dashboard, gallery, home, manage, pay, provider};
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// Draws a page.
pub type Page = fn() -> AnyView;

/// The pages of a part, in the order of its patterns.
pub type Pages = &'static [Page];

/// A group of pages.
pub struct Part {
    /// Patterns such as `/p/:slug`. Of all parts, the first that fits counts.
    pub patterns: &'static [&'static str],
    /// Fetches the part; when it is there already, it takes no time.
    pub fetch: fn() -> LocalBoxFuture<'static, Result<Pages, SplitLoaderError>>,
}

macro_rules! parts {
    ($($part:ident { $($pattern:literal => $($page:ident)::+;)+ })+) => {
        $(
            #[wasm_split($part, fallible, wasm_split_path = leptos::wasm_split)]
            fn $part() -> Result<Pages, SplitLoaderError> {
                const PAGES: Pages = &[$(|| view! { <$($page)::+ /> }.into_any()),+];
                Ok(PAGES)
            }
        )+

        /// All parts.
        pub const PARTS: &[Part] = &[$(Part { patterns: &[$($pattern),+], fetch: || Box::pin($part()) }),+];
    };
}

parts! {
    front {
        "/" => home::Home;
    }
    booking {
        "/p/:slug" => provider::ProviderPage;
        "/p/:slug/:service" => book::BookPage;
        "/booked/:booking" => book::BookedPage;
    }
    till {
        "/pay/:booking" => pay::PayPage;
    }
    person {
        "/manage" => manage::LostLinks;
        "/manage/:booking" => manage::ByLink;
        "/bookings" => manage::MyBookings;
        "/bookings/:booking" => manage::BySession;
        "/login" => account::LogIn;
        "/register" => account::Register;
        "/forgot-password" => account::ForgotPassword;
        "/reset-password" => account::ResetPassword;
        "/verify-email" => account::VerifyEmail;
        "/account" => account::Account;
    }
    welcome {
        "/dashboard/new" => dashboard::NewProvider;
        "/dashboard/:provider/welcome" => dashboard::Welcome;
        "/dashboard/:provider/welcome/:step" => dashboard::Welcome;
    }
    profile {
        "/dashboard/:provider/profile" => dashboard::Profile;
    }
    services {
        "/dashboard/:provider/services" => dashboard::ServiceList;
        "/dashboard/:provider/services/new" => dashboard::NewService;
        "/dashboard/:provider/services/:service" => dashboard::EditService;
    }
    hours {
        "/dashboard/:provider/hours" => dashboard::Hours;
    }
    payments {
        "/dashboard/:provider/payments" => dashboard::Payments;
    }
    desk {
        "/dashboard" => dashboard::Desk;
        "/dashboard/:provider" => dashboard::Agenda;
    }
    preview {
        "/dashboard/:provider/preview" => dashboard::Preview;
    }
    entry {
        "/dashboard/:provider/book" => dashboard::BookForClient;
    }
    gallery {
        "/dev/components" => gallery::Gallery;
    }
    administration {
        "/admin" => admin::Overview;
        "/admin/users" => admin::Users;
        "/admin/users/:user" => admin::OneUser;
        "/admin/providers" => admin::Providers;
        "/admin/providers/:provider" => admin::OneProvider;
        "/admin/categories" => admin::Categories;
        "/admin/log" => admin::Log;
    }
}

#[cfg(test)]
mod tests {
    use super::PARTS;
    use contract::pages::PATTERNS;

    #[test]
    fn the_server_knows_all_pages() {
        let drawn: Vec<&str> = PARTS.iter().flat_map(|part| part.patterns).copied().collect();
        assert_eq!(drawn, PATTERNS);
    }
}
