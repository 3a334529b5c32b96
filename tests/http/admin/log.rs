use super::{Root, because};
use crate::support::TestServer;
use crate::support::fixtures;
use contract::admin::{ActKind, AdminAct};
use contract::page::Page;
use serde_json::Value;

#[actix_web::test]
async fn lines_are_found_by_actor_kind_target_and_time() {
    let server = TestServer::spawn().await;
    let (root, other) = (Root::of(&server).await, Root::of(&server).await);
    let (shop, next) = (fixtures::shop(&server.db, "UTC").await, fixtures::shop(&server.db, "UTC").await);
    let suspend = |shop: &fixtures::Shop| format!("/providers/{}/suspend", shop.provider);
    root.act(&suspend(&shop), because("Spam")).await.json::<Value>(200);
    server.advance("2 days").await;
    other.act(&suspend(&next), because("Spam")).await.json::<Value>(200);
    other.act(&format!("/providers/{}/restore", shop.provider), None).await.json::<Value>(200);

    let all = root.acts("").await;
    assert_eq!(all.len(), 3);
    assert!(all.is_sorted_by_key(|act| std::cmp::Reverse(act.at)));
    assert_eq!(root.acts(&format!("?actor={}", other.id)).await.len(), 2);
    assert_eq!(root.acts("?kind=provider_suspended").await.len(), 2);
    assert_eq!(root.acts(&format!("?target={}", shop.provider)).await.len(), 2);
    let day = all[0].at.date();
    assert_eq!(root.acts(&format!("?from={day}T00:00:00Z")).await.len(), 2);
    let old = root.acts(&format!("?to={day}T00:00:00Z")).await;
    assert_eq!(old.len(), 1);
    assert_eq!((old[0].kind, old[0].actor_name.as_deref()), (ActKind::ProviderSuspended, Some("Root")));
    assert_eq!(old[0].target_name.as_deref(), Some("Corner Shop"));

    let first: Page<AdminAct> = root.get("/acts?limit=2").await.json(200);
    let rest = root.acts(&format!("?limit=2&cursor={}", first.next_cursor.unwrap())).await;
    assert_eq!(rest, old);
    root.get("/acts?kind=nonsense").await.problem("malformed_query");
    root.get("/acts?actor=nobody").await.problem("malformed_query");
    root.get("/acts?from=9999-01-01T00:00:00Z").await.problem("invalid_fields");
    root.get("/acts?cursor=e30").await.problem("invalid_fields");

    // Who is gone leaves a line without a name.
    sqlx::query("delete from users where id = $1").bind(other.id).execute(&server.db).await.unwrap();
    let acts = root.acts(&format!("?actor={}", other.id)).await;
    assert_eq!(acts.len(), 2);
    assert_eq!(acts[0].actor_name, None);
}

#[actix_web::test]
async fn the_database_lets_nobody_change_a_line() {
    let server = TestServer::spawn().await;
    let root = Root::of(&server).await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    root.act(&format!("/providers/{}/suspend", shop.provider), because("Spam")).await.json::<Value>(200);
    for statement in
        ["update admin_acts set kind = 'nothing'", "delete from admin_acts", "truncate admin_acts"]
    {
        let refused = sqlx::query(statement).execute(&server.db).await.unwrap_err();
        let code = refused.as_database_error().and_then(|error| error.code()).map(|code| code.into_owned());
        assert_eq!(code.as_deref(), Some("42501"), "{statement}");
    }
    let acts = root.acts("").await;
    assert_eq!(acts.len(), 1);
    assert_eq!(acts[0].kind, ActKind::ProviderSuspended);
}
