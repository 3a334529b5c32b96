//! One-time tokens that were mailed to somebody.

use sqlx::PgConnection;
use uuid::Uuid;

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::accounts) enum Purpose {
    /// Proves that the address is the person's.
    VerifyEmail,
    /// Lets the person set a new password.
    ResetPassword,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::ResetPassword => "reset_password",
        }
    }

    /// How long the link in the mail works.
    pub(in crate::accounts) const fn hours(self) -> u32 {
        match self {
            Self::VerifyEmail => 7 * 24,
            Self::ResetPassword => 1,
        }
    }
}

/// Who holds a token.
pub(in crate::accounts) struct Holder {
    pub id: Uuid,
    pub email: String,
    pub name: String,
}

/// Adds a token for the account's present address.
pub(in crate::accounts) async fn insert(
    db: &mut PgConnection,
    user_id: Uuid,
    purpose: Purpose,
    token_hash: &[u8],
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into user_tokens (token_hash, user_id, purpose, email, expires_at)
        select $1, id, $3, email, statement_timestamp() + make_interval(hours => $4) from users where id = $2",
        token_hash,
        user_id,
        purpose.as_str(),
        purpose.hours().cast_signed()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whose token this is, where it still works: unused, in time, and for the address the account has now.
pub(in crate::accounts) async fn holder(
    db: &mut PgConnection,
    purpose: Purpose,
    token_hash: &[u8],
) -> Result<Option<Holder>, sqlx::Error> {
    sqlx::query_as!(
        Holder,
        r#"select u.id, u.email::text as "email!", u.name
        from user_tokens t join users u on u.id = t.user_id and u.email = t.email
        where t.token_hash = $1 and t.purpose = $2 and t.used_at is null and t.expires_at > statement_timestamp()"#,
        token_hash,
        purpose.as_str()
    )
    .fetch_optional(db)
    .await
}

/// Uses a token up, once. Whether it still worked.
///
/// The caller holds the lock of the account, so of several at once the others find it used.
pub(in crate::accounts) async fn consume(
    db: &mut PgConnection,
    purpose: Purpose,
    token_hash: &[u8],
) -> Result<bool, sqlx::Error> {
    let used = sqlx::query!(
        "update user_tokens t set used_at = statement_timestamp() from users u
        where t.token_hash = $1 and t.purpose = $2 and t.used_at is null and t.expires_at > statement_timestamp()
            and u.id = t.user_id and u.email = t.email",
        token_hash,
        purpose.as_str()
    )
    .execute(db)
    .await?;
    Ok(used.rows_affected() == 1)
}

/// Voids a person's tokens of a purpose.
pub(in crate::accounts) async fn void(
    db: &mut PgConnection,
    user_id: Uuid,
    purpose: Purpose,
) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from user_tokens where user_id = $1 and purpose = $2", user_id, purpose.as_str())
        .execute(db)
        .await?;
    Ok(())
}
