//! Access tokens that are none.

use super::{mailed_token, registered};
use crate::support::TestServer;
use crate::support::server::{Answer, Call};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

async fn me(server: &TestServer, authorization: &str) -> Answer {
    server.get("/me").header("authorization", authorization).call().await
}

/// A token as a forger would make it.
fn forged(server: &TestServer, algorithm: Algorithm, key: Option<&[u8]>, claims: &Value) -> String {
    let key = key.map_or_else(|| server.app.keys.access_encoding().clone(), EncodingKey::from_secret);
    jsonwebtoken::encode(&Header::new(algorithm), claims, &key).unwrap()
}

#[actix_web::test]
async fn only_our_own_tokens_in_time_are_taken() {
    let server = TestServer::spawn().await;
    let browser = registered(&server, "ada@example.org").await;
    let (user, now) = (browser.session.user.id, jsonwebtoken::get_current_timestamp());
    let sessions: Value = browser.get(&server, "/me/sessions").await.json(200);
    let session = sessions["items"][0]["id"].clone();
    let claims = |exp: u64| json!({ "sub": user, "sid": session, "adm": true, "exp": exp });
    let live = claims(now + 600);

    let good = forged(&server, Algorithm::HS256, None, &live);
    assert_eq!(me(&server, &format!("Bearer {good}")).await.status, 200, "a good one, to compare with");

    let (header, rest) = good.split_once('.').unwrap();
    let (payload, signature) = rest.split_once('.').unwrap();
    let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
    let admin = URL_SAFE_NO_PAD.encode(claims(now + 6000).to_string());
    for bad in [
        forged(&server, Algorithm::HS256, None, &claims(now - 60)),
        forged(&server, Algorithm::HS256, Some(b"another key"), &live),
        forged(&server, Algorithm::HS256, Some(crate::support::server::SECRET.as_bytes()), &live),
        forged(&server, Algorithm::HS512, None, &live),
        forged(&server, Algorithm::HS256, None, &json!({ "sub": user, "exp": now + 600 })),
        forged(
            &server,
            Algorithm::HS256,
            None,
            &json!({ "sub": "ada", "sid": "x", "adm": true, "exp": now + 600 }),
        ),
        format!("{none}.{payload}."),
        format!("{none}.{payload}.{signature}"),
        format!("{header}.{admin}.{signature}"),
        format!("{header}.{payload}."),
        browser.cookie.clone(),
        String::new(),
        "a.b.c".to_owned(),
        "A".repeat(6000),
    ] {
        me(&server, &format!("Bearer {bad}")).await.problem("unauthenticated");
    }
    for scheme in ["Basic", "Token", ""] {
        me(&server, &format!("{scheme} {good}")).await.problem("unauthenticated");
    }
    me(&server, &good).await.problem("unauthenticated");
    assert_eq!(me(&server, &format!("bearer {good}")).await.status, 200, "the scheme's case does not matter");
}

#[actix_web::test]
async fn other_secrets_are_no_access_tokens() {
    let server = TestServer::spawn().await;
    registered(&server, "ada@example.org").await;
    let token = mailed_token(&server, "verify_email").await;
    me(&server, &format!("Bearer {token}")).await.problem("unauthenticated");
}

#[actix_web::test]
async fn a_token_outlives_no_account() {
    let server = TestServer::spawn().await;
    let browser = registered(&server, "ada@example.org").await;
    sqlx::query("delete from users").execute(&server.db).await.unwrap();
    browser.get(&server, "/me").await.problem("unauthenticated");
    browser.refresh(&server).await.problem("session_ended");
    assert_eq!(browser.log_out(&server).await.status, 204);
}
