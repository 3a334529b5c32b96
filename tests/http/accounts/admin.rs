//! Admins made from the command line.

use super::browser::Browser;
use super::{PASSWORD, log_in, mailed_token, registered};
use crate::support::TestServer;
use crate::support::server::Call;
use api::accounts::admin::{self, Made};
use serde_json::json;

async fn create(server: &TestServer, email: &str, password: Option<&str>) -> api::http::ApiResult<Made> {
    admin::create(&server.app, email, "Root", password.map(str::to_owned)).await
}

#[actix_web::test]
async fn a_new_admin_logs_in_with_the_given_or_the_generated_password() {
    let server = TestServer::spawn().await;
    assert!(create(&server, " Root@example.org", Some(PASSWORD)).await.unwrap() == Made::Created(None));
    let admin = Browser::of(&log_in(&server, "root@example.org", PASSWORD).await, 200).session.user;
    assert!(admin.is_admin && admin.email_verified);

    let made = create(&server, "second@example.org", None).await.unwrap();
    let Made::Created(Some(password)) = made else { panic!("a generated password") };
    assert!(Browser::of(&log_in(&server, "second@example.org", &password).await, 200).session.user.is_admin);
}

#[actix_web::test]
async fn an_account_that_is_there_is_promoted_and_keeps_its_password() {
    let server = TestServer::spawn().await;
    let browser = registered(&server, "ada@example.org").await;
    let token = mailed_token(&server, "verify_email").await;
    server.post("/auth/email/verify", &json!({ "token": token })).call().await;
    assert!(create(&server, "ada@example.org", Some("another password")).await.unwrap() == Made::Promoted);
    assert!(create(&server, "ada@example.org", None).await.unwrap() == Made::Promoted, "twice is fine");
    assert_eq!(log_in(&server, "ada@example.org", PASSWORD).await.status, 200);
    assert!(browser.refreshed(&server).await.session.user.is_admin);
}

#[actix_web::test]
async fn who_opened_an_account_with_an_address_of_others_gets_nothing_by_it() {
    let server = TestServer::spawn().await;
    for given in [Some("my own staple 9"), None] {
        let email = if given.is_some() { "admin@example.org" } else { "root@example.org" };
        let thief = registered(&server, email).await;
        let refused = create(&server, email, Some("short")).await;
        assert_eq!(refused.err().map(|error| error.code().as_str()), Some("invalid_fields"));
        assert_eq!(thief.get(&server, "/admin/overview").await.status, 404, "nothing has happened");

        let Ok(Made::TakenOver(generated)) = create(&server, email, given).await else {
            panic!("taken over")
        };
        let password = given.map(str::to_owned).or(generated).unwrap();
        log_in(&server, email, PASSWORD).await.problem("wrong_credentials");
        thief.refresh(&server).await.problem("session_ended");
        thief.get(&server, "/admin/overview").await.problem("unauthenticated");
        let admin = Browser::of(&log_in(&server, email, &password).await, 200);
        assert!(admin.session.user.is_admin && admin.session.user.email_verified);
        assert_eq!(admin.get(&server, "/admin/overview").await.status, 200);
        assert!(create(&server, email, None).await.unwrap() == Made::Promoted, "proven by now");
    }
}

#[actix_web::test]
async fn an_admin_is_held_to_the_same_rules() {
    let server = TestServer::spawn().await;
    for (email, password) in
        [("nonsense", PASSWORD), ("root@example.org", "short"), ("root@example.org", "password123")]
    {
        let refused = create(&server, email, Some(password)).await;
        assert_eq!(refused.err().map(|error| error.code().as_str()), Some("invalid_fields"));
    }
    let users: i64 = sqlx::query_scalar("select count(*) from users").fetch_one(&server.db).await.unwrap();
    assert_eq!(users, 0);
}
