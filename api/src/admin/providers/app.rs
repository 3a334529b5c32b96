//! What admins do with pages.

use super::store::{self, Wanted};
use crate::admin::acts::{Act, record};
use crate::admin::{Admin, Target};
use crate::app::App;
use crate::http::idempotency::IdempotencyKey;
use crate::http::page::{DEFAULT_LIMIT, List};
use crate::http::{ApiError, ApiResult, Reply, write};
use crate::notifications::{PageMail, PageNotice};
use crate::{db, providers};
use contract::admin::{ActKind, AdminProvider, AdminProviderQuery, AdminProviderRow};
use contract::page::Page;
use contract::providers::Provider;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

/// A change of what customers can see of a page.
pub enum Change {
    /// Nobody sees it, for this reason.
    Suspend(String),
    /// It is as it was before it was suspended.
    Restore,
    /// Customers see it, or do not.
    Publish(bool),
}

/// A page of pages.
pub async fn list(app: &App, query: AdminProviderQuery) -> ApiResult<Page<AdminProviderRow>> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT) as usize;
    let list = List::of("admin providers", &query);
    let after = list.decode_instant(query.cursor.as_deref())?;
    let text = query.q.unwrap_or_default();
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let wanted = Wanted {
        id: Uuid::parse_str(text.trim()).ok(),
        words: text.split_whitespace().map(db::contains).collect(),
        city: filled(query.city).map(|city| city.trim().to_owned()),
        category: filled(query.category),
        state: query.state,
        after,
        limit: limit as i64 + 1,
    };
    let mut tx = crate::db::begin(&app.db).await?;
    db::plan_anew(&mut tx).await?;
    let mut items = store::list(&mut tx, wanted).await?;
    tx.commit().await?;
    let next_cursor = list.cut(&mut items, limit, |last| (last.created_at, last.id));
    Ok(Page { items, next_cursor })
}

/// A page.
pub async fn read(db: &mut PgConnection, id: Uuid) -> ApiResult<AdminProvider> {
    store::find(db, id).await?.ok_or_else(ApiError::not_found)
}

/// Changes what customers can see of a page. What is so already stays, and is not told in the log.
pub async fn change(
    app: &App,
    target: &Target,
    key: Option<&IdempotencyKey>,
    change: &Change,
) -> ApiResult<Reply> {
    let Target { admin, id, version } = target;
    write(app, &admin.scope(), key, async |tx| {
        let mut profile = providers::locked(tx, *id, version.clone()).await?;
        match change {
            Change::Suspend(reason) => suspend(tx, admin, &profile, reason).await?,
            Change::Restore => restore(tx, admin, &profile).await?,
            Change::Publish(published) => publish(tx, admin, &mut profile, *published).await?,
        }
        let provider = read(tx, *id).await?;
        Ok(Reply::ok(&provider)?.version(provider.version))
    })
    .await
}

async fn suspend(tx: &mut PgConnection, admin: &Admin, profile: &Provider, reason: &str) -> ApiResult<()> {
    let before = profile.suspension.as_ref().map(|suspension| suspension.reason.as_str());
    if before == Some(reason) {
        return Ok(());
    }
    let act = Act {
        kind: ActKind::ProviderSuspended,
        target: profile.id.to_string(),
        before: json!({ "suspended": before.map(|reason| json!({ "reason": reason })) }),
        after: json!({ "suspended": { "reason": reason } }),
    };
    record(tx, admin, act).await?;
    providers::set_suspended(tx, profile.id, Some(reason)).await?;
    Ok(PageMail::to_owners(tx, profile.id, PageNotice::Suspended).await?)
}

async fn restore(tx: &mut PgConnection, admin: &Admin, profile: &Provider) -> ApiResult<()> {
    let Some(suspension) = &profile.suspension else { return Ok(()) };
    let act = Act {
        kind: ActKind::ProviderRestored,
        target: profile.id.to_string(),
        before: json!({ "suspended": { "reason": suspension.reason } }),
        after: json!({ "suspended": null }),
    };
    record(tx, admin, act).await?;
    providers::set_suspended(tx, profile.id, None).await?;
    Ok(PageMail::to_owners(tx, profile.id, PageNotice::Restored).await?)
}

async fn publish(
    tx: &mut PgConnection,
    admin: &Admin,
    profile: &mut Provider,
    published: bool,
) -> ApiResult<()> {
    if providers::publish(tx, profile, published).await? {
        let act = Act {
            kind: if published { ActKind::ProviderPublished } else { ActKind::ProviderHidden },
            target: profile.id.to_string(),
            before: json!({ "published": !published }),
            after: json!({ "published": published }),
        };
        record(tx, admin, act).await?;
    }
    Ok(())
}
