//! Mails: what they say, to whom, and how they travel.

mod bookings;
mod calendar;
mod money;
mod moves;
mod outbox;
mod smtp;
mod smtp_server;

use crate::support::TestServer;
use crate::support::fixtures::{self, Shop};
use crate::support::server::{Answer, Call};
use contract::bookings::Booking;
use integrations::mail::Mail;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

const GUEST: &str = "ada@example.org";

/// A shop in Berlin on Sunday, 1 March 2026, 12:00 UTC.
struct Scene {
    server: TestServer,
    shop: Shop,
    owner: String,
    colleague: Uuid,
}

impl Scene {
    async fn new() -> Self {
        let server = TestServer::spawn_with(&[("BASE_URL", "https://appointed.example")]).await;
        let shop = fixtures::shop(&server.db, "Europe/Berlin").await;
        let owner = sqlx::query_scalar("select email::text from users where id = $1")
            .bind(shop.owner)
            .fetch_one(&server.db)
            .await
            .unwrap();
        let colleague = fixtures::person(&server.db, "Colleague").await;
        sqlx::query("insert into memberships (user_id, provider_id, role) values ($1, $2, 'member')")
            .bind(colleague)
            .bind(shop.provider)
            .execute(&server.db)
            .await
            .unwrap();
        let scene = Self { server, shop, owner, colleague };
        scene
            .sql("update clock set offset_by = timestamptz '2026-03-01 12:00Z' - statement_timestamp()")
            .await;
        scene
    }

    async fn sql(&self, sql: &str) {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&self.server.db).await.unwrap();
    }

    /// A guest in New York books Tuesday, 3 March 2026, 10:00 in Berlin.
    async fn book(&self, more: &Value) -> Booking {
        let mut body = json!({
            "service_id": self.shop.service, "start_at": "2026-03-03T09:00:00Z", "time_zone": "America/New_York",
            "client": { "name": "Ada Lovelace", "email": GUEST, "phone": "+1 212 555 0100" },
            "notes": "Please ring twice.",
        });
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        self.server.post("/bookings", &body).call().await.json(201)
    }

    async fn as_guest(&self, booking: &Booking, action: &str, body: &Value) -> Answer {
        let token = booking.manage_token.as_deref().unwrap();
        self.act(booking, action, body).header("x-manage-token", token).call().await
    }

    /// A colleague of the owner does it, for the owner is not mailed about own acts.
    async fn as_provider(&self, booking: &Booking, action: &str, body: &Value) -> Answer {
        self.act(booking, action, body).bearer_auth(self.server.token(self.colleague)).call().await
    }

    fn act(&self, booking: &Booking, action: &str, body: &Value) -> reqwest::RequestBuilder {
        self.server
            .post(&format!("/bookings/{}/{action}", booking.id), body)
            .header("if-match", format!("\"{}\"", booking.version))
    }

    /// Runs the due jobs; the mail that reached this address since the last time, if it was one.
    async fn mail(&self, to: &str) -> Mail {
        let before = self.server.mails.to(to).len();
        self.server.run_jobs().await;
        let mut mails = self.server.mails.to(to).split_off(before);
        assert_eq!(mails.len(), 1, "mails to {to}: {mails:#?}");
        mails.remove(0)
    }

    /// Runs the due jobs; the mails to the guest and to the owner.
    async fn mails(&self) -> (Mail, Mail) {
        let before = self.server.mails.to(&self.owner).len();
        let client = self.mail(GUEST).await;
        let mut mails = self.server.mails.to(&self.owner).split_off(before);
        assert_eq!(mails.len(), 1, "mails to the owner: {mails:#?}");
        (client, mails.remove(0))
    }
}

/// Fails unless the text and the HTML of the mail say all of this.
#[track_caller]
fn says(mail: &Mail, all: &[&str]) {
    // Lines that belong to one fact are set in.
    let text = mail.text.replace("\n  ", "\n");
    for part in all {
        assert!(text.contains(part), "{part:?} is not in:\n{}", mail.text);
        let html = part.replace('&', "&amp;").replace('\'', "&#39;").replace('\n', "<br>");
        let html = html.split(": ").last().unwrap();
        assert!(mail.html.contains(html), "{html:?} is not in:\n{}", mail.html);
    }
}

/// Fails if the mail says any of this.
#[track_caller]
fn does_not_say(mail: &Mail, none: &[&str]) {
    for part in none {
        assert!(!mail.text.contains(part), "{part:?} is in:\n{}", mail.text);
        assert!(!mail.html.contains(part), "{part:?} is in:\n{}", mail.html);
    }
}
