//! The part of the story that admins play.

use super::{Story, With, number, text};
use crate::support::TestServer;
use serde_json::{Value, json};
use uuid::Uuid;

/// Calls every operation for admins: on the person and the page of this name, and on a category of its own.
pub async fn play(story: &mut Story<'_>, server: &TestServer, user_id: &str, provider_id: &str) {
    let (admin, token) = server.admin("Root").await;
    let as_admin = || With { token: Some(&token), ..With::default() };
    story.ok("get_admin_overview", as_admin()).await;

    let at_user: &[(&str, &str)] = &[("user_id", user_id)];
    let reason = || Some(json!({ "reason": "Mails come back" }));
    let users = story.ok("list_users", With { query: "?q=mira&suspended=false", ..as_admin() }).await;
    assert_eq!(users["items"][0]["id"], user_id);
    let mut user = story.ok("get_user", With { path: at_user, ..as_admin() }).await;
    for act in ["grant_admin", "revoke_admin", "suspend_user", "restore_user"] {
        let body = (act == "suspend_user").then(reason).flatten();
        user = step(story, act, With { path: at_user, body, ..as_admin() }, &user).await;
    }

    let at_provider: &[(&str, &str)] = &[("provider_id", provider_id)];
    let pages = story.ok("list_all_providers", With { query: "?q=mira&state=published", ..as_admin() }).await;
    assert_eq!(pages["items"][0]["id"], provider_id);
    let mut page = story.ok("get_any_provider", With { path: at_provider, ..as_admin() }).await;
    for act in ["suspend_provider", "restore_provider", "unpublish_any_provider", "publish_any_provider"] {
        let body = (act == "suspend_provider").then(reason).flatten();
        page = step(story, act, With { path: at_provider, body, ..as_admin() }, &page).await;
    }

    let new = json!({ "slug": "music", "names": { "en": "Music", "de": "Musik" } });
    let mut category = story.ok("create_category", With { body: Some(new), ..as_admin() }).await;
    let at_category: &[(&str, &str)] = &[("slug", "music")];
    for act in ["update_category", "retire_category", "restore_category"] {
        let body = (act == "update_category").then(|| json!({ "position": 1 }));
        category = step(story, act, With { path: at_category, body, ..as_admin() }, &category).await;
    }
    let categories = story.ok("list_all_categories", as_admin()).await;
    assert_eq!(text(&categories, "/items/0/slug"), "music");

    let query = format!("?actor={admin}&kind=provider_suspended&target={provider_id}");
    let acts = story.ok("list_admin_acts", With { query: &query, ..as_admin() }).await;
    assert_eq!(acts["items"].as_array().map(Vec::len), Some(1));
    assert!(text(&acts, "/items/0/request_id").parse::<Uuid>().is_ok());
}

async fn step(story: &mut Story<'_>, act: &str, with: With<'_>, stored: &Value) -> Value {
    story.ok(act, With { version: Some(number(stored, "/version")), ..with }).await
}
