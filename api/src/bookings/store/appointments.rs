//! SQL of the time that bookings take: the appointments that they sit in.

use super::Result;
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// Where a booking moves to.
pub(in crate::bookings) struct Target {
    pub provider_id: Uuid,
    pub service_id: Uuid,
    pub start_at: OffsetDateTime,
    pub end_at: OffsetDateTime,
    pub blocked_from: OffsetDateTime,
    pub blocked_until: OffsetDateTime,
    pub capacity: i32,
    pub seats: i32,
}

/// Claims seats at a time. `None` where it is taken.
pub(in crate::bookings) async fn claim(db: &mut PgConnection, at: &Target) -> Result<Option<Uuid>> {
    sqlx::query_scalar!(
        r#"
        with joined as (
            update appointments set seats_taken = seats_taken + $9
            where provider_id = $1 and start_at = $2 and end_at = $3 and service_id = $4
                and seats_taken + $9 <= capacity
            returning id
        ), made as (
            insert into appointments (provider_id, id, service_id, start_at, end_at, blocked_from, blocked_until,
                capacity, seats_taken)
            select $1, $5, $4, $2, $3, $6, $7, $8, $9 where not exists (select from joined)
            on conflict do nothing
            returning id
        )
        select id as "id!" from joined union all select id from made
        "#,
        at.provider_id,
        at.start_at,
        at.end_at,
        at.service_id,
        Uuid::now_v7(),
        at.blocked_from,
        at.blocked_until,
        at.capacity,
        at.seats
    )
    .fetch_optional(db)
    .await
}

/// Moves an appointment that only this booking holds. `false` where it holds others too, or where the service stands
/// at the new time already and is to be joined there.
pub(in crate::bookings) async fn move_alone(
    db: &mut PgConnection,
    appointment_id: Uuid,
    to: &Target,
) -> Result<bool> {
    let moved = sqlx::query!(
        r#"
        update appointments a
        set start_at = $3, end_at = $4, blocked_from = $5, blocked_until = $6, capacity = $7, service_id = $9
        where a.provider_id = $1 and a.id = $2 and a.seats_taken = $8
            and not exists (
                select from appointments other
                where other.provider_id = $1 and other.start_at = $3 and other.id <> $2)
        "#,
        to.provider_id,
        appointment_id,
        to.start_at,
        to.end_at,
        to.blocked_from,
        to.blocked_until,
        to.capacity,
        to.seats,
        to.service_id
    )
    .execute(db)
    .await?;
    Ok(moved.rows_affected() == 1)
}

/// Whether others have seats in an appointment beside these.
pub(in crate::bookings) async fn is_shared(
    db: &mut PgConnection,
    provider_id: Uuid,
    appointment_id: Uuid,
    seats: i32,
) -> Result<bool> {
    sqlx::query_scalar!(
        r#"select seats_taken > $3 as "is_shared!" from appointments where provider_id = $1 and id = $2"#,
        provider_id,
        appointment_id,
        seats
    )
    .fetch_one(db)
    .await
}

/// The seats taken in each of the appointments.
pub(in crate::bookings) async fn seats_taken(
    db: &mut PgConnection,
    provider_id: Uuid,
    appointments: &[Uuid],
) -> Result<HashMap<Uuid, i32>> {
    let rows = sqlx::query!(
        "select id, seats_taken from appointments where provider_id = $1 and id = any($2)",
        provider_id,
        appointments
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.seats_taken)).collect())
}

/// Where an appointment moves to, with all its bookings.
pub(in crate::bookings) struct NewPlace {
    pub appointment_id: Uuid,
    pub start_at: OffsetDateTime,
    pub end_at: OffsetDateTime,
    pub blocked_from: OffsetDateTime,
    pub blocked_until: OffsetDateTime,
}

/// Moves appointments. The constraints are checked row by row, so they leave the calendar before the first comes back:
/// each may go where another stands.
pub(in crate::bookings) async fn place(
    db: &mut PgConnection,
    provider_id: Uuid,
    places: &[NewPlace],
) -> Result<()> {
    let ids: Vec<Uuid> = places.iter().map(|place| place.appointment_id).collect();
    let at = |pick: fn(&NewPlace) -> OffsetDateTime| places.iter().map(pick).collect::<Vec<_>>();
    // Hours, because days would depend on the session's time zone: about a thousand years.
    sqlx::query!(
        "update appointments
         set start_at = start_at + interval '8766000 hours', end_at = end_at + interval '8766000 hours',
             blocked_from = blocked_from + interval '8766000 hours', blocked_until = blocked_until + interval '8766000 hours'
         where provider_id = $1 and id = any($2)",
        provider_id,
        &ids
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update appointments a
         set start_at = place.start_at, end_at = place.end_at, blocked_from = place.blocked_from,
             blocked_until = place.blocked_until
         from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[])
             as place (id, start_at, end_at, blocked_from, blocked_until)
         where a.provider_id = $1 and a.id = place.id",
        provider_id,
        &ids,
        &at(|place| place.start_at),
        &at(|place| place.end_at),
        &at(|place| place.blocked_from),
        &at(|place| place.blocked_until)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives seats back; the last ones take the appointment with them. No booking may point at them any more.
pub(in crate::bookings) async fn release(
    db: &mut PgConnection,
    provider_id: Uuid,
    appointment_id: Uuid,
    seats: i32,
) -> Result<()> {
    let kept = sqlx::query!(
        "update appointments set seats_taken = seats_taken - $3 where provider_id = $1 and id = $2 and seats_taken > $3",
        provider_id,
        appointment_id,
        seats
    )
    .execute(&mut *db)
    .await?;
    if kept.rows_affected() == 1 {
        return Ok(());
    }
    let gone = sqlx::query!(
        "delete from appointments where provider_id = $1 and id = $2 and seats_taken = $3",
        provider_id,
        appointment_id,
        seats
    )
    .execute(db)
    .await?;
    // Seats that do not add up are a bug, and the transaction must not stand.
    match gone.rows_affected() {
        1 => Ok(()),
        _ => Err(sqlx::Error::Protocol(format!("the seats of appointment {appointment_id} do not add up"))),
    }
}
