//! The simulator over HTTP: it refuses what Stripe refuses, and its books add up.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod deliveries;
mod kept;
mod keys;
mod pages;
mod rules;

use awc::http::StatusCode;
use serde_json::Value;
use std::net::TcpListener;
use stripe_simulator::{Handle, Settings, start};

const KEY: &str = "sk_test_http";

fn simulator(settings: Settings) -> Handle {
    start(TcpListener::bind("127.0.0.1:0").unwrap(), settings).unwrap()
}

fn fresh() -> Handle {
    simulator(Settings::new(KEY))
}

/// An answer of the API.
struct Told {
    status: u16,
    body: Value,
    is_replayed: bool,
}

impl Told {
    fn id(&self) -> String {
        self.body["id"].as_str().unwrap_or_else(|| panic!("{}", self.body)).to_owned()
    }

    /// The code of a refusal, or its kind where it has none.
    fn code(&self) -> &str {
        let error = &self.body["error"];
        error["code"].as_str().or(error["type"].as_str()).unwrap_or("no error")
    }
}

async fn ask(request: awc::ClientRequest, body: &str) -> Told {
    let request = request.insert_header(("content-type", "application/x-www-form-urlencoded"));
    let mut answer = request.send_body(body.to_owned()).await.unwrap();
    let body = answer.body().await.unwrap();
    Told {
        status: answer.status().as_u16(),
        is_replayed: answer.headers().contains_key("idempotent-replayed"),
        body: serde_json::from_slice(&body).unwrap_or_default(),
    }
}

async fn post(sim: &Handle, path: &str, body: &str) -> Told {
    ask(awc::Client::default().post(format!("{}/v1/{path}", sim.url())).bearer_auth(KEY), body).await
}

async fn get(sim: &Handle, path: &str) -> Told {
    ask(awc::Client::default().get(format!("{}/v1/{path}", sim.url())).bearer_auth(KEY), "").await
}

/// A payment that went through, of 50 euros.
async fn paid(sim: &Handle) -> String {
    let told =
        post(sim, "payment_intents", "amount=5000&currency=eur&payment_method=pm_card_visa&confirm=true")
            .await;
    assert_eq!(told.body["status"], "succeeded", "{}", told.body);
    told.id()
}

/// A page of a browser: its status, where it leads, and what it shows.
async fn browse(request: awc::ClientRequest, body: &str) -> (StatusCode, Option<String>, String) {
    let request = request.insert_header(("content-type", "application/x-www-form-urlencoded"));
    let mut answer = request.send_body(body.to_owned()).await.unwrap();
    let to = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
    let html = String::from_utf8(answer.body().await.unwrap().to_vec()).unwrap();
    (answer.status(), to, html)
}

/// A browser that stays where it is.
fn browser() -> awc::Client {
    awc::Client::builder().disable_redirects().finish()
}
