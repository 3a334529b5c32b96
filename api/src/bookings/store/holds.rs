//! SQL of bookings that wait for payment: how many one client, or one address, has at once.

use super::Result;
use sqlx::PgConnection;
use uuid::Uuid;

/// Whose bookings are counted.
#[derive(Debug, Clone, Copy)]
pub(in crate::bookings) struct Holder<'a> {
    /// The account.
    pub client: Option<Uuid>,
    /// The mailbox that is named.
    pub email: Option<&'a str>,
    /// From where it is asked, hashed.
    pub from: &'a str,
}

/// Makes whoever counts bookings of the same holder wait until this transaction ends: they may be at other providers, whose
/// locks say nothing of each other. Taken after the provider's lock, in one order.
pub(in crate::bookings) async fn lock(db: &mut PgConnection, holder: Holder<'_>) -> Result<()> {
    let client = holder.client.map(|id| id.to_string());
    let email = holder.email.map(str::to_lowercase);
    let mut keys: Vec<_> =
        [client.as_deref(), email.as_deref(), Some(holder.from)].into_iter().flatten().collect();
    keys.sort_unstable();
    for key in keys {
        sqlx::query!(
            r#"select 1 as "locked!" from pg_advisory_xact_lock(hashtextextended('holds of ' || $1, 0))"#,
            key
        )
        .fetch_one(&mut *db)
        .await?;
    }
    Ok(())
}

/// How many bookings wait for payment: of the client, and from the address.
pub(in crate::bookings) async fn count(db: &mut PgConnection, holder: Holder<'_>) -> Result<(i64, i64)> {
    let held = sqlx::query!(
        r#"select count(*) filter (where client_id = $1 or client_email = $2::text::citext) as "of_client!",
            count(*) filter (where held_from = $3) as "from_address!"
        from bookings
        where status = 'pending' and awaits = 'payment' and hold_expires_at > app_now()
            and (client_id = $1 or client_email = $2::text::citext or held_from = $3)"#,
        holder.client,
        holder.email,
        holder.from
    )
    .fetch_one(db)
    .await?;
    Ok((held.of_client, held.from_address))
}
