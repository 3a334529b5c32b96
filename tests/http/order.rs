//! Services put in order.

use crate::support::server::{Answer, Call};
use crate::support::{TestServer, fixtures};
use contract::services::Services;
use fixtures::Shop;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

struct Scene {
    server: TestServer,
    shop: Shop,
    services: Vec<Uuid>,
}

impl Scene {
    /// A shop with three services, the last of them archived.
    async fn open() -> Self {
        let server = TestServer::spawn().await;
        let shop = fixtures::shop(&server.db, "UTC").await;
        let mut services = vec![shop.service];
        for position in 1..3 {
            let id = fixtures::service(&server.db, shop.provider, 30, 1).await;
            let place = "update services set position = $2, status = case $2 when 2 then 'archived' else status end where id = $1";
            sqlx::query(place).bind(id).bind(position).execute(&server.db).await.unwrap();
            services.push(id);
        }
        Self { server, shop, services }
    }

    async fn order(&self, services: &[Uuid], version: &str) -> Answer {
        let path = format!("/providers/{}/services/order", self.shop.provider);
        self.server
            .request(Method::PUT, &path)
            .json(&json!({ "services": services }))
            .bearer_auth(self.server.token(self.shop.owner))
            .header("if-match", version)
            .call()
            .await
    }

    async fn listed(&self) -> (Vec<Uuid>, String) {
        let path = format!("/providers/{}/services", self.shop.provider);
        let list: Services = self.server.get(&path).call().await.json(200);
        (list.items.iter().map(|service| service.id).collect(), format!("\"{}\"", list.version))
    }
}

#[actix_web::test]
async fn the_page_follows_the_providers_order() {
    let scene = Scene::open().await;
    let [first, second, archived] = scene.services[..] else { panic!() };
    assert_eq!(scene.listed().await, (vec![first, second], "\"1\"".to_owned()));
    let answer = scene.order(&[second, first], "\"1\"").await;
    let list: Services = answer.json(200);
    let ids: Vec<Uuid> = list.items.iter().map(|service| service.id).collect();
    assert_eq!(ids, [second, first, archived], "what is archived comes last");
    assert_eq!((list.version, answer.etag().as_str()), (2, "\"2\""));
    assert_eq!(scene.listed().await, (vec![second, first], "\"2\"".to_owned()));

    // The same again changes nothing; an archived one may be placed; a new one comes last.
    assert_eq!(scene.order(&[second, first], "\"2\"").await.etag(), "\"2\"");
    scene.order(&[archived, first, second], "\"2\"").await.json::<Services>(200);
    let body = json!({ "name": "New", "duration_minutes": 30 });
    let path = format!("/providers/{}/services", scene.shop.provider);
    let made = scene.server.post(&path, &body).bearer_auth(scene.server.token(scene.shop.owner)).call().await;
    let made: contract::services::Service = made.json(201);
    assert_eq!(scene.listed().await, (vec![first, second, made.id], "\"4\"".to_owned()));
    scene.order(&[first, second], "\"3\"").await.problem("version_mismatch");
}

#[actix_web::test]
async fn what_is_wrong_with_an_order_is_pointed_at() {
    let scene = Scene::open().await;
    let [first, second, _] = scene.services[..] else { panic!() };
    let foreign = fixtures::shop(&scene.server.db, "UTC").await.service;
    for (services, faults) in [
        (vec![first], vec![("/services", "missing")]),
        (vec![], vec![("/services", "missing"), ("/services", "missing")]),
        (vec![first, second, first], vec![("/services/2", "repeated")]),
        (vec![first, foreign, second], vec![("/services/1", "unknown")]),
        (vec![Uuid::now_v7(), second], vec![("/services/0", "unknown"), ("/services", "missing")]),
    ] {
        let problem = scene.order(&services, "*").await.problem("invalid_fields");
        let found: Vec<_> =
            problem.errors.iter().map(|error| (error.pointer.as_str(), error.code.as_str())).collect();
        assert_eq!(found, faults);
    }
    assert_eq!(scene.listed().await, (vec![first, second], "\"1\"".to_owned()));
    let path = format!("/providers/{}/services/order", scene.shop.provider);
    let owner = scene.server.token(scene.shop.owner);
    let bare = || scene.server.request(Method::PUT, &path).bearer_auth(&owner);
    bare().json(&json!({ "services": [first, second] })).call().await.problem("precondition_required");
    bare().json(&json!({ "services": "all" })).header("if-match", "*").call().await.problem("malformed_body");
}

#[actix_web::test]
async fn a_repeated_order_is_answered_alike() {
    let scene = Scene::open().await;
    let [first, second, _] = scene.services[..] else { panic!() };
    let path = format!("/providers/{}/services/order", scene.shop.provider);
    let send = async || {
        scene
            .server
            .request(Method::PUT, &path)
            .json(&json!({ "services": [second, first] }))
            .bearer_auth(scene.server.token(scene.shop.owner))
            .header("if-match", "\"1\"")
            .header("idempotency-key", "order")
            .call()
            .await
    };
    assert_eq!(send().await.json::<Services>(200), send().await.json::<Services>(200));
    assert_eq!(scene.listed().await.1, "\"2\"");
}

#[actix_web::test]
async fn the_tag_that_members_read_is_the_one_that_they_order_with() {
    let scene = Scene::open().await;
    let [first, second, archived] = scene.services[..] else { panic!() };
    let owner = scene.server.token(scene.shop.owner);
    let path = format!("/providers/{}/services", scene.shop.provider);
    let read = async || scene.server.get(&path).bearer_auth(&owner).call().await;
    let before = read().await;
    assert_eq!(before.etag(), "\"1\"");
    assert_eq!(before.json::<Services>(200).items.len(), 3);
    let again = scene.server.get(&path).bearer_auth(&owner).header("if-none-match", before.etag());
    assert_eq!(again.call().await.status, 304);
    let public = scene.server.get(&path).call().await;
    assert_ne!(public.etag(), before.etag(), "visitors see another list");

    scene.order(&[second, first, archived], &before.etag()).await.json::<Services>(200);
    scene.order(&[first, second, archived], &before.etag()).await.problem("version_mismatch");
    let now = read().await;
    assert_eq!(now.etag(), "\"2\"");
    scene.order(&[first, second, archived], &now.etag()).await.json::<Services>(200);

    // Services tell prices in the provider's currency, so another one is another list.
    sqlx::query("update services set price_minor = 0").execute(&scene.server.db).await.unwrap();
    let known = read().await.etag();
    let change = scene.server.request(Method::PATCH, &format!("/providers/{}", scene.shop.provider));
    let change = change.bearer_auth(&owner).header("if-match", "*").json(&json!({ "currency": "CHF" }));
    assert_eq!(change.call().await.status, 200);
    let again = scene.server.get(&path).bearer_auth(&owner).header("if-none-match", known).call().await;
    assert_eq!(again.json::<Services>(200).items[0].currency, "CHF");
}
