//! The way from a letter to the recipient.

use super::letter::Letter;
use super::outbox::Outbox;
use crate::app::App;
use crate::config::Config;
use crate::jobs::{Failure, JobContext, Outcome};
use integrations::mail::{BadSetting, Calendar, Mail, MailError, Mailer, Smtp};
use sqlx::PgPool;
use std::sync::Arc;

/// The mailer that the settings ask for: SMTP, or the development outbox where there is none.
///
/// # Errors
/// Where a setting for mail cannot be used.
pub fn mailer(config: &Config, db: &PgPool) -> Result<Arc<dyn Mailer>, BadSetting> {
    Ok(match &config.smtp_url {
        Some(url) => Arc::new(Smtp::new(url, &config.mail_from, config.smtp_authority.as_deref())?),
        None => Arc::new(Outbox::new(db.clone())),
    })
}

/// Sends a mail as the end of a job: again later where that helps.
///
/// # Errors
/// The failure that the job ends with.
pub async fn deliver(ctx: &JobContext, mail: &Mail) -> Outcome {
    match ctx.mailer.send(mail).await {
        Ok(()) => {
            tracing::info!(kind = mail.kind, message_id = mail.message_id, "mail sent");
            Ok(())
        }
        Err(error @ MailError::Temporary(_)) => Err(Failure::retry(error)),
        Err(error @ MailError::Permanent(_)) => Err(Failure::fail(error)),
    }
}

/// Puts a letter into an envelope. `name` tells this mail from all others, and is the same when it is sent again.
pub(super) fn mail(
    app: &App,
    kind: &'static str,
    name: &str,
    to: &str,
    letter: &Letter,
    calendar: Option<Calendar>,
) -> Mail {
    Mail {
        kind,
        message_id: format!("{kind}.{name}@{}", host(app)),
        to: to.to_owned(),
        subject: letter.subject.clone(),
        text: letter.text(&app.config.base_url),
        html: letter.html(&app.config.base_url),
        calendar,
    }
}

/// The host people know the product by, for names that are unique in the world.
pub(super) fn host(app: &App) -> &str {
    let address = app.config.base_url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = address.split('/').next().unwrap_or_default();
    authority.rsplit_once(':').map_or(authority, |(host, _)| host)
}
