//! Accounts over HTTP.

mod admin;
pub mod browser;
mod email;
mod login;
mod me;
mod password;
mod refresh;
mod registration;
mod sessions;
mod tokens;

use crate::support::TestServer;
use crate::support::server::{Answer, Call};
use browser::Browser;
use integrations::mail::Mail;
use serde_json::{Value, json};

/// What most tests register with.
pub const PASSWORD: &str = "correct horse battery";

fn registration(email: &str) -> Value {
    json!({ "email": email, "password": PASSWORD, "name": "Ada Lovelace", "time_zone": "Europe/London" })
}

/// A person with an account, logged in.
pub async fn registered(server: &TestServer, email: &str) -> Browser {
    let answer = server.post("/auth/register", &registration(email)).call().await;
    Browser::of(&answer, 201)
}

pub async fn log_in(server: &TestServer, email: &str, password: &str) -> Answer {
    server.post("/auth/login", &json!({ "email": email, "password": password })).call().await
}

/// Runs the jobs that are due and returns the mails they sent.
pub async fn deliver(server: &TestServer) -> Vec<Mail> {
    server.run_jobs().await;
    server.mails.take()
}

/// The token in the link of the one mail that is sent now.
pub async fn mailed_token(server: &TestServer, kind: &str) -> String {
    let mails = deliver(server).await;
    let mail = mails.iter().find(|mail| mail.kind == kind).expect("a mail of this kind");
    let (_, rest) = mail.text.split_once("#").expect("a link with a token");
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}
