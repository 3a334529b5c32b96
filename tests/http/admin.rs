//! What admins see and do, over HTTP.

mod categories;
mod log;
mod providers;
mod users;

use crate::support::TestServer;
use crate::support::fixtures;
use crate::support::server::{Answer, Call};
use contract::admin::AdminAct;
use contract::page::Page;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

/// An admin with an access token.
struct Root<'a> {
    server: &'a TestServer,
    id: Uuid,
    token: String,
}

impl<'a> Root<'a> {
    async fn of(server: &'a TestServer) -> Self {
        let (id, token) = server.admin("Root").await;
        Self { server, id, token }
    }

    async fn get(&self, path: &str) -> Answer {
        self.server.get(&format!("/admin{path}")).bearer_auth(&self.token).call().await
    }

    /// Acts on the version that stands now.
    async fn act(&self, path: &str, body: Option<Value>) -> Answer {
        self.send(Method::POST, path, "*", body).await
    }

    async fn send(&self, method: Method, path: &str, version: &str, body: Option<Value>) -> Answer {
        let request = self.server.request(method, &format!("/admin{path}"));
        let request = request.bearer_auth(&self.token).header("if-match", version);
        match body {
            Some(body) => request.json(&body),
            None => request,
        }
        .call()
        .await
    }

    /// The log, the newest first.
    async fn acts(&self, query: &str) -> Vec<AdminAct> {
        self.get(&format!("/acts{query}")).await.json::<Page<AdminAct>>(200).items
    }
}

fn because(reason: &str) -> Option<Value> {
    Some(json!({ "reason": reason }))
}

#[actix_web::test]
async fn only_admins_come_in_and_only_as_long_as_they_are() {
    let server = TestServer::spawn().await;
    let root = Root::of(&server).await;
    root.get("/overview").await.json::<Value>(200);

    server.get("/admin/overview").call().await.problem("unauthenticated");
    let somebody = fixtures::person(&server.db, "Somebody").await;
    let answer = server.get("/admin/overview").bearer_auth(server.token(somebody)).call().await;
    answer.problem("not_found");

    // The token lives on, the right does not.
    sqlx::query("update users set is_admin = false where id = $1")
        .bind(root.id)
        .execute(&server.db)
        .await
        .unwrap();
    root.get("/overview").await.problem("not_found");
    root.act(&format!("/users/{somebody}/suspend"), because("Spam")).await.problem("not_found");
    sqlx::query("update users set is_admin = true, suspended_at = now() where id = $1")
        .bind(root.id)
        .execute(&server.db)
        .await
        .unwrap();
    root.get("/overview").await.problem("not_found");
    let acts: i64 =
        sqlx::query_scalar("select count(*) from admin_acts").fetch_one(&server.db).await.unwrap();
    assert_eq!(acts, 0);
}

#[actix_web::test]
async fn the_overview_counts() {
    let server = TestServer::spawn().await;
    let root = Root::of(&server).await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    fixtures::shop(&server.db, "UTC").await;
    root.act(&format!("/providers/{}/suspend", shop.provider), because("Spam")).await.json::<Value>(200);
    let counts: Value = root.get("/overview").await.json(200);
    assert_eq!(counts["users"], 3);
    assert_eq!(counts["admins"], 1);
    assert_eq!(counts["providers"], 2);
    assert_eq!(counts["providers_published"], 1);
    assert_eq!(counts["providers_suspended"], 1);
    assert_eq!(counts["bookings_coming"], 0);
}
