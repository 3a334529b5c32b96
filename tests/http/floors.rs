//! What every answer has in common: problems, headers, probes, the documents.

use crate::support::TestServer;
use crate::support::fixtures;
use crate::support::server::Call;
use reqwest::Method;
use serde_json::{Value, json};

const PRODUCTION: [(&str, &str); 3] =
    [("PRODUCTION", "true"), ("BASE_URL", "https://book.example.org"), ("SMTP_URL", "smtp://127.0.0.1:9")];

#[actix_web::test]
async fn what_is_not_there_is_a_problem() {
    let server = TestServer::spawn().await;
    for path in ["/nothing", "/bookings/1/2/3", "/providers/x/y"] {
        server.get(path).call().await.problem("not_found");
    }
    let refused = server.request(Method::DELETE, "/bookings").call().await;
    refused.problem("method_not_allowed");
    assert_eq!(refused.header("allow"), Some("POST"));
    server.request(Method::PUT, "/me/bookings").call().await.problem("method_not_allowed");
    server.get("/categories%00").call().await.problem("bad_request");
    server.get("/places?q=%00").call().await.problem("bad_request");
    for raw in
        ["/bookings/%ff%fe", "/providers?q=%ff%fe", "/providers?limit=-1", "/providers?cursor=%F0%9F%98%80"]
    {
        let answer = server.get(raw).call().await;
        assert!(answer.status.is_client_error() || answer.status.is_success(), "{raw}: {}", answer.status);
    }
}

#[actix_web::test]
async fn probes_answer() {
    let server = TestServer::spawn().await;
    assert_eq!(server.page("/livez").call().await.text, "alive");
    assert_eq!(server.page("/readyz").call().await.text, "ready");
    sqlx::query("select").execute(&server.db).await.unwrap();
}

#[actix_web::test]
async fn head_is_answered_as_get_without_a_body() {
    let server = TestServer::spawn().await;
    let client = reqwest::Client::new();
    let head = async |path: &str| client.head(format!("{}{path}", server.url)).call().await;
    for path in ["/livez", "/readyz", "/api/v1/categories", "/openapi.json"] {
        let (answer, full) = (head(path).await, server.page(path).call().await);
        assert_eq!((answer.status, answer.text.as_str()), (full.status, ""), "{path}");
        for name in ["content-type", "content-length"] {
            assert_eq!(answer.header(name), full.header(name), "{path}");
        }
    }
    assert_eq!(head("/api/v1/nothing").await.status, 404);
    assert_eq!(head("/api/v1/bookings").await.header("allow"), Some("POST"));
    let refused = server.request(Method::DELETE, "/categories").call().await;
    assert_eq!(refused.header("allow"), Some("GET, HEAD"));
}

#[actix_web::test]
async fn a_bad_token_is_refused_except_where_none_is_taken() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "Europe/Berlin").await;
    let with = |path: String| server.get(&path).header("authorization", "Bearer garbage");
    for path in
        [format!("/providers/{}", shop.provider), format!("/services/{}", shop.service), "/me".to_owned()]
    {
        with(path).call().await.problem("unauthenticated");
    }
    for path in ["/providers", "/categories", "/places?q=Ber", "/holidays?country=DE&year=2027"] {
        assert_eq!(with(path.to_owned()).call().await.status, 200, "{path}");
    }
}

#[actix_web::test]
async fn answers_carry_the_headers_that_keep_them_safe() {
    let server = TestServer::spawn().await;
    for page in ["/", "/docs/", "/robots.txt"] {
        let answer = server.page(page).call().await;
        let policy = answer.header("content-security-policy").unwrap();
        let scripts = policy.split(';').find(|part| part.trim().starts_with("script-src")).unwrap();
        assert!(!scripts.contains("unsafe-inline") && !scripts.contains("'unsafe-eval'"), "{scripts}");
        for name in ["referrer-policy", "cross-origin-opener-policy", "permissions-policy"] {
            assert!(answer.header(name).is_some(), "{name} on {page}");
        }
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("strict-transport-security"), None);
    }
    let picture = server.page("/favicon.svg").call().await;
    assert_eq!(picture.header("content-security-policy"), Some("default-src 'none'; sandbox"));
    let sign = server.page("/favicon.svg").header("if-none-match", picture.etag()).call().await;
    assert_eq!(
        (sign.status.as_u16(), sign.header("content-security-policy")),
        (304, None),
        "it stays as it was"
    );
    // What is never shown as a page goes without what would mean nothing there.
    for data in [server.get("/categories").call().await, server.get("/nothing").call().await] {
        assert_eq!(data.header("content-security-policy"), Some("frame-ancestors 'none'"));
        assert_eq!(data.header("x-content-type-options"), Some("nosniff"));
        assert!(data.header("x-request-id").is_some());
        assert_eq!(
            (data.header("permissions-policy"), data.header("access-control-expose-headers")),
            (None, None)
        );
    }
    assert_eq!(server.get("/me").call().await.header("cache-control"), Some("no-store"));
}

#[actix_web::test]
async fn production_is_strict() {
    let server = TestServer::spawn_with(&PRODUCTION).await;
    let answer = server.get("/categories").call().await;
    assert!(answer.header("strict-transport-security").unwrap().contains("max-age=31536000"));
    for page in ["/dev/outbox", "/dev/outbox.json", "/dev/components"] {
        assert_eq!(server.page(page).call().await.status, 404, "{page} is for development");
    }
}

#[actix_web::test]
async fn other_origins_are_allowed_by_configuration_only() {
    let server = TestServer::spawn_with(&[("ALLOWED_ORIGINS", "https://app.example.org")]).await;
    let from = |origin: &'static str| {
        server
            .request(Method::OPTIONS, "/bookings")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type,idempotency-key")
    };
    let allowed = from("https://app.example.org").call().await;
    assert_eq!(allowed.header("access-control-allow-origin"), Some("https://app.example.org"));
    let refused = from("https://evil.example.org").call().await;
    assert_eq!(refused.header("access-control-allow-origin"), None);
}

#[actix_web::test]
async fn the_documents_are_served() {
    let server = TestServer::spawn().await;
    let ui = server.page("/docs/").call().await;
    assert!(ui.status.is_success() && ui.text.contains("swagger"), "{}", ui.status);
    let document: Value = server.page("/openapi.json").call().await.json(200);
    assert_eq!(document["info"]["title"], "Appointed");
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
}

#[actix_web::test]
async fn a_full_database_lock_is_busy_and_not_broken() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let mut tx = api::db::begin(&server.db).await.unwrap();
    api::db::lock_provider(&mut tx, shop.provider).await.unwrap();
    let wish = json!({ "service_id": shop.service, "start_at": "2027-03-01T10:00:00Z", "client": { "name": "Ada", "email": "ada@example.org" } });
    let waiting = server.post("/bookings", &wish).call().await;
    waiting.problem("unavailable");
    assert!(waiting.header("retry-after").is_some());
    tx.rollback().await.unwrap();
}
