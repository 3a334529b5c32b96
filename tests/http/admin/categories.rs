use super::Root;
use crate::support::TestServer;
use crate::support::fixtures;
use crate::support::server::Call;
use contract::admin::{ActKind, AdminCategories, AdminCategory};
use contract::providers::{Categories, Provider};
use reqwest::Method;
use serde_json::json;

async fn order(root: &Root<'_>) -> Vec<String> {
    let all: AdminCategories = root.get("/categories").await.json(200);
    let numbers: Vec<_> = all.items.iter().map(|one| one.position).collect();
    assert_eq!(numbers, (1..=all.items.len() as i64).collect::<Vec<_>>());
    all.items.into_iter().map(|one| one.slug).collect()
}

#[actix_web::test]
async fn a_category_is_added_renamed_and_moved() {
    let server = TestServer::spawn().await;
    let root = Root::of(&server).await;
    let new = json!({ "slug": "music", "names": { "en": " Music ", "de": "Musik" } });
    let answer = root.send(Method::POST, "/categories", "*", Some(new.clone())).await;
    let music: AdminCategory = answer.json(201);
    assert_eq!(answer.header("location"), Some("/api/v1/admin/categories/music"));
    assert_eq!((music.names["en"].as_str(), music.position, music.retired), ("Music", 13, false));
    root.send(Method::POST, "/categories", "*", Some(new)).await.problem("invalid_fields");

    let patch = json!({ "names": { "en": "Music", "de": "Musik", "pt-BR": "Música" }, "position": 2 });
    let changed: AdminCategory =
        root.send(Method::PATCH, "/categories/music", "\"1\"", Some(patch)).await.json(200);
    assert_eq!((changed.position, changed.version, changed.names.len()), (2, 2, 3));
    let slugs = order(&root).await;
    assert_eq!(slugs[..3], ["beauty", "music", "health"]);
    root.send(Method::PATCH, "/categories/music", "*", Some(json!({ "position": 999 })))
        .await
        .json::<AdminCategory>(200);
    assert_eq!(order(&root).await.last().map(String::as_str), Some("music"));
    root.send(Method::PATCH, "/categories/music", "\"1\"", Some(json!({}))).await.problem("version_mismatch");
    root.send(Method::PATCH, "/categories/opera", "*", Some(json!({}))).await.problem("not_found");

    let listed: Categories = server.get("/categories").call().await.json(200);
    let listed = listed.items.into_iter().find(|one| one.slug == "music").unwrap();
    assert_eq!(listed.names["de"], "Musik");
    let kinds: Vec<_> =
        root.acts("?target=music").await.into_iter().map(|act| (act.kind, act.target_name)).collect();
    let name = || Some("Music".to_owned());
    assert_eq!(
        kinds,
        [
            (ActKind::CategoryChanged, name()),
            (ActKind::CategoryChanged, name()),
            (ActKind::CategoryAdded, name())
        ]
    );
}

#[actix_web::test]
async fn bad_categories_are_refused_with_pointers() {
    let server = TestServer::spawn().await;
    let root = Root::of(&server).await;
    let long = "x".repeat(61);
    for (body, pointer) in [
        (json!({ "slug": "Über", "names": { "en": "A" } }), "/slug"),
        (json!({ "slug": "a--b", "names": { "en": "A" } }), "/slug"),
        (json!({ "slug": "x", "names": { "en": "A" } }), "/slug"),
        (json!({ "slug": "music", "names": {} }), "/names"),
        (json!({ "slug": "music", "names": { "de": "Musik" } }), "/names/en"),
        (json!({ "slug": "music", "names": { "en": " " } }), "/names/en"),
        (json!({ "slug": "music", "names": { "en": "a\nb" } }), "/names/en"),
        (json!({ "slug": "music", "names": { "en": long } }), "/names/en"),
        (json!({ "slug": "music", "names": { "en": "Music", "no language": "x" } }), "/names"),
    ] {
        let problem =
            root.send(Method::POST, "/categories", "*", Some(body.clone())).await.problem("invalid_fields");
        assert_eq!(problem.errors[0].pointer, pointer, "{body}");
    }
    assert_eq!(order(&root).await.len(), 12);
    assert!(root.acts("").await.is_empty());
}

#[actix_web::test]
async fn a_retired_category_keeps_its_pages_and_takes_no_others() {
    let server = TestServer::spawn().await;
    let root = Root::of(&server).await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let token = server.token(shop.owner);
    let retired: AdminCategory = root.act("/categories/craft/retire", None).await.json(200);
    assert!(retired.retired);
    assert_eq!((retired.providers, retired.providers_published), (1, 1));
    let listed: Categories = server.get("/categories").call().await.json(200);
    assert!(listed.items.iter().any(|one| one.slug == "craft" && one.retired && one.providers == 1));

    let new = |category: &str| json!({ "name": "New", "category": category, "time_zone": "UTC", "currency": "EUR" });
    let create = |category: &str| server.post("/providers", &new(category)).bearer_auth(&token).call();
    let refused = create("craft").await.problem("invalid_fields");
    assert_eq!(
        (refused.errors[0].pointer.as_str(), refused.errors[0].code.as_str()),
        ("/category", "retired")
    );
    assert_eq!(create("opera").await.problem("invalid_fields").errors[0].code, "unknown");
    create("pets").await.json::<Provider>(201);

    let path = format!("/providers/{}", shop.provider);
    let patch = |body| {
        server.request(Method::PATCH, &path).json(&body).bearer_auth(&token).header("if-match", "*").call()
    };
    patch(json!({ "headline": "Still here", "category": "craft" })).await.json::<Provider>(200);
    patch(json!({ "category": "pets" })).await.json::<Provider>(200);
    patch(json!({ "category": "craft" })).await.problem("invalid_fields");

    root.act("/categories/craft/restore", None).await.json::<AdminCategory>(200);
    patch(json!({ "category": "craft" })).await.json::<Provider>(200);
}
