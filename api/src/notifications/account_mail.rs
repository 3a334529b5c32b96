//! Mails about an account. The tokens in them are made by the caller, who stores only their hashes.

use super::{delivery, messages};
use crate::app::App;
use integrations::mail::Mail;
use uuid::Uuid;

/// Asks the owner of an address to confirm it. `mail_id` is the same whenever this mail is sent again.
#[must_use]
pub fn verify_email(app: &App, mail_id: Uuid, to: &str, person: &str, token: &str) -> Mail {
    let letter = messages::verify_email(person, &app.link(&format!("/verify-email#{token}")));
    delivery::mail(app, "verify_email", &mail_id.to_string(), to, &letter, None)
}

/// Lets the owner of an account choose a new password. `mail_id` is the same whenever this mail is sent again.
#[must_use]
pub fn reset_password(app: &App, mail_id: Uuid, to: &str, person: &str, token: &str) -> Mail {
    let letter = messages::reset_password(person, &app.link(&format!("/reset-password#{token}")));
    delivery::mail(app, "reset_password", &mail_id.to_string(), to, &letter, None)
}
