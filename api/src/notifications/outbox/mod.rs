//! The development outbox: where mails go when there is no mail server, and the pages that show them.

pub mod http;
mod page;

use integrations::mail::{Mail, MailError, Mailer, Sending};
use serde::Serialize;
use sqlx::PgPool;
use time::OffsetDateTime;
use uuid::Uuid;

/// Keeps mails in the database instead of sending them.
pub struct Outbox {
    db: PgPool,
}

impl Outbox {
    /// An outbox in this database.
    #[must_use]
    pub fn new(db: PgPool) -> Self {
        Self { db }
    }
}

impl Mailer for Outbox {
    /// A mail sent again is the same mail, as it is for a mail program that knows it by its id.
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        Box::pin(async move {
            sqlx::query!(
                "insert into outbox_mails
                     (id, message_id, kind, recipient, subject, body_text, body_html, calendar)
                 values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (message_id) do nothing",
                Uuid::now_v7(),
                mail.message_id,
                mail.kind,
                mail.to,
                mail.subject,
                mail.text,
                mail.html,
                mail.calendar.as_ref().map(|calendar| &calendar.ics)
            )
            .execute(&self.db)
            .await
            .map_err(|error| MailError::Temporary(error.to_string()))?;
            Ok(())
        })
    }
}

/// A mail that was kept.
#[derive(Debug, Clone, Serialize)]
pub struct Kept {
    /// Its place in the outbox.
    pub id: Uuid,
    /// Whom it would have reached.
    pub recipient: String,
    /// What kind of mail it is.
    pub kind: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The attached event.
    pub calendar: Option<String>,
    /// When it was sent, on the platform's clock.
    #[serde(with = "time::serde::rfc3339")]
    pub sent_at: OffsetDateTime,
}

/// The latest mails, the newest first; those to one address, if one is given.
///
/// # Errors
/// Those of the database.
pub async fn list(db: &PgPool, to: Option<&str>) -> Result<Vec<Kept>, sqlx::Error> {
    sqlx::query_as!(
        Kept,
        "select id, recipient, kind, subject, body_text as text, body_html as html, calendar,
             created_at as sent_at
         from outbox_mails where $1::text is null or lower(recipient) = lower($1)
         order by id desc limit 200",
        to
    )
    .fetch_all(db)
    .await
}

/// One mail.
///
/// # Errors
/// Those of the database.
pub async fn get(db: &PgPool, id: Uuid) -> Result<Option<Kept>, sqlx::Error> {
    sqlx::query_as!(
        Kept,
        "select id, recipient, kind, subject, body_text as text, body_html as html, calendar,
             created_at as sent_at
         from outbox_mails where id = $1",
        id
    )
    .fetch_optional(db)
    .await
}
