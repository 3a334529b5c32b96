//! The development outbox.

use crate::support::TestServer;
use crate::support::server::Call;
use api::jobs::{self, JobContext};
use api::notifications::mailer;
use integrations::mail::{Calendar, Mail, Method};
use serde_json::Value;

async fn keep(server: &TestServer, mail: &Mail) {
    // Without SMTP_URL, this is the outbox.
    mailer(&server.app.config, &server.db).unwrap().send(mail).await.unwrap();
}

fn mail() -> Mail {
    Mail {
        kind: "test",
        message_id: "1@example.org".to_owned(),
        to: "ada@example.org".to_owned(),
        subject: "<b>Hello</b>".to_owned(),
        text: "Hello <script>alert(1)</script>".to_owned(),
        html: "<html><head></head><body><p style=\"color:red\"><a href=\"https://example.org/x#y\">Go</a></p></body></html>".to_owned(),
        calendar: Some(Calendar { method: Method::Publish, ics: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".to_owned() }),
    }
}

#[actix_web::test]
async fn mails_are_listed_and_shown() {
    let server = TestServer::spawn().await;
    assert!(server.page("/dev/outbox").call().await.text.contains("No mail yet"));
    keep(&server, &mail()).await;
    let list = server.page("/dev/outbox").call().await;
    assert_eq!(list.status, 200);
    assert!(
        list.text.contains("&lt;b&gt;Hello&lt;/b&gt;") && !list.text.contains("<b>Hello"),
        "{}",
        list.text
    );
    let path = list
        .text
        .split("href=\"")
        .find_map(|part| part.split('"').next().filter(|path| path.starts_with("/dev/outbox/")));
    let path = path.unwrap();

    let page = server.page(path).call().await;
    assert!(page.text.contains("&lt;script&gt;") && !page.text.contains("<script"), "{}", page.text);
    for page in [&list, &page] {
        assert!(!page.text.contains("style=\""), "the policy of pages forbids inline styles");
        assert!(page.header("content-security-policy").unwrap().contains("style-src 'self';"));
    }
    let body = server.page(&format!("{path}/body")).call().await;
    assert!(body.text.contains("<a href=\"https://example.org/x#y\">"));
    assert!(body.text.contains("<base target=\"_top\">"), "links leave the frame");
    let policy = body.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'self'"), "{policy}");
    let event = server.page(&format!("{path}/appointment.ics")).call().await;
    assert_eq!(
        (event.header("content-type"), event.status.as_u16()),
        (Some("text/calendar; charset=utf-8"), 200)
    );
    assert_eq!(
        server.page("/dev/outbox.css").call().await.header("content-type"),
        Some("text/css; charset=utf-8")
    );
    for missing in ["/dev/outbox/1", "/dev/outbox/019a0000-0000-7000-8000-000000000000"] {
        server.page(missing).call().await.problem("not_found");
    }
}

#[actix_web::test]
async fn programs_read_it_as_json() {
    let server = TestServer::spawn().await;
    keep(&server, &mail()).await;
    keep(&server, &mail()).await;
    keep(&server, &Mail { message_id: "2@example.org".into(), to: "eve@example.org".into(), ..mail() }).await;
    let all: Value = server.page("/dev/outbox.json").call().await.json(200);
    let recipients: Vec<_> = all["items"].as_array().unwrap().iter().map(|mail| &mail["recipient"]).collect();
    assert_eq!(recipients, ["eve@example.org", "ada@example.org"], "the newest first, each once");
    let hers: Value = server.page("/dev/outbox.json?to=ADA@example.org").call().await.json(200);
    assert_eq!(hers["items"].as_array().unwrap().len(), 1);
    assert_eq!(hers["items"][0]["subject"], "<b>Hello</b>");
    assert_eq!(hers["items"][0]["text"], mail().text);
}

#[actix_web::test]
async fn production_has_no_outbox() {
    let server = TestServer::spawn_with(&[
        ("PRODUCTION", "true"),
        ("BASE_URL", "https://appointed.example"),
        ("SMTP_URL", "smtps://mail.example.org"),
    ])
    .await;
    keep_directly(&server).await;
    for path in ["/dev/outbox", "/dev/outbox.json", "/dev/outbox.css"] {
        let answer = server.page(path).call().await;
        assert!(!answer.text.contains("ada@example.org"), "{path}");
        assert_ne!(answer.header("content-type"), Some("text/css; charset=utf-8"), "{path}");
        assert!(answer.status == 404 || !answer.text.contains("Outbox"), "{path}: {}", answer.text);
    }
}

async fn keep_directly(server: &TestServer) {
    let outbox = api::notifications::outbox::Outbox::new(server.db.clone());
    integrations::mail::Mailer::send(&outbox, &mail()).await.unwrap();
}

#[actix_web::test]
async fn jobs_mail_into_the_outbox_where_there_is_no_mail_server() {
    let server = TestServer::spawn().await;
    let shop = crate::support::fixtures::shop(&server.db, "UTC").await;
    let day: time::Date = sqlx::query_scalar("select (app_now() + interval '3 days')::date")
        .fetch_one(&server.db)
        .await
        .unwrap();
    let wish = serde_json::json!({ "service_id": shop.service, "start_at": format!("{day}T10:00:00Z"),
        "client": { "name": "Ada", "email": "ada@example.org" } });
    assert_eq!(server.post("/bookings", &wish).call().await.status, 201);
    let ctx = JobContext { app: server.app.clone(), mailer: mailer(&server.app.config, &server.db).unwrap() };
    jobs::run_due(&ctx).await.unwrap();
    let mails: Value = server.page("/dev/outbox.json?to=ada@example.org").call().await.json(200);
    assert!(mails["items"][0]["calendar"].as_str().unwrap().contains("BEGIN:VEVENT"));
    assert!(mails["items"][0]["text"].as_str().unwrap().contains(&format!("{}/manage/", server.url)));
}
