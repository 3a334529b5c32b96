//! Webhooks: events are posted, signed, to the endpoint, and again until it takes them.

use crate::server::Shared;
use crate::shelf::Object;
use hmac::{Hmac, KeyInit, Mac};
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::Sha256;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// How long the endpoint may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long until the second attempt; each further wait is twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// How often an event is tried.
const ATTEMPTS: u32 = 12;

/// Where events go, and the secret they are signed with.
#[derive(Clone)]
pub struct Endpoint {
    /// An address with `http://`.
    pub url: String,
    /// The signing secret: `whsec_…`.
    pub secret: String,
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Endpoint").field("url", &self.url).finish_non_exhaustive()
    }
}

/// An event that is still to be delivered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Delivery {
    pub event: String,
    pub attempts: u32,
    /// Not before then.
    #[serde(skip)]
    due: Option<Instant>,
}

impl Delivery {
    pub fn new(event: String) -> Self {
        Self { event, attempts: 0, due: None }
    }

    fn is_due(&self) -> bool {
        self.due.is_none_or(|due| due <= Instant::now())
    }
}

/// In which order held events are let go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Given,
    Reversed,
    Shuffled,
}

/// The header that proves where a body comes from.
pub fn signature(secret: &str, at: i64, body: &str) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap_or_else(|_| Hmac::new(&Default::default()));
    mac.update(format!("{at}.{body}").as_bytes());
    format!("t={at},v1={}", hex::encode(mac.finalize().into_bytes()))
}

/// Delivers for as long as the simulator lives.
pub(crate) async fn deliver(shared: Arc<Shared>) {
    loop {
        while let Some(delivery) = next(&shared) {
            attempt(&shared, delivery).await;
            shared.sending.fetch_sub(1, Ordering::SeqCst);
        }
        // Retries come due without a word, and so does what time alone brings about.
        let _ = tokio::time::timeout(Duration::from_millis(100), shared.news.notified()).await;
        shared.with(|books| books.pass_time());
    }
}

/// Takes what is due. Without an endpoint nobody waits for events.
fn next(shared: &Shared) -> Option<Delivery> {
    let (held, listened) = (shared.held.load(Ordering::SeqCst), shared.endpoint().is_some());
    let mut books = shared.books();
    if held {
        return None;
    }
    if !listened {
        books.queue.clear();
        return None;
    }
    let at = books.queue.iter().position(Delivery::is_due)?;
    shared.sending.fetch_add(1, Ordering::SeqCst);
    Some(books.queue.remove(at))
}

async fn attempt(shared: &Shared, mut delivery: Delivery) -> Value {
    let status = post(shared, &delivery.event).await;
    let is_taken = status.is_some_and(|status| (200..300).contains(&status));
    let mut books = shared.books();
    let kind = books.events.find(&delivery.event).map(|event| event.kind.clone());
    let told =
        json!({ "event": delivery.event, "type": kind, "status": status, "attempt": delivery.attempts + 1 });
    if is_taken {
        if let Ok(event) = books.events.get_mut(&delivery.event) {
            event.pending_webhooks = 0;
        }
        return told;
    }
    delivery.attempts += 1;
    if delivery.attempts < ATTEMPTS {
        delivery.due = Some(Instant::now() + FIRST_WAIT * 2_u32.pow(delivery.attempts - 1));
        books.queue.push(delivery);
    }
    told
}

/// Posts an event: the status of the answer, if one came.
async fn post(shared: &Shared, event: &str) -> Option<u16> {
    let endpoint = shared.endpoint()?;
    let (body, now) = {
        let books = shared.books();
        (books.event_body(event)?, books.now())
    };
    let request = awc::Client::builder()
        .timeout(PATIENCE)
        .finish()
        .post(&endpoint.url)
        .insert_header(("content-type", "application/json; charset=utf-8"))
        .insert_header(("user-agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)"))
        .insert_header(("stripe-signature", signature(&endpoint.secret, now, &body)));
    request.send_body(body).await.ok().map(|response| response.status().as_u16())
}

/// Lets everything go that waits, each so many times, in that order: what the endpoint answered.
pub(crate) async fn flush(shared: &Shared, order: Order, copies: usize) -> Vec<Value> {
    let mut waiting: Vec<Delivery> = std::mem::take(&mut shared.books().queue);
    waiting = waiting.into_iter().flat_map(|delivery| vec![delivery; copies]).collect();
    match order {
        Order::Given => {}
        Order::Reversed => waiting.reverse(),
        Order::Shuffled => waiting.shuffle(&mut rand::rng()),
    }
    let mut told = Vec::new();
    for delivery in waiting {
        told.push(attempt(shared, delivery).await);
    }
    told
}

/// Sends an event once more, whatever became of it before.
pub(crate) async fn resend(shared: &Shared, event: &str) -> Option<Value> {
    shared.books().events.find(event)?.id();
    Some(attempt(shared, Delivery::new(event.to_owned())).await)
}
