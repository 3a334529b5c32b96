//! Mail over SMTP, to a server on a real socket.

use super::smtp_server::{Encryption, Mood, SmtpServer};
use super::{GUEST, Scene};
use api::jobs::{self, JobContext};
use integrations::mail::{Calendar, Mail, MailError, Mailer, Method, Smtp};
use mail_parser::{MessageParser, MimeHeaders};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

fn mailer(scheme: &str, port: u16) -> Smtp {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let url = format!("{scheme}://127.0.0.1:{port}").into();
    Smtp::new(&url, "Appointed Bücher <no-reply@appointed.example>", None).unwrap()
}

fn mail() -> Mail {
    Mail {
        kind: "test",
        message_id: "booking.1@appointed.example".to_owned(),
        to: GUEST.to_owned(),
        subject: "Запись: Tue 3 March, 10:00".to_owned(),
        text: "Grüße\n.\nfrom a line with one dot".to_owned(),
        html: format!("<p>Grüße {}</p>", "long ".repeat(400)),
        calendar: Some(Calendar {
            method: Method::Cancel,
            ics: "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n".to_owned(),
        }),
    }
}

#[actix_web::test]
async fn a_mail_arrives_whole() {
    let server = SmtpServer::start(&[]).await;
    let smtp = mailer("smtp+plain", server.port);
    smtp.send(&mail()).await.unwrap();
    let received = server.mails().remove(0);
    assert!(received.from.starts_with("MAIL FROM:<no-reply@appointed.example>"), "{}", received.from);
    assert_eq!(received.to, [format!("RCPT TO:<{GUEST}>")]);
    let message = MessageParser::default().parse(&received.data).unwrap();
    assert_eq!(message.subject(), Some(mail().subject.as_str()));
    assert_eq!(message.message_id(), Some("booking.1@appointed.example"));
    assert_eq!(message.from().unwrap().first().unwrap().name(), Some("Appointed Bücher"));
    assert_eq!(message.to().unwrap().first().unwrap().address(), Some(GUEST));
    assert!(message.date().is_some());
    assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n").trim_end(), mail().text);
    assert_eq!(message.body_html(0).unwrap().trim_end(), mail().html);
    let event = message.attachment(0).unwrap();
    let kind = event.content_type().unwrap();
    assert_eq!((kind.ctype(), kind.subtype()), ("text", Some("calendar")));
    assert_eq!(kind.attribute("method"), Some("CANCEL"));
    assert_eq!(event.attachment_name(), Some("appointment.ics"));
    assert_eq!(event.text_contents().unwrap().trim_end(), mail().calendar.unwrap().ics.trim_end());
    for line in received.data.split(|&byte| byte == b'\n') {
        assert!(line.len() <= 999, "lines have at most 998 octets");
    }
}

#[actix_web::test]
async fn connections_are_few_and_used_again() {
    let server = SmtpServer::start(&[]).await;
    let smtp = mailer("smtp+plain", server.port);
    let mail = mail();
    for sent in futures_util::future::join_all((0..30).map(|_| smtp.send(&mail))).await {
        sent.unwrap();
    }
    assert_eq!(server.mails().len(), 30);
    assert!(server.connections() < 30, "{} connections for 30 mails", server.connections());
    assert!(server.most_at_once() <= 4, "servers limit how many one sender may have open");
}

#[actix_web::test]
async fn whether_to_try_again_follows_from_the_answer() {
    use Mood::{Accepts, Hangs, HangsUp, Refuses};
    for (mood, again) in [(Refuses(451), true), (Refuses(550), false), (Hangs, true), (HangsUp, true)] {
        let server = SmtpServer::start(&[mood, Accepts]).await;
        let smtp = mailer("smtp+plain", server.port).limit(Duration::from_millis(300));
        let error = smtp.send(&mail()).await.unwrap_err();
        assert_eq!(matches!(error, MailError::Temporary(_)), again, "{mood:?}: {error}");
        assert!(!error.to_string().contains("ada"), "an error names nobody: {error}");
        assert!(server.mails().is_empty());
        smtp.limit(Duration::from_secs(60)).send(&mail()).await.unwrap();
        assert_eq!(server.mails().len(), 1, "after {mood:?} the next one passes");
    }
}

#[actix_web::test]
async fn a_refused_log_in_is_ours_to_mend_and_loses_no_mail() {
    let server = SmtpServer::start(&[Mood::RefusesLogin(535)]).await;
    let url = format!("smtp+plain://user:s3cret@127.0.0.1:{}", server.port).into();
    let smtp = Smtp::new(&url, "a@example.org", None).unwrap();
    let error = smtp.send(&mail()).await.unwrap_err();
    assert!(matches!(error, MailError::Temporary(_)), "{error}");
    assert!(!error.to_string().contains("s3cret"));
    smtp.send(&mail()).await.unwrap();
}

#[actix_web::test]
async fn nothing_is_sent_in_the_clear_where_encryption_is_asked_for() {
    let server = SmtpServer::start(&[]).await;
    // The server offers no STARTTLS, as somebody in the middle would have it.
    let error = mailer("smtp", server.port).send(&mail()).await.unwrap_err();
    assert!(matches!(error, MailError::Temporary(_)), "{error}");
    assert!(server.mails().is_empty());
}

#[actix_web::test]
async fn encrypted_mail_arrives_where_the_certificate_can_be_trusted() {
    for (scheme, encryption) in [("smtp", Encryption::StartTls), ("smtps", Encryption::Wrapped)] {
        let server = SmtpServer::encrypted(encryption, &[]).await;
        let smtp = |host: &str, authority: Option<&[u8]>| {
            let url = format!("{scheme}://user:s3cret@{host}:{}", server.port).into();
            Smtp::new(&url, "a@example.org", authority).unwrap()
        };
        for refused in [smtp("localhost", None), smtp("127.0.0.1", Some(&server.authority))] {
            let error = refused.send(&mail()).await.unwrap_err();
            assert!(matches!(error, MailError::Temporary(_)), "{error}");
            assert!(
                server.mails().is_empty(),
                "{scheme}: nothing is told to a server that nobody vouches for"
            );
        }
        smtp("localhost", Some(&server.authority)).send(&mail()).await.unwrap();
        assert_eq!(server.mails().len(), 1, "{scheme}");
    }
}

#[actix_web::test]
async fn a_server_that_is_not_there_is_tried_again() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let error = mailer("smtp+plain", port).send(&mail()).await.unwrap_err();
    assert!(matches!(error, MailError::Temporary(_)), "{error}");
}

#[actix_web::test]
async fn a_job_sends_again_what_was_put_off_and_gives_up_what_was_refused() {
    let scene = Scene::new().await;
    // The two mails of the booking: each put off once; then one is refused for good.
    let moods = [Mood::Refuses(451), Mood::Refuses(451), Mood::Refuses(550), Mood::Accepts];
    let server = SmtpServer::start(&moods).await;
    let ctx =
        JobContext { app: scene.server.app.clone(), mailer: Arc::new(mailer("smtp+plain", server.port)) };
    scene.book(&json!({})).await;
    jobs::run_due(&ctx).await.unwrap();
    assert!(server.mails().is_empty());
    scene.server.advance("1 minute").await;
    jobs::run_due(&ctx).await.unwrap();
    assert_eq!(server.mails().len(), 1);
    let dead: Vec<String> = sqlx::query_scalar("select last_error from jobs where dead_at is not null")
        .fetch_all(&scene.server.db)
        .await
        .unwrap();
    assert_eq!(dead, ["cannot be sent: the server answered 550"]);
}
