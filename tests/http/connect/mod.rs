//! A marketplace: providers have accounts of their own, and the platform keeps a share. The book and the simulator's books
//! are compared after each step.

mod disputes;
mod no_show;
mod onboarding;
mod outside;
mod payouts;
mod policy_clock;
mod service_change;
mod shares;

use crate::payments;
use crate::support::TestServer;
use crate::support::bank::Bank;
use crate::support::fixtures::{self, Shop};
use crate::support::server::{Answer, Call};
use contract::bookings::Booking;
use contract::payments::PendingPayment;
use contract::payouts::{OnboardingLink, PaymentSetup};
use reqwest::Method;
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

const MARKETPLACE: [(&str, &str); 2] = [("STRIPE_CONNECT", "true"), ("PLATFORM_FEE_PERCENT", "10")];

struct Market {
    server: TestServer,
    bank: Bank,
    shop: Shop,
    owner: String,
    day: OffsetDateTime,
}

impl Market {
    /// A shop without an account, whose service costs 50 euros at the provider's.
    async fn open(settings: &[(&str, &str)]) -> Self {
        let settings: Vec<_> = MARKETPLACE.iter().chain(settings).copied().collect();
        let (server, bank) = Bank::open(&settings).await;
        Self::of(server, bank).await
    }

    async fn of(server: TestServer, bank: Bank) -> Self {
        let shop = fixtures::shop(&server.db, "UTC").await;
        let owner = server.token(shop.owner);
        let day = sqlx::query_scalar("select date_trunc('day', app_now() + interval '10 days', 'UTC')")
            .fetch_one(&server.db)
            .await
            .unwrap();
        Self { server, bank, shop, owner, day }
    }

    /// The same with an account that takes charges, and the service prepaid.
    async fn ready(settings: &[(&str, &str)]) -> Self {
        let market = Self::open(settings).await;
        let page = market.onboard(&json!({})).await.json::<OnboardingLink>(200).url;
        market.bank.press(&market.server, &page, "finish").await;
        market.settled().await;
        market.prepay().await.json::<Value>(200);
        market
    }

    fn path(&self, rest: &str) -> String {
        format!("/providers/{}/{rest}", self.shop.provider)
    }

    async fn onboard(&self, wish: &Value) -> Answer {
        self.server.post(&self.path("payments/onboarding"), wish).bearer_auth(&self.owner).call().await
    }

    async fn setup(&self) -> PaymentSetup {
        self.server.get(&self.path("payments")).bearer_auth(&self.owner).call().await.json(200)
    }

    async fn refresh(&self) -> Answer {
        let request = self.server.request(Method::POST, &self.path("payments/refresh"));
        request.bearer_auth(&self.owner).call().await
    }

    /// Makes the service one that is paid when booking.
    async fn prepay(&self) -> Answer {
        let request = self.server.request(Method::PATCH, &format!("/services/{}", self.shop.service));
        let request = request.header("if-match", "*").bearer_auth(&self.owner);
        request.json(&json!({ "payment_mode": "full" })).call().await
    }

    async fn try_book(&self, hour: i64) -> Answer {
        let start = (self.day + Duration::hours(hour)).format(&Rfc3339).unwrap();
        let wish = json!({ "service_id": self.shop.service, "start_at": start,
            "client": { "name": "Ada", "email": "ada@example.org" } });
        self.server.post("/bookings", &wish).call().await
    }

    /// A booking that is paid for, as its client sees it.
    async fn paid(&self, hour: i64) -> (Booking, String) {
        let booking: Booking = self.try_book(hour).await.json(201);
        let token = booking.manage_token.clone().unwrap();
        let path = format!("/bookings/{}/payment", booking.id);
        let call = self.server.post(&path, &json!({})).header("x-manage-token", &token);
        let page = call.call().await.json::<PendingPayment>(200).page_url.unwrap();
        self.bank.press(&self.server, &page, "pay").await;
        self.settled().await;
        (self.read(&booking).await, token)
    }

    async fn read(&self, booking: &Booking) -> Booking {
        let path = format!("/bookings/{}", booking.id);
        self.server.get(&path).bearer_auth(&self.owner).call().await.json(200)
    }

    /// Does what its client or, without a token, its provider does to a booking.
    async fn act(&self, booking: &Booking, act: &str, token: Option<&str>) -> Answer {
        let version = self.read(booking).await.version;
        let call = self.server.request(Method::POST, &format!("/bookings/{}/{act}", booking.id));
        let call = call.header("if-match", format!("\"{version}\""));
        let call = if act == "cancel" { call.json(&json!({})) } else { call };
        let call = match token {
            Some(token) => call.header("x-manage-token", token),
            None => call.bearer_auth(&self.owner),
        };
        call.call().await
    }

    async fn settled(&self) {
        for _ in 0..2 {
            self.bank.told().await;
            self.server.run_jobs().await;
        }
    }

    async fn account(&self) -> String {
        sqlx::query_scalar("select account_id from payment_accounts order by updated_at limit 1")
            .fetch_one(&self.server.db)
            .await
            .unwrap()
    }

    /// What an account of the book has.
    async fn balance(&self, account: &str) -> i64 {
        sqlx::query_scalar(
            "select coalesce(sum(amount_minor), 0)::bigint from ledger_entries where account = $1",
        )
        .bind(account)
        .fetch_one(&self.server.db)
        .await
        .unwrap()
    }

    /// What the provider and the platform have, which book and simulator must agree on.
    async fn shares(&self) -> (i64, i64) {
        let (ours, theirs) = books(&self.server.db, &self.bank).await;
        assert_eq!(ours, theirs, "the book and the simulator's books differ");
        ours
    }
}

/// What provider and platform have: by our book, and by the simulator's books.
pub(crate) async fn books(db: &sqlx::PgPool, bank: &Bank) -> ((i64, i64), (i64, i64)) {
    let ours = sqlx::query_as(
        "select coalesce(sum(amount_minor) filter (where account = 'provider_balance'), 0)::bigint,
            coalesce(sum(amount_minor) filter (where account = 'platform_fees'), 0)::bigint from ledger_entries",
    );
    let books = bank.control("books", &[]);
    let euros = |balance: &Value| balance["eur"].as_i64().unwrap_or_default();
    let theirs = (euros(&books["accounts"][0]["balance"]), euros(&books["balance"]));
    (ours.fetch_one(db).await.unwrap(), theirs)
}

/// A shop that is ready for prepayment, for others to walk in.
pub(crate) async fn scene() -> payments::Scene {
    let Market { server, bank, shop, owner, day } = Market::ready(&[]).await;
    payments::Scene { server, bank, shop, owner, day }
}
