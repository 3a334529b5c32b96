//! Admins made from the command line.

use super::browser::Browser;
use super::{PASSWORD, log_in, registered};
use crate::support::TestServer;
use api::accounts::admin::{self, Made};

async fn create(server: &TestServer, email: &str, password: Option<&str>) -> api::http::ApiResult<Made> {
    admin::create(&server.app, email, "Root", password.map(str::to_owned)).await
}

#[actix_web::test]
async fn a_new_admin_logs_in_with_the_given_or_the_generated_password() {
    let server = TestServer::spawn().await;
    assert!(create(&server, " Root@example.org", Some(PASSWORD)).await.unwrap() == Made::Created);
    let admin = Browser::of(&log_in(&server, "root@example.org", PASSWORD).await, 200).session.user;
    assert!(admin.is_admin && admin.email_verified);

    let made = create(&server, "second@example.org", None).await.unwrap();
    let Made::CreatedWith(password) = made else { panic!("a generated password") };
    assert!(Browser::of(&log_in(&server, "second@example.org", &password).await, 200).session.user.is_admin);
}

#[actix_web::test]
async fn an_account_that_is_there_is_promoted_and_keeps_its_password() {
    let server = TestServer::spawn().await;
    let browser = registered(&server, "ada@example.org").await;
    assert!(create(&server, "ada@example.org", Some("another password")).await.unwrap() == Made::Promoted);
    assert!(create(&server, "ada@example.org", None).await.unwrap() == Made::Promoted, "twice is fine");
    assert_eq!(log_in(&server, "ada@example.org", PASSWORD).await.status, 200);
    assert!(browser.refreshed(&server).await.session.user.is_admin);
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
