//! What admins do with accounts.

use super::store::{self, Wanted};
use crate::accounts::standing::{self, Standing};
use crate::admin::acts::{Act, record};
use crate::admin::{Admin, Target};
use crate::app::App;
use crate::db;
use crate::http::idempotency::IdempotencyKey;
use crate::http::page::{DEFAULT_LIMIT, List};
use crate::http::{ApiError, ApiResult, Reply, write};
use contract::admin::{ActKind, AdminUser, AdminUserQuery, AdminUserRow};
use contract::page::Page;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

/// A change of where an account stands.
pub enum Change {
    /// It can no longer be used, for this reason.
    Suspend(String),
    /// It can be used again.
    Restore,
    /// The person administers the platform, or no longer does.
    SetAdmin(bool),
}

/// A page of accounts.
pub async fn list(app: &App, query: AdminUserQuery) -> ApiResult<Page<AdminUserRow>> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT) as usize;
    let list = List::of("admin users", &query);
    let after = list.decode_instant(query.cursor.as_deref())?;
    let text = query.q.unwrap_or_default();
    let wanted = Wanted {
        id: Uuid::parse_str(text.trim()).ok(),
        words: text.split_whitespace().map(db::contains).collect(),
        suspended: query.suspended,
        admin: query.admin,
        provider: query.provider,
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

/// An account.
pub async fn read(db: &mut PgConnection, id: Uuid) -> ApiResult<AdminUser> {
    store::find(db, id).await?.ok_or_else(ApiError::not_found)
}

/// Changes where an account stands. What is so already stays, and is not told in the log.
pub async fn change(
    app: &App,
    target: &Target,
    key: Option<&IdempotencyKey>,
    change: &Change,
) -> ApiResult<Reply> {
    let Target { admin, id, version } = target;
    write(app, &admin.scope(), key, async |tx| {
        let before = standing::lock(tx, *id).await?;
        version.check(before.version)?;
        apply(tx, admin, *id, &before, change).await?;
        let user = read(tx, *id).await?;
        Ok(Reply::ok(&user)?.version(user.version))
    })
    .await
}

async fn apply(
    tx: &mut PgConnection,
    admin: &Admin,
    id: Uuid,
    before: &Standing,
    change: &Change,
) -> ApiResult<()> {
    let leaves = match change {
        Change::Suspend(_) => before.is_admin && before.suspended.is_none(),
        Change::SetAdmin(is_admin) => before.is_admin && !is_admin,
        Change::Restore => false,
    };
    if leaves {
        standing::require_other_admin(tx, id).await?;
    }
    let suspended =
        |reason: Option<&String>| reason.map_or(json!(null), |reason| json!({ "reason": reason }));
    let (kind, was, becomes) = match change {
        Change::Suspend(reason) => (
            ActKind::UserSuspended,
            json!({ "suspended": suspended(before.suspended.as_ref()) }),
            json!({ "suspended": suspended(Some(reason)) }),
        ),
        Change::Restore => (
            ActKind::UserRestored,
            json!({ "suspended": suspended(before.suspended.as_ref()) }),
            json!({ "suspended": null }),
        ),
        Change::SetAdmin(is_admin) => (
            if *is_admin { ActKind::AdminGranted } else { ActKind::AdminRevoked },
            json!({ "is_admin": before.is_admin }),
            json!({ "is_admin": is_admin }),
        ),
    };
    if was == becomes {
        return Ok(());
    }
    record(tx, admin, Act { kind, target: id.to_string(), before: was, after: becomes }).await?;
    match change {
        Change::Suspend(reason) => standing::suspend(tx, id, reason).await,
        Change::Restore => standing::restore(tx, id).await,
        Change::SetAdmin(is_admin) => standing::set_admin(tx, id, *is_admin).await,
    }
}
