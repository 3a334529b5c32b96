//! SQL of all bookings of one person.

use super::{Result, Row, rows};
use crate::bookings::app::Person;
use contract::bookings::BookingEvent;
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// The bookings, by start.
pub(in crate::bookings) async fn bookings(db: &mut PgConnection, whose: Person<'_>) -> Result<Vec<Row>> {
    rows!(
        "b.client_id = $1 or (b.client_id is null and b.client_email = $2::text::citext) order by b.start_at, b.id",
        whose.id,
        whose.email
    )
    .fetch_all(db)
    .await
}

/// Their histories by booking, oldest first.
pub(in crate::bookings) async fn events(
    db: &mut PgConnection,
    whose: Person<'_>,
) -> Result<HashMap<Uuid, Vec<BookingEvent>>> {
    let rows = sqlx::query!(
        "select e.booking_id, e.kind, e.actor, e.at, e.detail
         from bookings b join booking_events e on e.provider_id = b.provider_id and e.booking_id = b.id
         where b.client_id = $1 or (b.client_id is null and b.client_email = $2::text::citext)
         order by e.at, e.id",
        whose.id,
        whose.email
    )
    .fetch_all(db)
    .await?;
    let mut histories: HashMap<Uuid, Vec<BookingEvent>> = HashMap::new();
    for row in rows {
        let event = BookingEvent { kind: row.kind, actor: row.actor, at: row.at, detail: row.detail };
        histories.entry(row.booking_id).or_default().push(event);
    }
    Ok(histories)
}

/// The providers of these bookings.
pub(in crate::bookings) async fn providers(db: &mut PgConnection, whose: Person<'_>) -> Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select distinct provider_id from bookings
         where client_id = $1 or (client_id is null and client_email = $2::text::citext)",
        whose.id,
        whose.email
    )
    .fetch_all(db)
    .await
}

/// Takes the person out of them: what tells who it was, and what they wrote. Times and prices stay.
pub(in crate::bookings) async fn anonymise(
    db: &mut PgConnection,
    whose: Person<'_>,
    name: &str,
) -> Result<()> {
    sqlx::query!(
        r#"
        with freed as (
            update bookings
            set client_id = null, client_name = $3, client_email = null, client_phone = null, client_notes = '',
                client_address = '', client_locale = 'en', client_time_zone = time_zone,
                cancel_reason = case when cancelled_by = 'client' then '' else cancel_reason end,
                version = version + 1, updated_at = app_now()
            where client_id = $1 or (client_id is null and client_email = $2::text::citext)
            returning provider_id, id
        )
        update booking_events e set detail = e.detail - 'reason', actor_user_id = null
        from freed
        where e.provider_id = freed.provider_id and e.booking_id = freed.id and e.actor in ('client', 'guest')
        "#,
        whose.id,
        whose.email,
        name
    )
    .execute(db)
    .await?;
    Ok(())
}
