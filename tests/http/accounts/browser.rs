//! What a browser keeps of a session.

use crate::support::TestServer;
use crate::support::server::{Answer, Call};
use contract::accounts::Session;
use reqwest::Method;
use reqwest::RequestBuilder;
use serde_json::Value;

/// A session as one browser holds it.
#[derive(Debug, Clone)]
pub struct Browser {
    /// The session as last answered.
    pub session: Session,
    /// The refresh cookie's value.
    pub cookie: String,
}

impl Browser {
    /// Keeps what an answer brought.
    #[track_caller]
    pub fn of(answer: &Answer, status: u16) -> Self {
        Self { session: answer.json(status), cookie: cookie(answer).expect("a refresh cookie").to_owned() }
    }

    pub fn request(&self, server: &TestServer, method: Method, path: &str) -> RequestBuilder {
        server.request(method, path).bearer_auth(&self.session.access_token)
    }

    pub async fn get(&self, server: &TestServer, path: &str) -> Answer {
        self.request(server, Method::GET, path).call().await
    }

    pub async fn post(&self, server: &TestServer, path: &str, body: &Value) -> Answer {
        self.request(server, Method::POST, path).json(body).call().await
    }

    pub async fn delete(&self, server: &TestServer, path: &str) -> Answer {
        self.request(server, Method::DELETE, path).call().await
    }

    /// Presents the refresh cookie.
    pub async fn refresh(&self, server: &TestServer) -> Answer {
        with_cookie(server, "/auth/refresh", &self.cookie).call().await
    }

    /// Refreshes, which must work, and keeps what comes back.
    pub async fn refreshed(&self, server: &TestServer) -> Self {
        Self::of(&self.refresh(server).await, 200)
    }

    pub async fn log_out(&self, server: &TestServer) -> Answer {
        with_cookie(server, "/auth/logout", &self.cookie).call().await
    }
}

/// A POST without a body that carries the refresh cookie.
pub fn with_cookie(server: &TestServer, path: &str, value: &str) -> RequestBuilder {
    server.request(Method::POST, path).header("cookie", format!("refresh={value}"))
}

/// The value of the refresh cookie that an answer sets.
pub fn cookie(answer: &Answer) -> Option<&str> {
    let line = answer.header("set-cookie")?;
    line.split(';').next()?.strip_prefix("refresh=")
}
