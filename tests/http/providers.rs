//! Providers over HTTP: becoming one, the public pages, publishing, places and portraits.

use crate::support::server::{Answer, Call};
use crate::support::{TestServer, fixtures};
use contract::page::Page;
use contract::problem::Problem;
use contract::providers::{Categories, Places, Provider, ProviderCard};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

fn profile(name: &str) -> Value {
    json!({
        "name": name, "category": "health", "time_zone": "Europe/Berlin", "currency": "EUR",
        "address": { "line": "Hauptstraße 1", "city": "Köln", "country": "DE" }, "languages": ["de", "en"],
    })
}

async fn owner(server: &TestServer) -> String {
    server.token(fixtures::person(&server.db, "Lena").await)
}

async fn create(server: &TestServer, token: &str, name: &str) -> Provider {
    server.post("/providers", &profile(name)).bearer_auth(token).call().await.json(201)
}

async fn update(server: &TestServer, token: &str, provider: &Provider, patch: &Value) -> Answer {
    server
        .request(Method::PATCH, &format!("/providers/{}", provider.id))
        .bearer_auth(token)
        .header("if-match", format!("\"{}\"", provider.version))
        .json(patch)
        .call()
        .await
}

async fn publish(server: &TestServer, token: &str, provider: &Provider, verb: &str) -> Answer {
    server
        .request(Method::POST, &format!("/providers/{}/{verb}", provider.id))
        .bearer_auth(token)
        .header("if-match", format!("\"{}\"", provider.version))
        .call()
        .await
}

fn pointers(problem: &Problem) -> Vec<&str> {
    problem.errors.iter().map(|error| error.pointer.as_str()).collect()
}

async fn list(server: &TestServer, query: &str) -> Page<ProviderCard> {
    server.get(&format!("/providers{query}")).call().await.json(200)
}

async fn count(server: &TestServer) -> i64 {
    sqlx::query_scalar("select count(*) from providers").fetch_one(&server.db).await.unwrap()
}

#[actix_web::test]
async fn a_new_provider_is_seen_by_its_owner_only() {
    let server = TestServer::spawn().await;
    let (token, stranger) = (owner(&server).await, owner(&server).await);
    let answer = server.post("/providers", &profile("  Jürgen Weiß ")).bearer_auth(&token).call().await;
    let provider: Provider = answer.json(201);
    assert_eq!(answer.header("location"), Some(format!("/api/v1/providers/{}", provider.id).as_str()));
    assert_eq!(answer.etag(), "\"1\"");
    assert_eq!((provider.name.as_str(), provider.slug.as_str()), ("Jürgen Weiß", "jurgen-weiss"));
    assert_eq!((provider.address.latitude, provider.address.longitude), (Some(50.94), Some(6.96)));
    assert!(!provider.published);

    for path in [format!("/providers/{}", provider.id), "/providers/jurgen-weiss".to_owned()] {
        let own: Provider = server.get(&path).bearer_auth(&token).call().await.json(200);
        assert_eq!(own, provider);
        server.get(&path).call().await.problem("not_found");
        server.get(&path).bearer_auth(&stranger).call().await.problem("not_found");
    }
    assert!(list(&server, "").await.items.is_empty());
}

#[actix_web::test]
async fn a_profile_is_read_cheaply_while_it_stays_the_same() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "Europe/Berlin").await;
    let path = format!("/providers/{}", shop.provider);
    let first = server.get(&path).call().await;
    let again = server.get(&path).header("if-none-match", first.etag()).call().await;
    assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""));
}

#[actix_web::test]
async fn names_may_repeat_and_slugs_may_not() {
    let server = TestServer::spawn().await;
    let token = owner(&server).await;
    let slugs = [create(&server, &token, "Anna").await.slug, create(&server, &token, "anna!").await.slug];
    assert_eq!(slugs, ["anna", "anna-2"]);
    let mut wish = profile("Anna");
    wish["slug"] = json!("anna-2");
    let problem = server.post("/providers", &wish).bearer_auth(&token).call().await.problem("slug_taken");
    assert_eq!(problem.errors[0].pointer, "/slug");
    wish["slug"] = json!("anna-the-third");
    let third: Provider = server.post("/providers", &wish).bearer_auth(&token).call().await.json(201);
    let answer = update(&server, &token, &third, &json!({ "slug": "anna" })).await;
    assert_eq!(answer.problem("slug_taken").errors[0].pointer, "/slug");
    assert_eq!(count(&server).await, 3);
}

#[actix_web::test]
async fn many_namesakes_at_once_get_an_address_each() {
    let server = TestServer::spawn().await;
    let token = owner(&server).await;
    let created = futures_util::future::join_all((0..12).map(|_| create(&server, &token, "Anna"))).await;
    let mut slugs: Vec<String> = created.into_iter().map(|provider| provider.slug).collect();
    slugs.sort();
    slugs.dedup();
    assert_eq!(slugs.len(), 12, "{slugs:?}");
}

#[actix_web::test]
async fn every_bad_field_is_pointed_at_and_nothing_is_written() {
    let server = TestServer::spawn().await;
    let token = owner(&server).await;
    let bad = json!({
        "name": "   ", "slug": "Not a slug", "category": "health", "time_zone": "Europe/Atlantis", "currency": "XXX",
        "address": { "city": "Köln", "country": "QQ", "latitude": 50.0 }, "languages": ["de", "english!"],
    });
    let problem = server.post("/providers", &bad).bearer_auth(&token).call().await.problem("invalid_fields");
    assert_eq!(
        pointers(&problem),
        [
            "/name",
            "/slug",
            "/time_zone",
            "/currency",
            "/languages/1",
            "/address/country",
            "/address/longitude"
        ]
    );

    for (field, value) in [
        ("category", json!("wizardry")),
        ("name", json!("x".repeat(121))),
        ("time_zone", json!("+02:00")),
        ("currency", json!("EU")),
        ("slug", json!(Uuid::now_v7())),
        ("headline", json!("nul \u{0}")),
        ("headline", json!("two\nlines")),
    ] {
        let mut wish = profile("Anna");
        wish[field] = value;
        let problem =
            server.post("/providers", &wish).bearer_auth(&token).call().await.problem("invalid_fields");
        assert_eq!(pointers(&problem), [format!("/{field}")]);
    }
    let mut wish = profile("Anna");
    wish["is_admin"] = json!(true);
    server.post("/providers", &wish).bearer_auth(&token).call().await.problem("malformed_body");
    server.post("/providers", &profile("Anna")).call().await.problem("unauthenticated");
    assert_eq!(count(&server).await, 0);
}

#[actix_web::test]
async fn becoming_a_provider_twice_with_one_key_happens_once() {
    let server = TestServer::spawn().await;
    let token = owner(&server).await;
    let send = async |body: Value| {
        server.post("/providers", &body).bearer_auth(&token).header("idempotency-key", "one").call().await
    };
    let first: Provider = send(profile("Anna")).await.json(201);
    let again = send(profile("Anna")).await;
    assert_eq!((again.json::<Provider>(201), again.etag()), (first, "\"1\"".to_owned()));
    send(profile("Berta")).await.problem("idempotency_key_reused");
    assert_eq!(count(&server).await, 1);
}

#[actix_web::test]
async fn a_profile_changes_version_by_version() {
    let server = TestServer::spawn().await;
    let token = owner(&server).await;
    let provider = create(&server, &token, "Anna").await;
    let patch =
        json!({ "headline": " Calm hands ", "day_limit": 8, "week_limit": 30, "request_expiry_minutes": 60 });
    let answer = update(&server, &token, &provider, &patch).await;
    let changed: Provider = answer.json(200);
    assert_eq!((changed.headline.as_str(), changed.day_limit, changed.version), ("Calm hands", Some(8), 2));
    assert_eq!(answer.etag(), "\"2\"");
    update(&server, &token, &provider, &json!({ "bio": "late" })).await.problem("version_mismatch");

    let path = format!("/providers/{}", provider.id);
    let bare = server.request(Method::PATCH, &path).json(&json!({}));
    bare.bearer_auth(&token).call().await.problem("precondition_required");

    let lifted: Provider = update(&server, &token, &changed, &json!({ "day_limit": null })).await.json(200);
    assert_eq!((lifted.day_limit, lifted.week_limit, lifted.version), (None, Some(30), 3));
    let same: Provider = update(&server, &token, &lifted, &json!({ "week_limit": 30 })).await.json(200);
    assert_eq!(same, lifted);

    let problem = update(&server, &token, &lifted, &json!({ "week_limit": 0, "day_limit": 2000 })).await;
    assert_eq!(pointers(&problem.problem("invalid_fields")), ["/day_limit", "/week_limit"]);
    let problem = update(&server, &token, &lifted, &json!({ "address": { "country": "DEU" } })).await;
    assert_eq!(pointers(&problem.problem("invalid_fields")), ["/address/country"]);
}

#[actix_web::test]
async fn the_currency_of_prices_does_not_change_under_them() {
    let server = TestServer::spawn().await;
    let token = owner(&server).await;
    let provider = create(&server, &token, "Anna").await;
    fixtures::service(&server.db, provider.id, 60, 1).await;
    let yen = json!({ "currency": "JPY", "headline": "New" });
    let problem = update(&server, &token, &provider, &yen).await.problem("invalid_fields");
    assert_eq!((pointers(&problem), problem.errors[0].code.as_str()), (vec!["/currency"], "priced"));
    let same: Provider = update(&server, &token, &provider, &json!({ "currency": "eur" })).await.json(200);
    assert_eq!(same, provider, "nothing was written");

    sqlx::query("update services set price_minor = 0").execute(&server.db).await.unwrap();
    let changed: Provider = update(&server, &token, &provider, &yen).await.json(200);
    assert_eq!(changed.currency, "JPY");
}

#[actix_web::test]
async fn others_cannot_tell_that_a_provider_is_there() {
    let server = TestServer::spawn().await;
    let (token, stranger) = (owner(&server).await, owner(&server).await);
    let provider = create(&server, &token, "Anna").await;
    update(&server, &stranger, &provider, &json!({ "name": "Mine" })).await.problem("not_found");
    publish(&server, &stranger, &provider, "publish").await.problem("not_found");
    publish(&server, &stranger, &provider, "unpublish").await.problem("not_found");
    let path = format!("/providers/{}", provider.id);
    let visitor = server.request(Method::PATCH, &path).header("if-match", "\"1\"").json(&json!({}));
    visitor.call().await.problem("unauthenticated");
    server
        .request(Method::PATCH, "/providers/anna")
        .bearer_auth(&token)
        .header("if-match", "*")
        .json(&json!({}))
        .call()
        .await
        .problem("not_found");
}

#[actix_web::test]
async fn a_page_is_published_once_it_has_a_service_and_hours() {
    let server = TestServer::spawn().await;
    let token = owner(&server).await;
    let provider = create(&server, &token, "Anna").await;
    let problem = publish(&server, &token, &provider, "publish").await.problem("not_publishable");
    assert_eq!(pointers(&problem), ["/services", "/hours"]);
    assert_eq!(problem.detail.as_deref(), Some("Offer at least one service. Say when you work."));

    fixtures::service(&server.db, provider.id, 60, 1).await;
    let problem = publish(&server, &token, &provider, "publish").await.problem("not_publishable");
    assert_eq!(pointers(&problem), ["/hours"]);
    let hours = json!({ "weekly": [{ "day": "monday", "start": "09:00", "end": "17:00" }] });
    let put = server.request(Method::PUT, &format!("/providers/{}/schedule/weekly", provider.id));
    put.bearer_auth(&token).header("if-match", "\"1\"").json(&hours).call().await.json::<Value>(200);

    let published: Provider = publish(&server, &token, &provider, "publish").await.json(200);
    assert_eq!((published.published, published.version), (true, 2));
    publish(&server, &token, &provider, "publish").await.problem("version_mismatch");
    let again: Provider = publish(&server, &token, &published, "publish").await.json(200);
    assert_eq!(again.version, 2);
    assert_eq!(list(&server, "").await.items.len(), 1);

    let hidden: Provider = publish(&server, &token, &again, "unpublish").await.json(200);
    assert!(!hidden.published);
    assert!(list(&server, "").await.items.is_empty());
    server.get("/providers/anna").call().await.problem("not_found");
}

async fn named(server: &TestServer, name: &str, city: &str, category: &str) -> fixtures::Shop {
    let shop = fixtures::shop(&server.db, "Europe/Berlin").await;
    sqlx::query("update providers set name = $2, city = $3, category = $4 where id = $1")
        .bind(shop.provider)
        .bind(name)
        .bind(city)
        .bind(category)
        .execute(&server.db)
        .await
        .unwrap();
    shop
}

fn names(page: &Page<ProviderCard>) -> Vec<&str> {
    page.items.iter().map(|card| card.name.as_str()).collect()
}

#[actix_web::test]
async fn the_list_is_narrowed_by_category_city_and_words() {
    let server = TestServer::spawn().await;
    named(&server, "Anna 100% Yoga", "Munich", "fitness").await;
    named(&server, "Berta Bikes", "Köln", "repair").await;
    let shop = named(&server, "Carl Bikes", "Munich", "repair").await;
    sqlx::query("update services set name = 'Wheel truing' where id = $1")
        .bind(shop.service)
        .execute(&server.db)
        .await
        .unwrap();

    for (query, expected) in [
        ("", vec!["Anna 100% Yoga", "Berta Bikes", "Carl Bikes"]),
        ("?category=repair", vec!["Berta Bikes", "Carl Bikes"]),
        ("?category=none", vec![]),
        ("?city=M%C3%BCnchen", vec!["Anna 100% Yoga", "Carl Bikes"]),
        ("?city=cologne", vec!["Berta Bikes"]),
        ("?q=bikes", vec!["Berta Bikes", "Carl Bikes"]),
        ("?q=bikes%20carl", vec!["Carl Bikes"]),
        ("?q=TRUING", vec!["Carl Bikes"]),
        ("?q=%25", vec!["Anna 100% Yoga"]),
        ("?q=_", vec![]),
        ("?q=bikes&city=munich&category=repair", vec!["Carl Bikes"]),
    ] {
        assert_eq!(names(&list(&server, query).await), expected, "{query}");
    }
}

#[actix_web::test]
async fn the_list_comes_in_pages_that_neither_repeat_nor_skip() {
    let server = TestServer::spawn().await;
    for name in ["Dora", "Anna", "Carl", "Anna", "Berta"] {
        named(&server, name, "Berlin", "health").await;
    }
    let (mut seen, mut query) = (Vec::new(), "?limit=2".to_owned());
    loop {
        let page = list(&server, &query).await;
        assert!(page.items.len() <= 2);
        seen.extend(page.items.iter().map(|card| card.name.clone()));
        let Some(cursor) = page.next_cursor else { break };
        query = format!("?limit=2&cursor={cursor}");
    }
    assert_eq!(seen, ["Anna", "Anna", "Berta", "Carl", "Dora"]);
    for (query, pointer) in
        [("?cursor=nonsense", "?cursor"), ("?limit=0", "?limit"), ("?limit=101", "?limit")]
    {
        let problem = server.get(&format!("/providers{query}")).call().await.problem("invalid_fields");
        assert_eq!(pointers(&problem), [pointer]);
    }
    server.get("/providers?limit=many").call().await.problem("malformed_query");
}

#[actix_web::test]
async fn a_card_offers_the_next_free_times_of_the_service_that_is_free_first() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "Asia/Kathmandu").await;
    let cheap = fixtures::service(&server.db, shop.provider, 30, 1).await;
    sqlx::query(
        "update services set price_minor = 1500, position = 1, minimum_notice_minutes = 2880 where id = $1",
    )
    .bind(cheap)
    .execute(&server.db)
    .await
    .unwrap();
    let card = list(&server, "").await.items.remove(0);
    assert_eq!((card.price_from_minor, card.next_service_id), (Some(1500), Some(shop.service)));
    assert_eq!(card.next_slots.len(), 3);
    assert!(card.next_slots.iter().all(|slot| slot.start_at.offset().as_hms() == (5, 45, 0)));

    let wish = json!({
        "service_id": shop.service, "client": { "name": "Ada", "email": "ada@example.org" },
        "start_at": card.next_slots[0].start_at.format(&time::format_description::well_known::Rfc3339).unwrap(),
    });
    assert_eq!(server.post("/bookings", &wish).call().await.status, 201);
    let after = list(&server, "").await.items.remove(0);
    assert_eq!(after.next_slots[..2], card.next_slots[1..]);
}

#[actix_web::test]
async fn categories_count_what_is_published() {
    let server = TestServer::spawn().await;
    named(&server, "Anna", "Berlin", "pets").await;
    let token = owner(&server).await;
    create(&server, &token, "Hidden").await;
    let categories: Categories = server.get("/categories").call().await.json(200);
    assert_eq!(categories.items.len(), 12);
    assert_eq!(categories.items[0].slug, "beauty");
    let counted: Vec<_> = categories.items.iter().filter(|one| one.providers > 0).collect();
    assert_eq!((counted.len(), counted[0].slug.as_str(), counted[0].providers), (1, "pets", 1));
}

#[actix_web::test]
async fn what_home_shows_is_sent_again_only_when_it_has_changed() {
    let server = TestServer::spawn().await;
    named(&server, "Anna", "Berlin", "pets").await;
    for (path, caching) in [
        ("/categories", "public, max-age=60"),
        ("/places?q=ber", "public, max-age=86400"),
        ("/providers?limit=5", "no-cache"),
    ] {
        let first = server.get(path).call().await;
        assert_eq!((first.status.as_u16(), first.header("cache-control")), (200, Some(caching)), "{path}");
        let again = server.get(path).header("if-none-match", first.etag()).call().await;
        assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""), "{path}");
        assert_eq!(again.header("cache-control"), Some(caching), "{path}");
    }
    let before = server.get("/providers").call().await;
    named(&server, "Bob", "Berlin", "pets").await;
    let after = server.get("/providers").header("if-none-match", before.etag()).call().await;
    assert_eq!(after.status, 200);
}

#[actix_web::test]
async fn places_are_found_by_the_beginning_of_any_name() {
    let server = TestServer::spawn().await;
    for (query, city) in [("M%C3%BCnch", "München"), ("sao%20pau", "São Paulo"), ("kathm", "Kathmandu")] {
        let places: Places = server.get(&format!("/places?q={query}")).call().await.json(200);
        assert_eq!(places.items[0].city, city);
    }
    let none: Places = server.get("/places?q=zzzz").call().await.json(200);
    assert!(none.items.is_empty());
    let problem = server.get("/places?q=").call().await.problem("invalid_fields");
    assert_eq!(pointers(&problem), ["?q"]);
    server.get("/places").call().await.problem("malformed_query");
}

#[actix_web::test]
async fn a_portrait_is_a_picture_and_nothing_else() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "Europe/Berlin").await;
    let provider: Provider = server.get(&format!("/providers/{}", shop.provider)).call().await.json(200);
    let path = provider.portrait_url.trim_start_matches("/api/v1").to_owned();
    let answer = server.get(&path).call().await;
    assert_eq!(answer.header("content-type"), Some("image/svg+xml"));
    assert_eq!(answer.header("content-security-policy"), Some("default-src 'none'; sandbox"));
    assert_eq!(answer.header("cache-control"), Some("public, max-age=86400"));
    assert!(answer.text.starts_with("<svg") && answer.text.ends_with("</svg>"));
    let again = server.get(&path).header("if-none-match", answer.etag()).call().await;
    assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""));

    server.get(&format!("/providers/{}/portrait", Uuid::now_v7())).call().await.problem("not_found");
    server.get("/providers/nobody/portrait").call().await.problem("not_found");
}
