//! The adapter for Stripe, against the simulator over real sockets, and against other people's programs.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]
#![allow(clippy::disallowed_methods, reason = "pages and signatures live by the clock of the outside world")]

mod amounts;
mod counterparts;
mod events;
mod faults;
mod lists;
mod payees;
mod payments;
mod refunds;

use domain::money::{Currency, Money};
use integrations::payments::stripe::{Settings, Stripe};
use integrations::payments::{Capture, Page, PageOrder, Payment, Processor, RefundOrder};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::net::TcpListener;
use std::time::Duration;
use stripe_simulator::Handle;
use time::OffsetDateTime;

const KEY: &str = "sk_test_world";
const SECRET: &str = "whsec_world";

/// A simulator and the way to it.
struct World {
    sim: Handle,
    stripe: Stripe,
}

impl World {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let sim = stripe_simulator::start(listener, stripe_simulator::Settings::new(KEY)).unwrap();
        let stripe = way(sim.url(), KEY, true, Duration::from_secs(10));
        Self { sim, stripe }
    }

    /// What a test does to the simulator.
    fn sim(&self, path: &str, params: &[(&str, &str)]) -> serde_json::Value {
        self.sim.control(path, params).unwrap()
    }

    /// What the simulator's books say of a payment's charge.
    fn booked(&self, payment: &str) -> serde_json::Value {
        let books = self.sim("books", &[]);
        let charges = books["charges"].as_array().unwrap();
        charges.iter().find(|charge| charge["payment_intent"] == payment).cloned().unwrap_or_default()
    }

    /// A page on which somebody paid.
    async fn paid(&self, order: &PageOrder, key: &str) -> Payment {
        let page = self.stripe.open_page(order, key).await.unwrap();
        self.sim(&format!("sessions/{}/pay", page.id), &[]);
        let page: Page = self.stripe.page(&page.id).await.unwrap();
        self.stripe.payment(&page.payment.unwrap()).await.unwrap()
    }
}

/// An adapter for what answers at that address.
fn way(url: &str, key: &str, connect: bool, timeout: Duration) -> Stripe {
    // Somebody else may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let settings = Settings {
        base_url: url.parse().unwrap(),
        key: SecretString::from(key.to_owned()),
        webhook_secrets: vec![SecretString::from(SECRET.to_owned())],
        connect,
        timeout,
    };
    Stripe::new(settings).unwrap()
}

fn money(minor: i64, code: &str) -> Money {
    Money::new(minor, Currency::parse(code).unwrap())
}

fn euro(minor: i64) -> Money {
    money(minor, "EUR")
}

fn metadata() -> BTreeMap<String, String> {
    BTreeMap::from([("booking".to_owned(), "b-1".to_owned()), ("payment".to_owned(), "p-1".to_owned())])
}

fn order(amount: Money) -> PageOrder {
    PageOrder {
        amount,
        title: "Haircut & beard".to_owned(),
        details: Some("Tue 3 March, 10:00".to_owned()),
        email: Some("ann@example.org".to_owned()),
        language: "de".to_owned(),
        reference: "p-1".to_owned(),
        metadata: metadata(),
        expires_at: OffsetDateTime::now_utc() + time::Duration::minutes(31),
        success_url: "https://book.example.org/paid?page={CHECKOUT_SESSION_ID}".to_owned(),
        cancel_url: "https://book.example.org/back".to_owned(),
        capture: Capture::AtOnce,
        split: None,
    }
}

fn back(payment: &str, amount: Money) -> RefundOrder {
    RefundOrder {
        payment: payment.to_owned(),
        amount,
        from_payee: false,
        return_fee: false,
        metadata: metadata(),
    }
}
