//! E-mail.

mod smtp;

pub use smtp::{BadSetting, Smtp, is_mailbox};

use std::pin::Pin;

/// A mail, ready to be sent to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// What kind of mail it is, for logs and the development outbox.
    pub kind: &'static str,
    /// `local@domain`, without angle brackets. A mail sent again carries the same, so that it is known as the same.
    pub message_id: String,
    /// The recipient's address.
    pub to: String,
    /// The subject, in one line.
    pub subject: String,
    /// The text for those who read text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// An event for the recipient's calendar.
    pub calendar: Option<Calendar>,
}

/// An event for a calendar, as RFC 5545 writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// What the recipient's calendar is to do with it.
    pub method: Method,
    /// The iCalendar text.
    pub ics: String,
}

/// What a calendar is to do with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Show it.
    Publish,
    /// Strike it.
    Cancel,
}

impl Method {
    /// The word for it in iCalendar.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Cancel => "CANCEL",
        }
    }
}

/// Why a mail was not sent. It names no address, so that it may be logged.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Trying again later may help.
    #[error("not sent for now: {0}")]
    Temporary(String),
    /// Trying again cannot help.
    #[error("cannot be sent: {0}")]
    Permanent(String),
}

/// The end of sending a mail.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), MailError>> + Send + 'a>>;

/// Sends mail.
pub trait Mailer: Send + Sync {
    /// Sends one mail.
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a>;
}

/// The bare address of a mailbox such as `Name <name@example.org>`.
#[must_use]
pub fn address(mailbox: &str) -> &str {
    let bare = mailbox.rsplit_once('<').map_or(mailbox, |(_, rest)| rest);
    bare.split('>').next().unwrap_or_default().trim()
}
