//! A provider's way to an account that takes payments.

use super::Market;
use crate::support::TestServer;
use crate::support::bank::Bank;
use crate::support::fixtures;
use crate::support::server::Call;
use contract::payouts::{OnboardingLink, PaymentScheme};
use contract::providers::ProviderList;
use contract::services::{Service, Services};
use contract::slots::{NextSlots, SlotList};
use reqwest::Method;
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;

#[actix_web::test]
async fn a_provider_sets_up_its_account_and_then_services_can_be_prepaid() {
    let market = Market::open(&[]).await;
    let setup = market.setup().await;
    assert_eq!((setup.available, setup.scheme), (true, Some(PaymentScheme::Marketplace)));
    assert!(!setup.ready && !setup.started && !setup.demo, "{setup:?}");
    assert_eq!((setup.platform_fee_rate, setup.platform_fee_returned), (1000, true));
    let refused = market.prepay().await.problem("invalid_fields");
    assert_eq!((&*refused.errors[0].pointer, &*refused.errors[0].code), ("/payment_mode", "payments_off"));

    // Left half done, it goes on with the same account.
    let page = market.onboard(&json!({})).await.json::<OnboardingLink>(200).url;
    let left = market.server.outside(&page).form(&[("action", "later")]).call().await;
    let back = format!("{}/dashboard/{}/payments", market.server.url, market.shop.provider);
    assert_eq!(left.header("location"), Some(&*format!("{back}?onboarding=done")));
    let setup = market.setup().await;
    assert!(setup.started && !setup.ready && setup.missing > 0, "{setup:?}");
    market.prepay().await.problem("invalid_fields");
    let used = market.server.outside(&page).form(&[("action", "finish")]).call().await;
    assert_eq!(used.header("location"), Some(&*format!("{back}?onboarding=again")));
    let page = market.onboard(&json!({})).await.json::<OnboardingLink>(200).url;
    market.bank.press(&market.server, &page, "finish").await;
    market.settled().await;
    let setup = market.setup().await;
    assert!(setup.ready && setup.can_charge && setup.can_pay_out && setup.details_submitted, "{setup:?}");
    assert_eq!(setup.missing, 0);
    market.prepay().await.json::<Value>(200);
    assert_eq!(market.bank.control("books", &[])["accounts"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn coming_back_is_enough_to_know() {
    let market = Market::open(&[]).await;
    assert!(!market.refresh().await.json::<contract::payouts::PaymentSetup>(200).started);
    let page = market.onboard(&json!({})).await.json::<OnboardingLink>(200).url;
    market.bank.control("deliveries/hold", &[]);
    market.bank.press(&market.server, &page, "finish").await;
    assert!(!market.setup().await.ready);
    assert!(market.refresh().await.json::<contract::payouts::PaymentSetup>(200).ready);
    assert!(market.setup().await.ready);
}

#[actix_web::test]
async fn an_account_that_loses_charging_takes_no_bookings_that_are_prepaid() {
    let market = Market::ready(&[]).await;
    let account = market.account().await;
    market.bank.control(&format!("accounts/{account}"), &[("charges_enabled", "false")]);
    market.settled().await;
    let setup = market.setup().await;
    assert!(!setup.ready && setup.started && setup.missing == 1, "{setup:?}");
    let refused = market.try_book(10).await.problem("payments_off");
    assert!(refused.detail.is_some_and(|words| words.contains("ask the provider")));
    let bookings: i64 =
        sqlx::query_scalar("select count(*) from bookings").fetch_one(&market.server.db).await.unwrap();
    assert_eq!(bookings, 0);

    market.bank.control(&format!("accounts/{account}"), &[("charges_enabled", "true")]);
    market.settled().await;
    let (booking, _) = market.paid(10).await;
    assert_eq!(booking.money.paid_minor, 5000);
}

impl Market {
    /// Whether the account takes charges from now on.
    async fn charges(&self, enabled: &str) {
        let account = self.account().await;
        self.bank.control(&format!("accounts/{account}"), &[("charges_enabled", enabled)]);
        self.settled().await;
    }

    /// What anybody sees of the service: whether it can be paid, and how many free times there are, on its own, of all services
    /// and in the list of providers.
    async fn offered(&self) -> (bool, [usize; 3]) {
        let services: Services = self.server.get(&self.path("services")).call().await.json(200);
        let service: Service =
            self.server.get(&format!("/services/{}", self.shop.service)).call().await.json(200);
        assert_eq!(services.items[0].payable, service.payable);
        let slots: SlotList = self.server.get(&self.slots("")).call().await.json(200);
        let next: NextSlots = self.server.get(&self.path("next-slots")).call().await.json(200);
        let cards: ProviderList = self.server.get("/providers").call().await.json(200);
        let free = [slots.days.len(), next.items[0].slots.len(), cards.items[0].next_slots.len()];
        (service.payable, free.map(|count| count.min(1)))
    }

    fn slots(&self, more: &str) -> String {
        let day = self.day.date();
        format!("/services/{}/slots?from={day}&to={day}{more}", self.shop.service)
    }
}

#[actix_web::test]
async fn what_cannot_be_paid_now_is_offered_to_nobody_and_says_so() {
    let market = Market::ready(&[]).await;
    assert_eq!(market.offered().await, (true, [1, 1, 1]));
    assert_eq!(market.setup().await.prepaid_services, 1);
    let path = market.path("services");
    let known = market.server.get(&path).bearer_auth(&market.owner).call().await;
    let known = known.header("etag").unwrap().to_owned();
    market.charges("false").await;
    assert_eq!(market.offered().await, (false, [0, 0, 0]));
    let seen = market.server.get(&path).bearer_auth(&market.owner).header("if-none-match", &known);
    assert!(!seen.call().await.json::<Services>(200).items[0].payable, "members learn it too");
    let at = (market.day + time::Duration::hours(10)).format(&Rfc3339).unwrap();
    let path = format!("/services/{}/slots/explain?at={at}", market.shop.service);
    let why: Value = market.server.get(&path).call().await.json(200);
    assert_eq!(why["reason"], "payments_off");
    // Members book for clients without paying.
    for more in ["", "&for_client=true"] {
        let call = market.server.get(&market.slots(more)).bearer_auth(&market.owner);
        assert_eq!(call.call().await.json::<SlotList>(200).days.len(), 1, "{more}");
    }
    // What is paid there needs no account.
    let call = market.server.request(Method::PATCH, &format!("/services/{}", market.shop.service));
    let call = call.header("if-match", "*").json(&json!({ "payment_mode": "on_site" }));
    assert!(call.bearer_auth(&market.owner).call().await.json::<Service>(200).payable);
    assert_eq!(market.offered().await, (true, [1, 1, 1]));
    assert_eq!(market.setup().await.prepaid_services, 0);
}

#[actix_web::test]
async fn owners_are_told_once_when_payments_pause_and_when_they_go_on() {
    let market = Market::ready(&[]).await;
    assert!(market.server.mails.take().is_empty(), "who sets an account up knows");
    let told = |subject: &str, words: &str| {
        let mails = market.server.mails.take();
        assert_eq!(mails.len(), 1, "{mails:?}");
        assert_eq!(mails[0].subject, subject);
        assert!(mails[0].text.contains(words), "{}", mails[0].text);
    };
    market.charges("false").await;
    told(
        "Payments are paused: Corner Shop",
        "your services that are paid when booking cannot be booked online",
    );
    market.refresh().await.json::<contract::payouts::PaymentSetup>(200);
    market.charges("false").await;
    assert!(market.server.mails.take().is_empty(), "it was told");
    market.charges("true").await;
    told("Payments go on: Corner Shop", "can be booked online again");
    sqlx::query("update services set payment_mode = 'on_site'").execute(&market.server.db).await.unwrap();
    market.charges("false").await;
    told("Payments are paused: Corner Shop", "clients book and pay on site as before");
}

#[actix_web::test]
async fn an_account_is_made_once_whatever_gets_lost() {
    let market = Market::open(&[]).await;
    // It was made, but nobody heard of it.
    market.bank.control("faults", &[("kind", "drop_after"), ("path", "/v1/accounts")]);
    let lost = market.onboard(&json!({})).await.problem("unavailable");
    assert_eq!(lost.status, 503);
    assert!(!market.setup().await.started);
    let wish = json!({});
    let (one, two) = futures_util::future::join(market.onboard(&wish), market.onboard(&wish)).await;
    for answer in [one, two] {
        answer.json::<OnboardingLink>(200);
    }
    assert_eq!(market.bank.control("books", &[])["accounts"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn the_country_is_the_providers_or_one_that_it_names() {
    let market = Market::open(&[]).await;
    sqlx::query("update providers set country = null").execute(&market.server.db).await.unwrap();
    for (wish, code) in [
        (json!({}), "required"),
        (json!({ "country": "" }), "required"),
        (json!({ "country": "XX" }), "country"),
        (json!({ "country": "Germany" }), "length"),
    ] {
        let refused = market.onboard(&wish).await.problem("invalid_fields");
        assert_eq!((&*refused.errors[0].pointer, &*refused.errors[0].code), ("/country", code), "{wish}");
    }
    assert!(!market.setup().await.started);
    market.onboard(&json!({ "country": "at" })).await.json::<OnboardingLink>(200);
    market.onboard(&json!({ "nonsense": 1 })).await.problem("malformed_body");
}

#[actix_web::test]
async fn only_owners_see_to_the_money() {
    let market = Market::open(&[]).await;
    let member = fixtures::person(&market.server.db, "Member").await;
    sqlx::query("insert into memberships (user_id, provider_id, role) values ($1, $2, 'member')")
        .bind(member)
        .bind(market.shop.provider)
        .execute(&market.server.db)
        .await
        .unwrap();
    for user in [member, fixtures::person(&market.server.db, "Stranger").await] {
        let token = market.server.token(user);
        market.server.get(&market.path("payments")).bearer_auth(&token).call().await.problem("not_found");
        let call = market.server.post(&market.path("payments/onboarding"), &json!({}));
        call.bearer_auth(&token).call().await.problem("not_found");
        for path in ["transactions", "transactions.csv?month=2026-11", "balance", "payouts"] {
            let call = market.server.get(&market.path(path)).bearer_auth(&token);
            call.call().await.problem("not_found");
        }
    }
    // What a client asks at the desk, everybody at the desk sees to.
    let call = market.server.get(&market.path("coupons")).bearer_auth(market.server.token(member));
    call.call().await.json::<Value>(200);
    market.server.get(&market.path("payments")).call().await.problem("unauthenticated");
}

#[actix_web::test]
async fn where_one_account_takes_all_there_is_nothing_to_set_up() {
    let (server, bank) = Bank::open(&[("PLATFORM_FEE_PERCENT", "10")]).await;
    let market = Market::of(server, bank).await;
    let setup = market.setup().await;
    assert_eq!(setup.scheme, Some(PaymentScheme::OneAccount));
    assert!(setup.ready && setup.can_charge && setup.can_pay_out && !setup.started, "{setup:?}");
    assert_eq!(setup.platform_fee_rate, 0, "the money is the platform's already");
    let refused = market.onboard(&json!({})).await.problem("payments_off");
    assert!(refused.detail.is_some_and(|words| words.contains("nothing to set up")));
    market.refresh().await.json::<contract::payouts::PaymentSetup>(200);
    market.prepay().await.json::<Value>(200);
}

#[actix_web::test]
async fn a_server_without_payments_says_so() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let owner = server.token(shop.owner);
    let path = format!("/providers/{}/payments", shop.provider);
    let setup: contract::payouts::PaymentSetup = server.get(&path).bearer_auth(&owner).call().await.json(200);
    assert!(!setup.available && !setup.ready && setup.scheme.is_none(), "{setup:?}");
    let call = server.post(&format!("{path}/onboarding"), &json!({})).bearer_auth(&owner);
    call.call().await.problem("payments_off");
}
