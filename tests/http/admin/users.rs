use super::{Root, because};
use crate::support::TestServer;
use crate::support::fixtures;
use crate::support::server::{Answer, Call};
use contract::admin::{ActKind, AdminUser, AdminUserRow, PageState};
use contract::page::Page;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

const PASSWORD: &str = "correct horse battery";

async fn register(server: &TestServer, email: &str, name: &str) -> (Uuid, Answer) {
    let body = json!({ "email": email, "password": PASSWORD, "name": name });
    let answer = server.post("/auth/register", &body).call().await;
    let session: Value = answer.json(201);
    (session["user"]["id"].as_str().unwrap().parse().unwrap(), answer)
}

async fn log_in(server: &TestServer, email: &str) -> Answer {
    server.post("/auth/login", &json!({ "email": email, "password": PASSWORD })).call().await
}

async fn names(root: &Root<'_>, query: &str) -> Vec<String> {
    let page: Page<AdminUserRow> = root.get(&format!("/users{query}")).await.json(200);
    page.items.into_iter().map(|row| row.name).collect()
}

#[actix_web::test]
async fn accounts_are_found_by_name_address_and_standing() {
    let server = TestServer::spawn().await;
    let root = Root::of(&server).await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let (ada, _) = register(&server, "ada@example.org", "Ada Lovelace").await;
    register(&server, "100%@example.org", "Grace Hopper").await;

    assert_eq!(names(&root, "").await, ["Grace Hopper", "Ada Lovelace", "Owner", "Root"]);
    assert_eq!(names(&root, "?q=LOVE%20ada").await, ["Ada Lovelace"]);
    assert_eq!(names(&root, "?q=ada@example").await, ["Ada Lovelace"]);
    assert_eq!(names(&root, "?q=0%25@").await, ["Grace Hopper"], "a percent sign is one");
    assert_eq!(names(&root, &format!("?q={ada}")).await, ["Ada Lovelace"]);
    assert_eq!(names(&root, "?admin=true").await, ["Root"]);
    assert_eq!(names(&root, "?provider=true").await, ["Owner"]);
    assert!(names(&root, "?suspended=true").await.is_empty());

    let first: Page<AdminUserRow> = root.get("/users?limit=3").await.json(200);
    let cursor = first.next_cursor.unwrap();
    assert_eq!(names(&root, &format!("?limit=3&cursor={cursor}")).await, ["Root"]);
    root.get("/users?cursor=nonsense").await.problem("invalid_fields");
    root.get("/users?suspended=perhaps").await.problem("malformed_query");
    root.get("/users?limit=0").await.problem("invalid_fields");

    let owner: AdminUser = root.get(&format!("/users/{}", shop.owner)).await.json(200);
    assert_eq!(owner.providers.len(), 1);
    assert_eq!(owner.providers[0].state, PageState::Published);
    let answer = root.get(&format!("/users/{ada}")).await;
    let seen: AdminUser = answer.json(200);
    assert_eq!((seen.sessions, seen.bookings, seen.providers.len()), (1, 0, 0));
    assert_eq!(answer.etag(), format!("\"{}\"", seen.version));
    assert!(!answer.text.contains("password"), "{}", answer.text);
    root.get(&format!("/users/{}", Uuid::now_v7())).await.problem("not_found");
    root.get("/users/nobody").await.problem("not_found");
}

#[actix_web::test]
async fn a_suspended_account_ends_at_once_and_can_be_restored() {
    let server = TestServer::spawn().await;
    let root = Root::of(&server).await;
    let (ada, session) = register(&server, "ada@example.org", "Ada").await;
    let token = session.json::<Value>(201)["access_token"].as_str().unwrap().to_owned();
    let cookie = session.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let shop = fixtures::shop(&server.db, "UTC").await;
    sqlx::query("insert into memberships (user_id, provider_id) values ($1, $2)")
        .bind(ada)
        .bind(shop.provider)
        .execute(&server.db)
        .await
        .unwrap();
    let bookings = format!("/providers/{}/bookings", shop.provider);
    assert_eq!(server.get(&bookings).bearer_auth(&token).call().await.status, 200);

    let path = format!("/users/{ada}");
    let suspended = root.act(&format!("{path}/suspend"), because("Mails came back")).await;
    let user: AdminUser = suspended.json(200);
    assert_eq!(user.suspension.unwrap().reason, "Mails came back");
    assert_eq!(user.sessions, 0);
    assert_eq!(suspended.etag(), format!("\"{}\"", user.version));

    let refused = server.request(Method::POST, "/auth/refresh").header("cookie", &cookie).call().await;
    refused.problem("session_ended");
    let refused = log_in(&server, "ada@example.org").await.problem("account_suspended");
    assert_eq!(refused.detail.as_deref(), Some("Mails came back"));
    let wrong = json!({ "email": "ada@example.org", "password": "something else" });
    server.post("/auth/login", &wrong).call().await.problem("wrong_credentials");
    server.get(&bookings).bearer_auth(&token).call().await.problem("unauthenticated");

    let user: AdminUser = root.act(&format!("{path}/restore"), None).await.json(200);
    assert_eq!(user.suspension, None);
    server.get(&bookings).bearer_auth(&token).call().await.problem("unauthenticated");
    let session: Value = log_in(&server, "ada@example.org").await.json(200);
    let token = session["access_token"].as_str().unwrap();
    assert_eq!(server.get(&bookings).bearer_auth(token).call().await.status, 200);

    let acts = root.acts(&format!("?target={ada}")).await;
    let told: Vec<_> = acts.iter().map(|act| (act.kind, act.before.clone(), act.after.clone())).collect();
    let because = json!({ "suspended": { "reason": "Mails came back" } });
    let not = json!({ "suspended": null });
    assert_eq!(
        told,
        [(ActKind::UserRestored, because.clone(), not.clone()), (ActKind::UserSuspended, not, because)]
    );
    assert_eq!(acts[0].actor_id, Some(root.id));
    assert_eq!(acts[0].target_name.as_deref(), Some("Ada"));
}

#[actix_web::test]
async fn the_token_of_a_suspended_account_acts_for_no_provider() {
    let server = TestServer::spawn().await;
    let root = Root::of(&server).await;
    let (ada, session) = register(&server, "ada@example.org", "Ada").await;
    let token = session.json::<Value>(201)["access_token"].as_str().unwrap().to_owned();
    let shop = fixtures::shop(&server.db, "UTC").await;
    for sql in [
        "update memberships set user_id = $2 where provider_id = $1",
        "update providers set published_at = null, photo = gen_random_uuid() where id = $1 and $2 is not null",
    ] {
        sqlx::query(sql).bind(shop.provider).bind(ada).execute(&server.db).await.unwrap();
    }
    let day = server.today().await;
    let at = |path: String| server.get(&path).bearer_auth(&token);
    let (provider, service) =
        (format!("/providers/{}", shop.provider), format!("/services/{}", shop.service));
    let reads = [
        provider.clone(),
        format!("{provider}/services"),
        format!("{provider}/schedule"),
        format!("{provider}/next-slots"),
        format!("{provider}/qr.svg"),
        // There is no file, so it is drawn.
        format!("{provider}/photo"),
        format!("{provider}/bookings"),
        format!("{provider}/days/{day}"),
        format!("{provider}/events"),
        service.clone(),
        format!("{service}/slots?from={day}&to={day}"),
        format!("{service}/slots/explain?at={day}T10:00:00Z"),
        format!("{service}/slots/events"),
    ];
    for path in &reads {
        assert_eq!(at(path.clone()).call().await.status, 200, "{path}");
    }

    root.act(&format!("/users/{ada}/suspend"), because("Spam")).await.json::<Value>(200);
    for path in &reads {
        at(path.clone()).call().await.problem("unauthenticated");
    }
    for path in [&service, &provider] {
        let change = server.request(Method::PATCH, path).bearer_auth(&token).header("if-match", "*");
        change.json(&json!({ "name": "Mine again" })).call().await.problem("unauthenticated");
    }
    let wish = json!({ "name": "Anew", "category": "craft", "time_zone": "UTC", "currency": "EUR" });
    server.post("/providers", &wish).bearer_auth(&token).call().await.problem("unauthenticated");
    let leave = server.request(Method::DELETE, "/me").bearer_auth(&token);
    leave.json(&json!({ "password": PASSWORD })).call().await.problem("unauthenticated");

    root.act(&format!("/users/{ada}/restore"), None).await.json::<Value>(200);
    let session: Value = log_in(&server, "ada@example.org").await.json(200);
    let token = session["access_token"].as_str().unwrap();
    assert_eq!(server.get(&provider).bearer_auth(token).call().await.status, 200);
    let pages: i64 =
        sqlx::query_scalar("select count(*) from providers").fetch_one(&server.db).await.unwrap();
    assert_eq!(pages, 1);
}

#[actix_web::test]
async fn an_act_names_the_version_it_is_meant_for_and_can_be_repeated() {
    let server = TestServer::spawn().await;
    let root = Root::of(&server).await;
    let (ada, _) = register(&server, "ada@example.org", "Ada").await;
    let path = format!("/users/{ada}/suspend");
    let unversioned =
        server.post(&format!("/admin{path}"), &because("Spam").unwrap()).bearer_auth(&root.token);
    unversioned.call().await.problem("precondition_required");
    root.send(Method::POST, &path, "\"99\"", because("Spam")).await.problem("version_mismatch");
    root.act(&path, because("  ")).await.problem("invalid_fields");
    root.act(&path, Some(json!({ "reason": "Spam", "until": "never" }))).await.problem("malformed_body");
    root.act(&path, because(&"x".repeat(501))).await.problem("invalid_fields");
    assert!(root.acts("").await.is_empty());

    let once = || {
        let request =
            server.post(&format!("/admin{path}"), &because("Spam").unwrap()).bearer_auth(&root.token);
        request.header("if-match", "\"1\"").header("idempotency-key", "one")
    };
    let (first, second) = (once().call().await, once().call().await);
    assert_eq!((first.status.as_u16(), &first.text), (200, &second.text));
    assert_eq!(first.etag(), second.etag());
    // What is so already stays, and is told once.
    root.act(&path, because("Spam")).await.json::<AdminUser>(200);
    assert_eq!(root.acts("").await.len(), 1);
    root.act(&path, because("Fraud")).await.json::<AdminUser>(200);
    assert_eq!(root.acts("").await.len(), 2);
}

#[actix_web::test]
async fn the_last_admin_stays_one() {
    let server = TestServer::spawn().await;
    let root = Root::of(&server).await;
    let (ada, _) = register(&server, "ada@example.org", "Ada").await;
    let own = format!("/users/{}", root.id);
    root.act(&format!("{own}/revoke-admin"), None).await.problem("last_admin");
    root.act(&format!("{own}/suspend"), because("Holiday")).await.problem("last_admin");

    let answer = server.request(Method::DELETE, "/me").json(&json!({ "password": PASSWORD }));
    sqlx::query(
        "update users set password_hash = (select password_hash from users where id = $2) where id = $1",
    )
    .bind(root.id)
    .bind(ada)
    .execute(&server.db)
    .await
    .unwrap();
    answer.bearer_auth(&root.token).call().await.problem("last_admin");

    let made: AdminUser = root.act(&format!("/users/{ada}/grant-admin"), None).await.json(200);
    assert!(made.is_admin);
    // A suspended admin is none to rely on.
    root.act(&format!("/users/{ada}/suspend"), because("Holiday")).await.json::<AdminUser>(200);
    root.act(&format!("{own}/revoke-admin"), None).await.problem("last_admin");
    root.act(&format!("/users/{ada}/restore"), None).await.json::<AdminUser>(200);
    let gone: AdminUser = root.act(&format!("{own}/revoke-admin"), None).await.json(200);
    assert!(!gone.is_admin);
    root.get("/overview").await.problem("not_found");
}

#[actix_web::test]
async fn two_admins_cannot_take_the_right_from_each_other_at_once() {
    let server = TestServer::spawn().await;
    for _ in 0..5 {
        sqlx::query("update users set is_admin = false").execute(&server.db).await.unwrap();
        let (one, other) = (Root::of(&server).await, Root::of(&server).await);
        let (first, second) =
            (format!("/users/{}/revoke-admin", other.id), format!("/users/{}/revoke-admin", one.id));
        let (first, second) =
            futures_util::future::join(one.act(&first, None), other.act(&second, None)).await;
        let mut statuses = [first.status.as_u16(), second.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses[0], 200, "{} {}", first.text, second.text);
        assert!(statuses[1] == 404 || statuses[1] == 409, "{} {}", first.text, second.text);
        let left: i64 = sqlx::query_scalar("select count(*) from users where is_admin")
            .fetch_one(&server.db)
            .await
            .unwrap();
        assert_eq!(left, 1);
    }
}

#[actix_web::test]
async fn an_admin_made_on_the_command_line_is_in_the_log() {
    let server = TestServer::spawn().await;
    let root = Root::of(&server).await;
    let (ada, _) = register(&server, "ada@example.org", "Ada").await;
    root.act(&format!("/users/{ada}/suspend"), because("Spam")).await.json::<AdminUser>(200);
    let given = Some(PASSWORD.to_owned());
    api::accounts::admin::create(&server.app, "ada@example.org", "Ada", given).await.unwrap();
    assert_eq!(log_in(&server, "ada@example.org").await.status, 200);
    let acts = root.acts(&format!("?target={ada}")).await;
    let kinds: Vec<_> = acts.iter().map(|act| (act.kind, act.actor_id)).collect();
    assert_eq!(
        kinds,
        [
            (ActKind::AdminGranted, None),
            (ActKind::AddressProven, None),
            (ActKind::UserRestored, None),
            (ActKind::UserSuspended, Some(root.id))
        ]
    );
    let changes: Vec<_> = acts.iter().take(3).map(|act| (act.before.clone(), act.after.clone())).collect();
    let suspended = json!({ "suspended": { "reason": "Spam" } });
    assert_eq!(
        changes,
        [
            (json!({ "is_admin": false }), json!({ "is_admin": true })),
            (json!({ "email_verified": false }), json!({ "email_verified": true })),
            (suspended, json!({ "suspended": null }))
        ]
    );
}
