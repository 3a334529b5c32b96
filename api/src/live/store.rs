//! SQL of changes.

use super::position::Position;
use crate::http::User;
use contract::live::{Change, ChangeKind};
use sqlx::PgConnection;
use uuid::Uuid;

type Result<T> = std::result::Result<T, sqlx::Error>;

/// Something of this provider changed.
pub(super) type Row = (Uuid, Change);

/// Where a reader that begins now stands.
pub(super) async fn now(db: &mut PgConnection) -> Result<Position> {
    let now = sqlx::query!(
        r#"select extract(epoch from statement_timestamp())::bigint as "at!", pg_current_snapshot()::text as "snapshot!""#
    )
    .fetch_one(db)
    .await?;
    Ok(Position::new(now.at, now.snapshot))
}

/// What was committed since a position, of one provider or of all, and where the reader stands then.
///
/// One statement, so that rows and position are of the same instant.
pub(super) async fn since(
    db: &mut PgConnection,
    position: &Position,
    provider_id: Option<Uuid>,
) -> Result<(Position, Vec<Row>)> {
    let rows = sqlx::query!(
        r#"
        select now.at as "at!", now.snapshot as "snapshot!", c.provider_id as "provider_id?", c.kind as "kind?",
            c.subject_id as "subject_id?"
        from (
            select extract(epoch from statement_timestamp())::bigint as at, pg_current_snapshot()::text as snapshot
        ) now
        left join provider_changes c on c.xid >= pg_snapshot_xmin($1::text::pg_snapshot)
            and not pg_visible_in_snapshot(c.xid, $1::text::pg_snapshot)
            and ($2::uuid is null or c.provider_id = $2)
        "#,
        position.snapshot(),
        provider_id
    )
    .fetch_all(db)
    .await?;
    let mut reached = position.clone();
    let mut changes = Vec::new();
    for row in rows {
        if changes.is_empty() {
            reached = Position::new(row.at, row.snapshot);
        }
        if let (Some(provider), Some(kind), Some(id)) = (row.provider_id, row.kind, row.subject_id) {
            changes.push((provider, Change { kind: kind_of(&kind), id }));
        }
    }
    Ok((reached, changes))
}

fn kind_of(name: &str) -> ChangeKind {
    match name {
        "booking" => ChangeKind::Booking,
        "schedule" => ChangeKind::Schedule,
        "service" => ChangeKind::Service,
        _ => ChangeKind::Provider,
    }
}

/// Whether a person still acts for a provider, in a session that nobody has ended.
pub(super) async fn may_listen(db: &mut PgConnection, user: User, provider_id: Uuid) -> Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from acting_members where user_id = $1 and provider_id = $2)
            and exists (select from refresh_tokens where user_id = $1 and family = $3) as "may!""#,
        user.id,
        provider_id,
        user.session
    )
    .fetch_one(db)
    .await
}

/// Tells every process that something was committed.
pub(super) async fn hint(db: &mut PgConnection) -> Result<()> {
    sqlx::query("select pg_notify('changes', '')").execute(db).await?;
    Ok(())
}
