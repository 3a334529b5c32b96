//! Requests that async-stripe builds, sent by reqwest: one pool of connections, and answers of which we read what we need.

use super::error::refusal;
use crate::payments::ProcessorError;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder as Sending};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use std::time::Duration;
use stripe_client_core::{RequestBuilder, StripeMethod, StripeRequest};
use stripe_shared::version::VERSION;
use url::Url;

/// The way to Stripe.
pub(super) struct Wire {
    client: Client,
    base: String,
    key: SecretString,
}

impl Wire {
    pub fn new(base: &Url, key: SecretString, timeout: Duration) -> Result<Self, reqwest::Error> {
        // The key goes to the configured address and nowhere else.
        let client = Client::builder()
            .timeout(timeout)
            .connect_timeout(timeout)
            .redirect(Policy::none())
            .user_agent(concat!("Appointed/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, base: base.as_str().trim_end_matches('/').to_owned(), key })
    }

    /// Reads.
    pub async fn get<T: DeserializeOwned>(
        &self,
        request: &impl StripeRequest,
        account: Option<&str>,
    ) -> Result<T, ProcessorError> {
        self.send(request.build(), None, account).await
    }

    /// Changes. With a key the same request has one effect, however often it is sent.
    pub async fn post<T: DeserializeOwned>(
        &self,
        request: &impl StripeRequest,
        key: Option<&str>,
    ) -> Result<T, ProcessorError> {
        self.send(request.build(), key, None).await
    }

    async fn send<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        key: Option<&str>,
        account: Option<&str>,
    ) -> Result<T, ProcessorError> {
        let path = request.path.clone();
        let mut sending = self.request(request);
        if let Some(key) = key {
            sending = sending.header("idempotency-key", header(key)?);
        }
        if let Some(account) = account {
            sending = sending.header("stripe-account", header(account)?);
        }
        let response = sending.send().await.map_err(|error| lost(&error))?;
        let status = response.status();
        let id = response.headers().get("request-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
        let body = response.bytes().await.map_err(|error| lost(&error))?;
        if !status.is_success() {
            let refused = refusal(status.as_u16(), &body);
            // With this id Stripe's support finds the request.
            tracing::info!(path, request_id = id, error = %refused, "Stripe did not do what it was asked");
            return Err(refused);
        }
        // The effect happened; asking again with the same key tells it again.
        serde_json::from_slice(&body)
            .map_err(|error| ProcessorError::Temporary(format!("its answer cannot be read: {error}")))
    }

    fn request(&self, request: RequestBuilder) -> Sending {
        let method = match request.method {
            StripeMethod::Get => Method::GET,
            StripeMethod::Post => Method::POST,
            StripeMethod::Delete => Method::DELETE,
        };
        let query = request.query.filter(|query| !query.is_empty()).map(|query| format!("?{query}"));
        let url = format!("{}/v1{}{}", self.base, request.path, query.unwrap_or_default());
        let sending = self
            .client
            .request(method, url)
            .bearer_auth(self.key.expose_secret())
            .header("stripe-version", VERSION.as_str());
        match request.body {
            Some(body) => sending.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body),
            None => sending,
        }
    }
}

fn header(text: &str) -> Result<HeaderValue, ProcessorError> {
    let unusable = || ProcessorError::Permanent {
        code: "key_invalid".to_owned(),
        message: "a key or an account has letters that a header cannot carry".to_owned(),
    };
    HeaderValue::from_str(text).ok().filter(|_| !text.is_empty() && text.len() <= 255).ok_or_else(unusable)
}

/// What reqwest says, without the address.
fn lost(error: &reqwest::Error) -> ProcessorError {
    let what = match error {
        error if error.is_timeout() => "it took too long",
        error if error.is_connect() => "it cannot be reached",
        _ => "the connection broke",
    };
    ProcessorError::Temporary(what.to_owned())
}
