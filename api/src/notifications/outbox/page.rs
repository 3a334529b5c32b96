//! The outbox as HTML.

use super::Kept;
use crate::notifications::letter::escape;
use std::fmt::Write;

pub(super) fn index(mails: &[Kept]) -> String {
    let mut list = String::new();
    for mail in mails {
        let _ = write!(
            list,
            "<li><a href=\"/dev/outbox/{}\"><strong>{}</strong><span>{}</span><time>{}</time></a></li>",
            mail.id,
            escape(&mail.subject),
            escape(&mail.recipient),
            sent(mail)
        );
    }
    let content = if mails.is_empty() {
        "<p class=\"empty\">No mail yet. Register or book something, and come back.</p>".to_owned()
    } else {
        format!("<ol>{list}</ol>")
    };
    let intro = "<p>No mail server is set up, so mails are kept here instead of being sent. \
                 Set <code>SMTP_URL</code> to send them.</p>";
    document("Outbox", &format!("<h1>Outbox</h1>{intro}{content}"))
}

pub(super) fn mail(mail: &Kept) -> String {
    let (id, subject) = (mail.id, escape(&mail.subject));
    let event = mail.calendar.as_ref().map_or_else(String::new, |_| {
        format!("<dt>Attached</dt><dd><a href=\"/dev/outbox/{id}/appointment.ics\">appointment.ics</a></dd>")
    });
    let content = format!(
        "<p><a href=\"/dev/outbox\">Outbox</a></p><h1>{subject}</h1>\
         <dl><dt>To</dt><dd>{}</dd><dt>Sent</dt><dd><time>{}</time></dd><dt>Kind</dt><dd>{}</dd>{event}</dl>\
         <iframe src=\"/dev/outbox/{id}/body\" title=\"The mail\"></iframe>\
         <h2>As text</h2><pre>{}</pre>",
        escape(&mail.recipient),
        sent(mail),
        escape(&mail.kind),
        escape(&mail.text)
    );
    document(&subject, &content)
}

fn sent(mail: &Kept) -> String {
    let (date, (hour, minute, _)) = (mail.sent_at.date(), mail.sent_at.to_hms());
    format!("{date} {hour:02}:{minute:02} UTC")
}

fn document(title: &str, content: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <link rel=\"stylesheet\" href=\"/dev/outbox.css\"></head><body><main>{content}</main></body></html>\n"
    )
}
