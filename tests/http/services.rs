//! Services over HTTP: offered, changed, archived, and seen by those who may.

use crate::support::server::{Answer, Call};
use crate::support::{TestServer, fixtures};
use contract::bookings::{Booking, BookingStatus};
use contract::problem::Problem;
use contract::services::{Location, Service, ServiceStatus, Services};
use contract::slots::SlotList;
use fixtures::Shop;
use reqwest::Method;
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

struct Scene {
    server: TestServer,
    shop: Shop,
    token: String,
    stranger: String,
}

async fn scene() -> Scene {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "Europe/Berlin").await;
    let token = server.token(shop.owner);
    let stranger = server.token(fixtures::person(&server.db, "Stranger").await);
    Scene { server, shop, token, stranger }
}

fn massage() -> Value {
    json!({
        "name": " Massage ", "duration_minutes": 50, "price_minor": 7400, "buffer_after_minutes": 10,
        "minimum_notice_minutes": 120, "slot_step_minutes": 15, "location": "online", "location_detail": "https://meet.example/1",
    })
}

impl Scene {
    async fn create(&self, body: &Value) -> Answer {
        let path = format!("/providers/{}/services", self.shop.provider);
        self.server.post(&path, body).bearer_auth(&self.token).call().await
    }

    async fn update(&self, token: &str, id: Uuid, version: &str, patch: &Value) -> Answer {
        let request = self.server.request(Method::PATCH, &format!("/services/{id}")).json(patch);
        request.bearer_auth(token).header("if-match", version).call().await
    }

    async fn list(&self, token: Option<&str>) -> Vec<Service> {
        let request = self.server.get(&format!("/providers/{}/services", self.shop.provider));
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        request.call().await.json::<Services>(200).items
    }
}

fn pointers(problem: &Problem) -> Vec<&str> {
    problem.errors.iter().map(|error| error.pointer.as_str()).collect()
}

#[actix_web::test]
async fn a_new_service_is_last_in_the_list_and_keeps_its_link_private() {
    let scene = scene().await;
    let answer = scene.create(&massage()).await;
    let service: Service = answer.json(201);
    assert_eq!(answer.header("location"), Some(format!("/api/v1/services/{}", service.id).as_str()));
    assert_eq!(answer.etag(), "\"1\"");
    assert_eq!((service.name.as_str(), service.currency.as_str(), service.position), ("Massage", "EUR", 1));
    assert_eq!((service.capacity, service.horizon_days, service.location), (1, 60, Location::Online));

    let own = scene.list(Some(&scene.token)).await;
    assert_eq!(own.iter().map(|one| one.id).collect::<Vec<_>>(), [scene.shop.service, service.id]);
    assert_eq!(own[1].location_detail.as_deref(), Some("https://meet.example/1"));
    for token in [None, Some(scene.stranger.as_str())] {
        let seen = scene.list(token).await;
        assert_eq!((seen.len(), seen[1].location_detail.as_deref()), (2, None));
    }
    let path = format!("/services/{}", service.id);
    let seen = scene.server.get(&path).call().await;
    assert_eq!(seen.json::<Service>(200).location_detail, None);
    assert_eq!(scene.server.get(&path).bearer_auth(&scene.token).call().await.json::<Service>(200), service);
}

#[actix_web::test]
async fn every_bad_field_is_pointed_at_and_nothing_is_written() {
    let scene = scene().await;
    for (field, value) in [
        ("name", json!("")),
        ("name", json!("  ")),
        ("duration_minutes", json!(4)),
        ("duration_minutes", json!(44_641)),
        ("price_minor", json!(-1)),
        ("buffer_before_minutes", json!(1441)),
        ("capacity", json!(0)),
        ("horizon_days", json!(731)),
        ("slot_step_minutes", json!(4)),
        ("day_limit", json!(0)),
        ("week_limit", json!(10_001)),
        ("minimum_notice_minutes", json!(61 * 1440)),
    ] {
        let mut wish = massage();
        wish[field] = value;
        let problem = scene.create(&wish).await.problem("invalid_fields");
        assert_eq!(pointers(&problem), [format!("/{field}")], "{wish}");
    }
    for (field, value) in
        [("duration_minutes", json!(-5)), ("location", json!("moon")), ("currency", json!("USD"))]
    {
        let mut wish = massage();
        wish[field] = value;
        scene.create(&wish).await.problem("malformed_body");
    }
    assert_eq!(scene.list(None).await.len(), 1);

    for (field, value) in
        [("slot_step_minutes", 0), ("day_limit", 0), ("week_limit", 0), ("minimum_notice_minutes", 100_000)]
    {
        let answer = scene.update(&scene.token, scene.shop.service, "\"1\"", &json!({ field: value })).await;
        assert_eq!(pointers(&answer.problem("invalid_fields")), [format!("/{field}")]);
    }
}

#[actix_web::test]
async fn a_service_changes_version_by_version() {
    let scene = scene().await;
    let id = scene.shop.service;
    let patch =
        json!({ "slot_step_minutes": 20, "day_limit": 3, "name": "Longer talk", "duration_minutes": 80 });
    let answer = scene.update(&scene.token, id, "\"1\"", &patch).await;
    let service: Service = answer.json(200);
    assert_eq!(
        (service.slot_step_minutes, service.day_limit, service.duration_minutes),
        (Some(20), Some(3), 80)
    );
    assert_eq!((service.version, answer.etag()), (2, "\"2\"".to_owned()));
    scene.update(&scene.token, id, "\"1\"", &patch).await.problem("version_mismatch");
    let unchanged: Service = scene.update(&scene.token, id, "\"2\"", &patch).await.json(200);
    assert_eq!(unchanged.version, 2);
    let reset: Service = scene
        .update(&scene.token, id, "\"2\"", &json!({ "slot_step_minutes": null, "day_limit": null }))
        .await
        .json(200);
    assert_eq!((reset.slot_step_minutes, reset.day_limit, reset.version), (None, None, 3));
    let bare = scene.server.request(Method::PATCH, &format!("/services/{id}")).json(&json!({}));
    bare.bearer_auth(&scene.token).call().await.problem("precondition_required");
}

#[actix_web::test]
async fn services_belong_to_their_provider() {
    let scene = scene().await;
    let path = format!("/providers/{}/services", scene.shop.provider);
    scene.server.post(&path, &massage()).call().await.problem("unauthenticated");
    scene.server.post(&path, &massage()).bearer_auth(&scene.stranger).call().await.problem("not_found");
    scene
        .update(&scene.stranger, scene.shop.service, "\"1\"", &json!({ "name": "Mine" }))
        .await
        .problem("not_found");
    scene.update(&scene.token, Uuid::now_v7(), "\"1\"", &json!({})).await.problem("not_found");
    scene.server.get("/services/nonsense").call().await.problem("not_found");
    scene.server.get("/providers/nobody/services").call().await.problem("not_found");

    sqlx::query("update providers set published_at = null").execute(&scene.server.db).await.unwrap();
    scene.server.get(&path).call().await.problem("not_found");
    let service = format!("/services/{}", scene.shop.service);
    scene.server.get(&service).bearer_auth(&scene.stranger).call().await.problem("not_found");
    scene.server.get(&service).bearer_auth(&scene.token).call().await.json::<Service>(200);
}

#[actix_web::test]
async fn offering_twice_with_one_key_happens_once() {
    let scene = scene().await;
    let path = format!("/providers/{}/services", scene.shop.provider);
    let send = async |body: Value| {
        let request = scene.server.post(&path, &body).bearer_auth(&scene.token);
        request.header("idempotency-key", "one").call().await
    };
    let first: Service = send(massage()).await.json(201);
    assert_eq!(send(massage()).await.json::<Service>(201), first);
    send(json!({ "name": "Other", "duration_minutes": 30 })).await.problem("idempotency_key_reused");
    assert_eq!(scene.list(None).await.len(), 2);
}

#[actix_web::test]
async fn an_archived_service_is_gone_for_customers_and_keeps_its_bookings() {
    let scene = scene().await;
    let id = scene.shop.service;
    let now: OffsetDateTime =
        sqlx::query_scalar("select app_now()").fetch_one(&scene.server.db).await.unwrap();
    let day: Date = (now + Duration::days(3)).date();
    let slots = format!("/services/{id}/slots?from={day}&to={day}");
    let list: SlotList = scene.server.get(&slots).call().await.json(200);
    let start = list.days[0].slots[0].start_at.format(&Rfc3339).unwrap();
    let wish = json!({ "service_id": id, "start_at": start, "client": { "name": "Ada", "email": "ada@example.org" } });
    let booking: Booking = scene.server.post("/bookings", &wish).call().await.json(201);

    let archived: Service =
        scene.update(&scene.token, id, "\"1\"", &json!({ "status": "archived" })).await.json(200);
    assert_eq!(archived.status, ServiceStatus::Archived);
    assert!(scene.list(None).await.is_empty());
    assert_eq!(scene.list(Some(&scene.token)).await.len(), 1);
    scene.server.get(&format!("/services/{id}")).call().await.problem("not_found");
    scene.server.get(&slots).call().await.problem("not_found");
    scene.server.post("/bookings", &wish).call().await.problem("not_found");
    let kept = scene.server.get(&format!("/bookings/{}", booking.id)).bearer_auth(&scene.token).call().await;
    assert_eq!(kept.json::<Booking>(200).status, BookingStatus::Confirmed);

    let again: Service =
        scene.update(&scene.token, id, "\"2\"", &json!({ "status": "active" })).await.json(200);
    assert_eq!(again.status, ServiceStatus::Active);
    assert_eq!(scene.list(None).await.len(), 1);
}

#[actix_web::test]
async fn so_many_services_are_offered_and_no_more() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let owner = server.token(shop.owner);
    sqlx::query(
        "insert into services (id, provider_id, name, duration_minutes, status)
         select gen_random_uuid(), $1, 'Service ' || n, 30, case when n = 1 then 'archived' else 'active' end
         from generate_series(1, 200) n",
    )
    .bind(shop.provider)
    .execute(&server.db)
    .await
    .unwrap();
    let create = async || {
        let wish = json!({ "name": "One more", "duration_minutes": 30 });
        let path = format!("/providers/{}/services", shop.provider);
        server.post(&path, &wish).bearer_auth(&owner).call().await
    };
    let set = async |id: Uuid, status: &str| {
        let request = server.request(Method::PATCH, &format!("/services/{id}"));
        let request = request.bearer_auth(&owner).header("if-match", "*");
        request.json(&json!({ "status": status })).call().await
    };
    let problem = create().await.problem("invalid_fields");
    assert_eq!((problem.errors[0].pointer.as_str(), problem.errors[0].code.as_str()), ("", "too_many"));
    let archived: Uuid = sqlx::query_scalar("select id from services where status = 'archived'")
        .fetch_one(&server.db)
        .await
        .unwrap();
    let problem = set(archived, "active").await.problem("invalid_fields");
    assert_eq!(
        (problem.errors[0].pointer.as_str(), problem.errors[0].code.as_str()),
        ("/status", "too_many")
    );
    assert_eq!(set(shop.service, "archived").await.status, 200);
    assert_eq!(create().await.status, 201);

    sqlx::query(
        "insert into services (id, provider_id, name, duration_minutes, status)
         select gen_random_uuid(), $1, 'Old ' || n, 30, 'archived' from generate_series(1, 798) n",
    )
    .bind(shop.provider)
    .execute(&server.db)
    .await
    .unwrap();
    let one = "select id from services where status = 'active' limit 1";
    let one = sqlx::query_scalar(one).fetch_one(&server.db).await.unwrap();
    assert_eq!(set(one, "archived").await.status, 200);
    let problem = create().await.problem("invalid_fields");
    assert!(problem.errors[0].message.contains("1000"), "{problem:?}");
}
