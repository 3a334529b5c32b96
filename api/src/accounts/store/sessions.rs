//! Refresh tokens. A session is a family of them: a chain in which only the last is unused.

use contract::accounts::SessionSummary;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// A refresh token that somebody presents.
pub(in crate::accounts) struct Presented {
    pub id: Uuid,
    pub family: Uuid,
    pub state: State,
}

/// What a token is still good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::accounts) enum State {
    /// The last of its chain.
    Fresh,
    /// Used a moment ago: the answer to that may have been lost on the way.
    JustUsed,
    /// Used before.
    Used,
    /// Too old.
    Expired,
}

/// A session as it stands in the list.
pub(in crate::accounts) struct Listed {
    pub family: Uuid,
    pub last_seen_at: OffsetDateTime,
    pub user_agent: Option<String>,
}

impl Listed {
    /// The session as its owner sees it from the session `asking`.
    pub fn summary(self, asking: Uuid) -> SessionSummary {
        SessionSummary {
            id: self.family,
            current: self.family == asking,
            last_seen_at: self.last_seen_at,
            user_agent: self.user_agent,
        }
    }
}

/// Adds a token that lives for thirty days.
pub(in crate::accounts) async fn insert(
    db: &mut PgConnection,
    user_id: Uuid,
    family: Uuid,
    token_hash: &[u8],
    user_agent: Option<&str>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into refresh_tokens (id, user_id, family, token_hash, expires_at, user_agent)
        values ($1, $2, $3, $4, statement_timestamp() + interval '30 days', $5)",
        Uuid::now_v7(),
        user_id,
        family,
        token_hash,
        user_agent
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whose token this is.
pub(in crate::accounts) async fn owner(
    db: &mut PgConnection,
    token_hash: &[u8],
) -> Result<Option<Uuid>, sqlx::Error> {
    sqlx::query_scalar!("select user_id from refresh_tokens where token_hash = $1", token_hash)
        .fetch_optional(db)
        .await
}

/// The token and what it is good for.
pub(in crate::accounts) async fn presented(
    db: &mut PgConnection,
    token_hash: &[u8],
) -> Result<Option<Presented>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select id, family, expires_at > statement_timestamp() as "is_live!", used_at is not null as "is_used!",
            coalesce(used_at > statement_timestamp() - interval '10 seconds', false) as "is_just_used!"
        from refresh_tokens where token_hash = $1"#,
        token_hash
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let state = match (row.is_live, row.is_used, row.is_just_used) {
            (false, ..) => State::Expired,
            (true, false, _) => State::Fresh,
            (true, true, true) => State::JustUsed,
            (true, true, false) => State::Used,
        };
        Presented { id: row.id, family: row.family, state }
    }))
}

/// Notes that a token was used.
pub(in crate::accounts) async fn mark_used(db: &mut PgConnection, id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("update refresh_tokens set used_at = statement_timestamp() where id = $1", id)
        .execute(db)
        .await?;
    Ok(())
}

/// Ends one session of a person. Whether there was one.
pub(in crate::accounts) async fn end(
    db: &mut PgConnection,
    user_id: Uuid,
    family: Uuid,
) -> Result<bool, sqlx::Error> {
    let gone = sqlx::query!("delete from refresh_tokens where user_id = $1 and family = $2", user_id, family)
        .execute(db)
        .await?;
    Ok(gone.rows_affected() > 0)
}

/// Ends all sessions of a person but one.
pub(in crate::accounts) async fn end_all(
    db: &mut PgConnection,
    user_id: Uuid,
    except: Option<Uuid>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from refresh_tokens where user_id = $1 and family is distinct from $2",
        user_id,
        except
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A page of a person's sessions, the last seen first.
pub(in crate::accounts) async fn list(
    db: &mut PgConnection,
    user_id: Uuid,
    after: Option<(OffsetDateTime, Uuid)>,
    limit: i64,
) -> Result<Vec<Listed>, sqlx::Error> {
    let (seen, family) = after.unzip();
    sqlx::query_as!(
        Listed,
        "select family, issued_at as last_seen_at, user_agent from refresh_tokens
        where user_id = $1 and used_at is null and expires_at > statement_timestamp()
            and ($2::timestamptz is null or (issued_at, family) < ($2, $3))
        order by issued_at desc, family desc limit $4",
        user_id,
        seen,
        family,
        limit
    )
    .fetch_all(db)
    .await
}
