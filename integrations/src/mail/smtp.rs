//! Mail over SMTP, by lettre.

use super::{Mail, MailError, Mailer, Sending};
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{AsyncSmtpTransportBuilder, Error, PoolConfig};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};
use std::sync::OnceLock;
use std::time::Duration;
use tokio::sync::Semaphore;

type Transport = AsyncSmtpTransport<Tokio1Executor>;
type Encrypt = fn(TlsParameters) -> Tls;

/// How long connecting may take.
const CONNECT_LIMIT: Duration = Duration::from_secs(15);
/// How long the whole conversation about one mail may take.
const SEND_LIMIT: Duration = Duration::from_secs(60);
/// How many connections there are at most: servers limit what one sender may open.
const CONNECTIONS: u16 = 4;

/// Sends mail through an SMTP server.
pub struct Smtp {
    builder: AsyncSmtpTransportBuilder,
    transport: OnceLock<Transport>,
    sender: Mailbox,
    limit: Duration,
    turns: Semaphore,
}

/// The settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadSetting {
    /// The server's address.
    #[error("SMTP_URL must be smtp://, smtps:// or smtp+plain:// with a host: {0}")]
    Url(String),
    /// The sender.
    #[error("MAIL_FROM must be an address such as `Name <name@example.org>`")]
    Sender,
    /// The authority to trust.
    #[error("SMTP_CA_FILE must be certificates in PEM form, for an encrypted SMTP_URL")]
    Authority,
}

/// Whether mail can be sent in this name: `name@example.org` or `Name <name@example.org>`.
#[must_use]
pub fn is_mailbox(text: &str) -> bool {
    text.parse::<Mailbox>().is_ok()
}

impl Smtp {
    /// A mailer for the server at `url` in the name of `sender`. It connects when the first mail is sent.
    ///
    /// `smtp://` demands STARTTLS, `smtps://` is TLS from the first byte, `smtp+plain://` never encrypts. The server's
    /// certificate must come from a public authority, or from the one in `authority` (PEM).
    ///
    /// # Errors
    /// Where one of them does not parse.
    pub fn new(url: &SecretString, sender: &str, authority: Option<&[u8]>) -> Result<Self, BadSetting> {
        let url = url.expose_secret();
        let (address, encrypt): (_, Option<Encrypt>) = match url.split_once("://") {
            _ if url.contains('?') => return Err(BadSetting::Url("it takes no query".to_owned())),
            Some(("smtp", rest)) => (format!("smtp://{rest}?tls=required"), Some(Tls::Required)),
            Some(("smtps", rest)) => (format!("smtps://{rest}"), Some(Tls::Wrapper)),
            Some(("smtp+plain", rest)) => (format!("smtp://{rest}"), None),
            _ => return Err(BadSetting::Url("unknown scheme".to_owned())),
        };
        let bad_url = |error: &dyn std::fmt::Display| BadSetting::Url(error.to_string());
        let mut builder = Transport::from_url(&address).map_err(|error| bad_url(&error))?;
        if let Some(pem) = authority {
            let encrypt = encrypt.ok_or(BadSetting::Authority)?;
            let server = url::Url::parse(&address).map_err(|error| bad_url(&error))?;
            builder = builder.tls(encrypt(trusting(server.host_str().unwrap_or_default(), pem)?));
        }
        let builder =
            builder.timeout(Some(CONNECT_LIMIT)).pool_config(PoolConfig::new().max_size(CONNECTIONS.into()));
        let sender = sender.parse().map_err(|_| BadSetting::Sender)?;
        Ok(Self {
            builder,
            transport: OnceLock::new(),
            sender,
            limit: SEND_LIMIT,
            turns: Semaphore::new(CONNECTIONS.into()),
        })
    }

    /// Gives up on a mail that takes longer than this.
    #[must_use]
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Made on the runtime that sends, for its connections live there.
    fn transport(&self) -> &Transport {
        self.transport.get_or_init(|| self.builder.clone().build())
    }
}

impl Mailer for Smtp {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        Box::pin(async move {
            let message = message(&self.sender, mail)?;
            // Never closed, so there is always a turn to wait for.
            let _turn = self.turns.acquire().await;
            match tokio::time::timeout(self.limit, self.transport().send(message)).await {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) => Err(refusal(&error)),
                Err(_) => Err(MailError::Temporary("the server took too long".to_owned())),
            }
        })
    }
}

/// Trusts this authority beside the public ones.
fn trusting(host: &str, pem: &[u8]) -> Result<TlsParameters, BadSetting> {
    let readable = pem.windows(10).any(|part| part == b"-----BEGIN");
    let certificate = Certificate::from_pem(pem).ok().filter(|_| readable).ok_or(BadSetting::Authority)?;
    let parameters = TlsParameters::builder(host.to_owned()).add_root_certificate(certificate);
    parameters.build().map_err(|_| BadSetting::Authority)
}

/// Every value that reaches a header is parsed or loses its control characters, so none can start a header of its own.
fn message(sender: &Mailbox, mail: &Mail) -> Result<Message, MailError> {
    let unusable = |what: &str| MailError::Permanent(format!("{what} is not usable"));
    let to: Address = mail.to.parse().map_err(|_| unusable("the recipient's address"))?;
    let is_id = |byte: u8| byte.is_ascii_graphic() && byte != b'<' && byte != b'>';
    if mail.message_id.is_empty() || !mail.message_id.bytes().all(is_id) {
        return Err(unusable("the message id"));
    }
    let body = MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone());
    let builder = Message::builder()
        .from(sender.clone())
        .to(Mailbox::new(None, to))
        .subject(one_line(&mail.subject))
        .message_id(Some(format!("<{}>", mail.message_id)));
    let message = match &mail.calendar {
        None => builder.multipart(body),
        Some(calendar) => {
            let kind = format!("text/calendar; charset=utf-8; method={}", calendar.method.as_str());
            let kind = ContentType::parse(&kind).map_err(|_| unusable("the calendar's type"))?;
            let event: SinglePart =
                Attachment::new("appointment.ics".to_owned()).body(calendar.ics.clone(), kind);
            builder.multipart(MultiPart::mixed().multipart(body).singlepart(event))
        }
    };
    message.map_err(|_| unusable("the message"))
}

fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether to try again. The server's own words stay out: they often quote the recipient's address.
fn refusal(error: &Error) -> MailError {
    match error.status().map(u16::from) {
        // Its complaint is about us (log in, encrypt), which an operator can mend; the mail is none the worse.
        Some(code @ (530 | 534 | 535 | 538)) => MailError::Temporary(format!("the server answered {code}")),
        Some(code) if error.is_permanent() => MailError::Permanent(format!("the server answered {code}")),
        Some(code) => MailError::Temporary(format!("the server answered {code}")),
        None if error.is_response() => MailError::Temporary("the server does not speak SMTP".to_owned()),
        None => MailError::Temporary(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail() -> Mail {
        Mail {
            kind: "test",
            message_id: "1@example.org".to_owned(),
            to: "ann@example.org".to_owned(),
            subject: "Hello".to_owned(),
            text: "Hello".to_owned(),
            html: "<p>Hello</p>".to_owned(),
            calendar: None,
        }
    }

    fn sender() -> Mailbox {
        "Appointed <no-reply@localhost>".parse().unwrap()
    }

    fn headers(mail: &Mail) -> String {
        let text = String::from_utf8(message(&sender(), mail).unwrap().formatted()).unwrap();
        text.split("\r\n\r\n").next().unwrap().to_owned()
    }

    #[test]
    fn a_subject_cannot_start_a_header() {
        let subject = "Hi\r\nBcc: eve@example.org\n\rX: y\u{85}z\0".to_owned();
        let headers = headers(&Mail { subject, ..mail() });
        assert!(headers.contains("Subject: Hi Bcc: eve@example.org X: y z"), "{headers}");
        assert!(!headers.lines().any(|line| line.starts_with("Bcc") || line.starts_with("X:")), "{headers}");
    }

    #[test]
    fn addresses_and_ids_that_are_none_are_refused() {
        for to in
            ["", "ann", "ann@", "a@b.org\r\nBcc: eve@b.org", "a@b.org, eve@b.org", "<a@b.org>", "a b@c.org"]
        {
            let refused = message(&sender(), &Mail { to: to.to_owned(), ..mail() });
            assert!(matches!(refused, Err(MailError::Permanent(_))), "{to:?} was accepted");
        }
        for id in ["", "a b@c", "1@c>\r\nBcc: eve@b.org", "ü@c"] {
            let refused = message(&sender(), &Mail { message_id: id.to_owned(), ..mail() });
            assert!(matches!(refused, Err(MailError::Permanent(_))), "{id:?} was accepted");
        }
    }

    #[test]
    fn the_subject_may_be_in_any_language() {
        let headers = headers(&Mail { subject: "Запись на вторник".to_owned(), ..mail() });
        assert!(headers.contains("Subject: =?utf-8?"), "{headers}");
    }

    #[test]
    fn settings_are_checked_and_do_not_print_the_password() {
        let smtp = |url: &str, from: &str| Smtp::new(&SecretString::from(url.to_owned()), from, None);
        for url in [
            "smtp://u:p%40ss@mail.example.org:587",
            "smtps://mail.example.org",
            "smtp+plain://localhost:1025",
        ] {
            assert!(smtp(url, "Appointed <a@example.org>").is_ok(), "{url}");
        }
        for url in
            ["", "http://mail.example.org", "smtp://", "mail.example.org:25", "smtps://u:s3cret@h?tls=none"]
        {
            let error = smtp(url, "a@example.org").err().unwrap_or(BadSetting::Sender);
            assert!(matches!(&error, BadSetting::Url(text) if !text.contains("s3cret")), "{url}: {error}");
        }
        assert!(matches!(smtp("smtps://h", "nobody\r\nBcc: eve@b.org"), Err(BadSetting::Sender)));
    }

    #[test]
    fn an_authority_is_certificates_for_an_encrypted_server() {
        let smtp = |url: &str, pem: &[u8]| {
            Smtp::new(&SecretString::from(url.to_owned()), "a@example.org", Some(pem))
        };
        for (url, pem) in [
            ("smtp://h", "not a certificate"),
            ("smtps://h", "-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----\n"),
            ("smtp+plain://h", ""),
        ] {
            assert!(matches!(smtp(url, pem.as_bytes()), Err(BadSetting::Authority)), "{url}");
        }
    }
}
