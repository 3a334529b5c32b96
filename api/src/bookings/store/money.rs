//! SQL of what the provider notes about a booking's money. Nothing about the time changes, so calendars need not hear of it.

use super::{Result, Row};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Notes when the rest was paid at the provider's, or that it was not, with its event. `false` where the row is not what
/// was read any more.
pub(in crate::bookings) async fn settle(
    db: &mut PgConnection,
    row: &Row,
    settled_at: Option<OffsetDateTime>,
    user: Option<Uuid>,
) -> Result<bool> {
    let written = sqlx::query!(
        r#"
        with changed as (
            update bookings set settled_at = $4, version = version + 1, updated_at = app_now()
            where provider_id = $1 and id = $2 and version = $3
            returning id
        )
        insert into booking_events (provider_id, booking_id, id, kind, actor, actor_user_id)
        select $1, id, $5, case when $4::timestamptz is null then 'unsettled' else 'settled' end, 'provider', $6 from changed
        "#,
        row.provider_id,
        row.id,
        row.version,
        settled_at,
        Uuid::now_v7(),
        user
    )
    .execute(db)
    .await?;
    Ok(written.rows_affected() == 1)
}

/// Notes that so much of the rest has been paid online, and what counts as paid ahead now; the event that says so.
pub(in crate::bookings) async fn paid_rest(
    db: &mut PgConnection,
    row: &Row,
    taken_minor: i64,
    due_minor: i64,
    mode: &str,
) -> Result<Uuid> {
    let event = Uuid::now_v7();
    sqlx::query!(
        r#"
        with changed as (
            update bookings set due_minor = $3, payment_mode = $4, version = version + 1, updated_at = app_now()
            where provider_id = $1 and id = $2
            returning id
        )
        insert into booking_events (provider_id, booking_id, id, kind, actor, detail)
        select $1, id, $5, 'paid', 'system', $6 from changed
        "#,
        row.provider_id,
        row.id,
        due_minor,
        mode,
        event,
        serde_json::json!({ "amount_minor": taken_minor, "rest": true })
    )
    .execute(db)
    .await
    .map(|_| event)
}

/// What the end of a booking meant for what was reserved on a card.
#[derive(Debug, Default)]
pub(in crate::bookings) struct Ended {
    /// What was let go of.
    pub released_minor: Option<i64>,
    /// What the bank let go of by itself.
    pub lost_minor: Option<i64>,
}

/// How a booking ended, as its history tells it.
pub(in crate::bookings) async fn ended(db: &mut PgConnection, row: &Row) -> Result<Ended> {
    let ended = sqlx::query_as!(
        Ended,
        "select (detail ->> 'released_minor')::bigint as released_minor, (detail ->> 'lost_minor')::bigint as lost_minor
        from booking_events
        where provider_id = $1 and booking_id = $2 and kind in ('cancelled', 'declined', 'expired')
        order by at desc, id desc limit 1",
        row.provider_id,
        row.id
    )
    .fetch_optional(db)
    .await?;
    Ok(ended.unwrap_or_default())
}

/// Notes that the provider gives money back; the event that says so. None where the row is not what was read any more.
pub(in crate::bookings) async fn refunded(
    db: &mut PgConnection,
    row: &Row,
    amount_minor: i64,
    reason: &str,
    user: Option<Uuid>,
) -> Result<Option<Uuid>> {
    let mut detail = serde_json::json!({ "amount_minor": amount_minor, "cause": "by_hand" });
    if !reason.is_empty() {
        detail["reason"] = reason.into();
    }
    sqlx::query_scalar!(
        r#"
        with changed as (
            update bookings set version = version + 1, updated_at = app_now()
            where provider_id = $1 and id = $2 and version = $3
            returning id
        )
        insert into booking_events (provider_id, booking_id, id, kind, actor, actor_user_id, detail)
        select $1, id, $4, 'refunded', 'provider', $5, $6 from changed
        returning id
        "#,
        row.provider_id,
        row.id,
        row.version,
        Uuid::now_v7(),
        user,
        detail
    )
    .fetch_optional(db)
    .await
}

/// What the end of a booking owed of a payment that a bank held back, less what has gone back of it since, in minor units.
pub(in crate::bookings) async fn withheld(
    db: &mut PgConnection,
    provider_id: Uuid,
    booking_id: Uuid,
    payment_id: Uuid,
) -> Result<i64> {
    sqlx::query_scalar!(
        r#"
        select greatest(0, coalesce((
            select (e.detail -> 'withheld' ->> $3::uuid::text)::bigint from booking_events e
            where e.provider_id = $1 and e.booking_id = $2 and e.kind in ('cancelled', 'declined', 'expired', 'no_show')
            order by e.at desc, e.id desc limit 1
        ), 0) - coalesce((
            select sum(r.amount_minor)::bigint from refunds r
            where r.provider_id = $1 and r.payment_id = $3 and r.cause = 'dispute_won' and r.state not in ('failed', 'canceled')
        ), 0)) as "minor!"
        "#,
        provider_id,
        booking_id,
        payment_id
    )
    .fetch_one(db)
    .await
}
