//! Opening an account.

use super::browser::Browser;
use super::{PASSWORD, deliver, log_in, registered, registration};
use crate::support::TestServer;
use crate::support::server::Call;
use contract::accounts::User;
use contract::problem::Problem;
use futures_util::future::join_all;
use serde_json::{Value, json};

/// The fields that a registration with these changes is refused for.
async fn refused(server: &TestServer, changes: Value) -> Vec<String> {
    let mut body = registration("ada@example.org");
    for (name, value) in changes.as_object().unwrap() {
        body[name] = value.clone();
    }
    let answer = server.post("/auth/register", &body).call().await;
    assert!(!answer.text.contains(body["password"].as_str().unwrap()), "a problem repeats no password");
    pointers(&answer.problem("invalid_fields"))
}

fn pointers(problem: &Problem) -> Vec<String> {
    problem.errors.iter().map(|error| error.pointer.clone()).collect()
}

#[actix_web::test]
async fn a_new_account_is_logged_in_and_gets_a_mail() {
    let server = TestServer::spawn().await;
    let answer = server.post("/auth/register", &registration("ada@example.org")).call().await;
    let browser = Browser::of(&answer, 201);
    assert_eq!(answer.header("location"), Some("/api/v1/me"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let user = &browser.session.user;
    assert_eq!((user.email.as_str(), user.name.as_str()), ("ada@example.org", "Ada Lovelace"));
    assert_eq!((user.locale.as_str(), user.time_zone.as_str()), ("en", "Europe/London"));
    assert!(!user.email_verified && !user.is_admin && user.providers.is_empty());

    let me: User = browser.get(&server, "/me").await.json(200);
    assert_eq!(&me, user);
    let mails = deliver(&server).await;
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].to.as_str(), mails[0].kind), ("ada@example.org", "verify_email"));
    assert!(mails[0].text.contains(&format!("{}/verify-email#", server.url)));
}

#[actix_web::test]
async fn the_refresh_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let server = TestServer::spawn().await;
    let answer = server.post("/auth/register", &registration("ada@example.org")).call().await;
    let cookie = answer.header("set-cookie").unwrap();
    for part in ["refresh=", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=2592000"] {
        assert!(cookie.contains(part), "{part} is not in {cookie}");
    }
    assert!(!cookie.contains("Secure") && !cookie.contains("Domain"), "{cookie}");

    let server = TestServer::spawn_with(&[("BASE_URL", "https://book.example.org")]).await;
    let answer = server.post("/auth/register", &registration("ada@example.org")).call().await;
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with("__Host-refresh=") && cookie.contains("Secure"), "{cookie}");
}

#[actix_web::test]
async fn one_mailbox_is_one_account() {
    let server = TestServer::spawn().await;
    registered(&server, "  Ada@Example.ORG ").await;
    for email in ["ada@example.org", "ADA@EXAMPLE.ORG"] {
        server.post("/auth/register", &registration(email)).call().await.problem("email_taken");
        assert_eq!(log_in(&server, email, PASSWORD).await.status, 200);
    }
}

#[actix_web::test]
async fn of_many_at_once_one_gets_the_address() {
    let server = TestServer::spawn().await;
    let body = registration("ada@example.org");
    let answers = join_all((0..12).map(|_| server.post("/auth/register", &body).call())).await;
    let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
    assert_eq!(won.len(), 1);
    lost.iter().for_each(|answer| drop(answer.problem("email_taken")));
    let users: i64 = sqlx::query_scalar("select count(*) from users").fetch_one(&server.db).await.unwrap();
    assert_eq!(users, 1);
}

#[actix_web::test]
async fn each_bad_field_has_its_pointer() {
    let server = TestServer::spawn().await;
    for email in
        ["", "ada", "@example.org", "ada@", "gina@x", "ada lovelace@example.org", "Ada <ada@example.org>"]
    {
        assert_eq!(refused(&server, json!({ "email": email })).await, ["/email"], "{email}");
    }
    let long = format!("{}@example.org", "a".repeat(300));
    assert!(refused(&server, json!({ "email": long })).await.contains(&"/email".to_owned()));
    for password in
        ["short", "password123", "1234567890", "ada@example.org", "aaaaaaaaaaaa", &"long".repeat(51)]
    {
        assert_eq!(refused(&server, json!({ "password": password })).await, ["/password"], "{password}");
    }
    for name in ["", "   ", "Ada\nBcc: eve@example.org", &"n".repeat(121)] {
        assert_eq!(refused(&server, json!({ "name": name })).await, ["/name"], "{name}");
    }
    for zone in ["", "Mars/Olympus", "UTC+3", "../etc/passwd", &"z".repeat(10_000)] {
        assert_eq!(refused(&server, json!({ "time_zone": zone })).await, ["/time_zone"]);
    }
    assert_eq!(refused(&server, json!({ "locale": "klingon!" })).await, ["/locale"]);
    assert_eq!(refused(&server, json!({ "name": "A\u{0}da" })).await, ["/name"]);
    let several = refused(&server, json!({ "locale": "??", "time_zone": "nowhere" })).await;
    assert_eq!(several, ["/locale", "/time_zone"]);
    let users: i64 = sqlx::query_scalar("select count(*) from users").fetch_one(&server.db).await.unwrap();
    assert_eq!(users, 0, "nothing was written");
}

#[actix_web::test]
async fn bodies_of_the_wrong_shape_are_refused() {
    let server = TestServer::spawn().await;
    for body in [json!({}), json!([]), json!("ada"), json!({ "email": 1 })] {
        server.post("/auth/register", &body).call().await.problem("malformed_body");
    }
    let list = json!(["ada@example.org", PASSWORD, "Ada Lovelace", null, null]);
    server.post("/auth/register", &list).call().await.problem("malformed_body");
    let mut unknown = registration("ada@example.org");
    unknown["is_admin"] = json!(true);
    server.post("/auth/register", &unknown).call().await.problem("malformed_body");
    let mut number = registration("ada@example.org");
    number["password"] = json!(4_711_081_547_i64);
    let answer = server.post("/auth/register", &number).call().await;
    assert_eq!(pointers(&answer.problem("malformed_body")), ["/password"]);
    assert!(!answer.text.contains("4711081547"), "a problem repeats no password: {}", answer.text);

    let request = |kind: &str, body: Vec<u8>| {
        server.request(reqwest::Method::POST, "/auth/register").header("content-type", kind).body(body).call()
    };
    let body = registration("ada@example.org").to_string().into_bytes();
    request("text/plain", body.clone()).await.problem("unsupported_media_type");
    request("application/x-www-form-urlencoded", b"email=a".to_vec()).await.problem("unsupported_media_type");
    request("application/json", b"{\"email\":".to_vec()).await.problem("malformed_body");
    request("application/json", vec![0xff, 0xfe, 0x00]).await.problem("malformed_body");
    request("application/json", vec![b' '; 10_000_000]).await.problem("body_too_large");
}

#[actix_web::test]
async fn any_script_makes_a_name_and_a_password() {
    let server = TestServer::spawn().await;
    let password = "пароль 密码 🔑 naïve";
    let body = json!({ "email": "ada@example.org", "password": password, "name": "Ада 愛達 O’Neill 🧮" });
    let browser = Browser::of(&server.post("/auth/register", &body).call().await, 201);
    assert_eq!(browser.session.user.name, "Ада 愛達 O’Neill 🧮");
    assert_eq!(log_in(&server, "ada@example.org", password).await.status, 200);
}
