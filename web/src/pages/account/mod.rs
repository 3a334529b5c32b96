//! Accounts: getting in, and looking after one's own.

mod guard;
mod log_in;
mod mailed;
mod profile;
mod register;
mod security;

pub use guard::members_only;
pub use log_in::LogIn;
pub use mailed::{ForgotPassword, ResetPassword, VerifyEmail};
pub use profile::Account;
pub use register::Register;

use crate::nav::Go;
use crate::pages::query;
use leptos::prelude::*;

/// Where to go after logging in: what the address asks for, as long as it is a page of this app.
fn after_log_in(otherwise: &'static str) -> impl Fn(Go) + Copy {
    let next = query("next");
    move |go: Go| {
        let next = next.get_untracked();
        let inside = next.starts_with('/') && !next.starts_with("//") && !next.starts_with("/\\");
        go.replace(if inside { &next } else { otherwise });
    }
}
