//! The log of what is done in the platform's name, by admins and on the command line. Lines are added in the transaction of
//! the act and never changed: the database refuses. Reading it is the admins' own affair.

use crate::http::{ApiError, ApiResult};
use contract::admin::{ActKind, TargetKind};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// Something that is done. `before` and `after` hold what changes: no secrets, and no more of a person than that.
pub struct Act {
    /// What is done.
    pub kind: ActKind,
    /// To whom or what.
    pub target: String,
    /// As it was.
    pub before: Value,
    /// As it becomes.
    pub after: Value,
}

/// Adds a line for what an admin does; call it in the transaction of the act, before the change.
///
/// # Errors
/// `not_found` where the actor is no admin any more. The right stays until the transaction ends.
pub async fn record(db: &mut PgConnection, actor: Uuid, request_id: Option<&str>, act: Act) -> ApiResult<()> {
    let written = sqlx::query!(
        "
        with actor as (select id from users where id = $2 and is_admin and suspended_at is null for share)
        insert into admin_acts (id, actor_id, kind, target_kind, target_id, before, after, request_id)
        select $1, id, $3, $4, $5, $6, $7, $8 from actor
        ",
        Uuid::now_v7(),
        actor,
        act.kind.as_str(),
        target_name(target_kind(act.kind)),
        act.target,
        act.before,
        act.after,
        request_id
    )
    .execute(db)
    .await?
    .rows_affected();
    if written == 1 { Ok(()) } else { Err(ApiError::not_found()) }
}

/// Adds a line for what is done from the command line.
///
/// # Errors
/// Those of the database.
pub async fn record_command(db: &mut PgConnection, act: Act) -> ApiResult<()> {
    sqlx::query!(
        "insert into admin_acts (id, kind, target_kind, target_id, before, after) values ($1, $2, $3, $4, $5, $6)",
        Uuid::now_v7(),
        act.kind.as_str(),
        target_name(target_kind(act.kind)),
        act.target,
        act.before,
        act.after
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What acts of a kind are done to.
#[must_use]
pub const fn target_kind(kind: ActKind) -> TargetKind {
    match kind {
        ActKind::UserSuspended
        | ActKind::UserRestored
        | ActKind::AddressProven
        | ActKind::AdminGranted
        | ActKind::AdminRevoked => TargetKind::User,
        ActKind::ProviderSuspended
        | ActKind::ProviderRestored
        | ActKind::ProviderPublished
        | ActKind::ProviderHidden => TargetKind::Provider,
        ActKind::CategoryAdded
        | ActKind::CategoryChanged
        | ActKind::CategoryRetired
        | ActKind::CategoryRestored => TargetKind::Category,
    }
}

const fn target_name(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::User => "user",
        TargetKind::Provider => "provider",
        TargetKind::Category => "category",
    }
}
