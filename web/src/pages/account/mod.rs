//! Accounts: getting in, and looking after one's own.

mod data;
mod device;
mod guard;
mod log_in;
mod mailed;
mod profile;
mod register;
mod security;
mod sessions;

pub use guard::{members_only, newcomers_register};
pub use log_in::LogIn;
pub use mailed::{ForgotPassword, ResetPassword, VerifyEmail};
pub use profile::Account;
pub use register::Register;

use crate::browser;
use crate::components::{heed_account, skeleton_rows};
use crate::nav::Go;
use crate::pages::query;
use crate::session::{Session, Standing};
use leptos::prelude::*;

/// Leads whoever is logged in, by this form, in another tab or from the start, to where they are going. Everybody else gets
/// the form.
fn entrance(otherwise: &'static str, draw: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
    let (session, go, arrive) = (Session::here(), Go::here(), after_log_in(otherwise));
    let is_member = Memo::new(move |_| matches!(session.standing(), Standing::Member(_)));
    Effect::new(move |_| {
        if is_member.get() {
            arrive(go);
        }
    });
    // Once drawn it stays, for what is typed in it may be on its way.
    let wanted = Memo::new(move |before: Option<&bool>| {
        before == Some(&true) || session.settled() && !is_member.get()
    });
    let mut draw = Some(draw);
    (move || match wanted.get().then(|| draw.take()).flatten() {
        Some(draw) => draw(),
        None => view! { <div class="page narrow">{skeleton_rows(4)}</div> }.into_any(),
    })
    .into_any()
}

/// Whether it leads back to where one gets in.
fn is_entrance(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    matches!(path, "/login" | "/register")
}

/// Where to go after logging in: what the address asks for, as long as it is a page of this app. Who has a page of their own
/// to look after goes there else.
fn after_log_in(otherwise: &'static str) -> impl Fn(Go) + Copy {
    // Asked for here: when the answer has come, nothing says any more which app this is.
    let (next, session) = (query("next"), Session::here());
    move |go: Go| {
        let next = next.get_untracked();
        let user = untrack(|| session.user());
        let own = user.as_ref().and_then(|user| user.providers.first());
        let next = match own {
            _ if next.starts_with('/') && browser::is_ours(&next) && !is_entrance(&next) => next,
            Some(page) if page.set_up => format!("/dashboard/{}", page.provider_id),
            Some(page) => format!("/dashboard/{}/welcome", page.provider_id),
            None if user.as_ref().is_some_and(|user| user.is_admin) => "/admin".to_owned(),
            None => otherwise.to_owned(),
        };
        if user.is_some_and(|user| heed_account(&user.locale)) {
            browser::replace(&next);
        } else {
            go.replace(&next);
        }
    }
}
