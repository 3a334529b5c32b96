//! A Stripe of our own that a server under test takes payments with.

use super::TestServer;
use super::server::{Answer, Call};
use serde_json::Value;
use std::net::TcpListener;
use stripe_simulator::{Endpoint, Handle, Settings};

const KEY: &str = "sk_test_suite";
const SECRET: &str = "whsec_suite";

/// A running simulator; its events go to the server.
pub struct Bank {
    simulator: Handle,
}

impl Bank {
    /// A server that takes payments, and who takes them. `settings` beside the defaults.
    pub async fn open(settings: &[(&str, &str)]) -> (TestServer, Self) {
        let simulator =
            stripe_simulator::start(TcpListener::bind("127.0.0.1:0").unwrap(), Settings::new(KEY)).unwrap();
        let url = simulator.url().to_owned();
        let mut all = vec![
            ("STRIPE_URL", url.as_str()),
            ("STRIPE_SECRET_KEY", KEY),
            ("STRIPE_WEBHOOK_SECRETS", SECRET),
        ];
        all.extend_from_slice(settings);
        let server = TestServer::spawn_with(&all).await;
        let url = format!("{}/api/v1/webhooks/stripe", server.url);
        simulator.send_events_to(Endpoint { url, secret: SECRET.to_owned() });
        (server, Self { simulator })
    }

    /// Does what `POST /_sim/{path}` does.
    pub fn control(&self, path: &str, params: &[(&str, &str)]) -> Value {
        self.simulator.control(path, params).unwrap()
    }

    /// The same, where it may be refused.
    pub fn try_control(&self, path: &str, params: &[(&str, &str)]) -> Result<Value, String> {
        self.simulator.control(path, params)
    }

    /// What the client presses on a payment page: `pay`, `decline` or `back`.
    pub async fn press(&self, server: &TestServer, page: &str, action: &str) {
        let answer = server.outside(page).form(&[("action", action)]).call().await;
        assert!(answer.status.is_redirection(), "{}", answer.text);
    }

    /// Does what somebody does in the processor's dashboard: a request of its API that we do not make.
    pub async fn in_dashboard(&self, server: &TestServer, path: &str, form: &[(&str, &str)]) -> Value {
        self.try_in_dashboard(server, path, form).await.json(200)
    }

    /// The same, whatever comes of it.
    pub async fn try_in_dashboard(&self, server: &TestServer, path: &str, form: &[(&str, &str)]) -> Answer {
        let url = format!("{}/v1/{path}", self.simulator.url());
        server.outside(&url).bearer_auth(KEY).form(form).call().await
    }

    /// What stands at a path of the processor's API.
    pub async fn look(&self, server: &TestServer, path: &str) -> Value {
        let url = format!("{}/v1/{path}", self.simulator.url());
        server.look_outside(&url).bearer_auth(KEY).call().await.json(200)
    }

    /// Tells all events that wait, each so many times: `given`, `reversed` or `shuffled`.
    pub async fn tell(&self, server: &TestServer, order: &str, copies: &str) {
        let url = format!("{}/_sim/deliveries/flush", self.simulator.url());
        let call = server.outside(&url).form(&[("order", order), ("copies", copies)]).call().await;
        assert_eq!(call.status, 200, "{}", call.text);
    }

    /// Waits until every event has been told.
    pub async fn told(&self) {
        while self.control("deliveries", &[])["idle"] != true {
            tokio::task::yield_now().await;
        }
    }

    /// What became of each charge.
    pub fn charges(&self) -> Vec<Value> {
        self.control("books", &[])["charges"].as_array().cloned().unwrap_or_default()
    }
}

/// The header that makes an event believed.
pub fn signature(event: &Value) -> String {
    signature_at(event, time::Duration::ZERO)
}

/// The header of an event that was signed so long after now, or before.
#[expect(clippy::disallowed_methods, reason = "signatures live by the clock of the outside world")]
pub fn signature_at(event: &Value, later: time::Duration) -> String {
    let at = time::OffsetDateTime::now_utc() + later;
    stripe_simulator::signature(SECRET, at.unix_timestamp(), &event.to_string())
}
