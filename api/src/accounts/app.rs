//! The slice's use cases.

pub(super) mod contact;
mod email;
pub(super) mod leaving;
mod login;
mod password;
mod profile;
pub(super) mod registration;
mod sessions;

pub(super) use email::{resend, verify};
pub(super) use login::log_in;
pub(super) use password::{change, forgot, reset};
pub(super) use profile::{me, update};
pub(super) use registration::register;
pub(super) use sessions::{Opened, end_all, end_own, end_presented, end_session, list, refresh};
