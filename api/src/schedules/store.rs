//! Schedules in the database.

use super::times::Hours;
use contract::schedules::{Day, TimeOff};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime, Time};
use uuid::Uuid;

/// What holds for the whole schedule.
pub struct Head {
    /// The zone in which all times are meant.
    pub time_zone: String,
    /// Its version.
    pub version: i32,
}

/// The head of a provider's schedule.
pub async fn head(db: &mut PgConnection, provider: Uuid) -> Result<Option<Head>, sqlx::Error> {
    sqlx::query_as!(
        Head,
        "select time_zone, schedule_version as version from providers where id = $1",
        provider
    )
    .fetch_optional(db)
    .await
}

/// Makes it the next version.
pub async fn advance(db: &mut PgConnection, provider: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("update providers set schedule_version = schedule_version + 1 where id = $1", provider)
        .execute(db)
        .await?;
    Ok(())
}

/// The weekly hours, Monday first, by start.
pub async fn weekly(db: &mut PgConnection, provider: Uuid) -> Result<Vec<(Day, Hours)>, sqlx::Error> {
    let rows = sqlx::query!(
        "
        select day_of_week, start_time, end_time from schedules
        where provider_id = $1 order by (day_of_week + 6) % 7, start_time
        ",
        provider
    )
    .fetch_all(db)
    .await?;
    let read = |row: (i16, Time, Time)| {
        let day = u8::try_from(row.0).ok().and_then(Day::from_number)?;
        Some((day, Hours { start: row.1, end: row.2 }))
    };
    Ok(rows.into_iter().filter_map(|row| read((row.day_of_week, row.start_time, row.end_time))).collect())
}

/// Replaces the weekly hours.
pub async fn put_weekly(
    db: &mut PgConnection,
    provider: Uuid,
    windows: &[(Day, Hours)],
) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from schedules where provider_id = $1", provider).execute(&mut *db).await?;
    let days: Vec<i16> = windows.iter().map(|(day, _)| i16::from(day.number())).collect();
    let starts: Vec<Time> = windows.iter().map(|(_, hours)| hours.start).collect();
    let ends: Vec<Time> = windows.iter().map(|(_, hours)| hours.end).collect();
    sqlx::query!(
        "
        insert into schedules (provider_id, day_of_week, start_time, end_time)
        select $1, * from unnest($2::int2[], $3::time[], $4::time[])
        ",
        provider,
        &days,
        &starts,
        &ends
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A date with hours of its own.
pub struct Exception {
    /// The date.
    pub date: Date,
    /// Its hours, by start; none means closed.
    pub windows: Vec<Hours>,
    /// For the provider's own eyes.
    pub note: String,
}

/// The exceptions from a date on.
pub async fn exceptions(
    db: &mut PgConnection,
    provider: Uuid,
    from: Date,
) -> Result<Vec<Exception>, sqlx::Error> {
    let rows = sqlx::query!(
        "
        select exception_date, custom_start, custom_end, note from schedule_exceptions
        where provider_id = $1 and exception_date >= $2 order by exception_date, custom_start
        ",
        provider,
        from
    )
    .fetch_all(db)
    .await?;
    let mut list: Vec<Exception> = Vec::new();
    for row in rows {
        let hours = row.custom_start.zip(row.custom_end).map(|(start, end)| Hours { start, end });
        match list.last_mut() {
            Some(last) if last.date == row.exception_date => last.windows.extend(hours),
            _ => list.push(Exception {
                date: row.exception_date,
                windows: hours.into_iter().collect(),
                note: row.note,
            }),
        }
    }
    Ok(list)
}

/// The note of a date with hours of its own.
pub async fn note(db: &mut PgConnection, provider: Uuid, date: Date) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "select note from schedule_exceptions where provider_id = $1 and exception_date = $2 limit 1",
        provider,
        date
    )
    .fetch_optional(db)
    .await
}

/// Blanks all notes, for when their owner leaves.
pub async fn blank(db: &mut PgConnection, provider: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("update schedule_exceptions set note = '' where provider_id = $1 and note <> ''", provider)
        .execute(&mut *db)
        .await?;
    sqlx::query!("update busy_blocks set note = '' where provider_id = $1 and note <> ''", provider)
        .execute(db)
        .await?;
    Ok(())
}

/// How many dates from `from` on have hours of their own, some of them not counted.
pub async fn count_exceptions_but(
    db: &mut PgConnection,
    provider: Uuid,
    dates: &[Date],
    from: Date,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        select count(distinct exception_date) as "count!" from schedule_exceptions
        where provider_id = $1 and exception_date >= $2 and exception_date <> all($3)
        "#,
        provider,
        from,
        dates
    )
    .fetch_one(db)
    .await
}

/// Sets the hours of dates, each given once.
pub async fn put_exceptions(
    db: &mut PgConnection,
    provider: Uuid,
    exceptions: &[Exception],
) -> Result<(), sqlx::Error> {
    let dates: Vec<Date> = exceptions.iter().map(|exception| exception.date).collect();
    sqlx::query!(
        "delete from schedule_exceptions where provider_id = $1 and exception_date = any($2)",
        provider,
        &dates
    )
    .execute(&mut *db)
    .await?;
    let (mut dates, mut notes, mut starts, mut ends) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for exception in exceptions {
        // A closed date is one row without times.
        let closed = exception.windows.is_empty().then_some(None);
        for hours in exception.windows.iter().map(Some).chain(closed) {
            dates.push(exception.date);
            notes.push(exception.note.clone());
            starts.push(hours.map(|hours| hours.start));
            ends.push(hours.map(|hours| hours.end));
        }
    }
    sqlx::query!(
        "
        insert into schedule_exceptions (provider_id, exception_date, note, is_available, custom_start, custom_end)
        select $1, date, note, starts is not null, starts, ends
        from unnest($2::date[], $3::text[], $4::time[], $5::time[]) as row (date, note, starts, ends)
        ",
        provider,
        &dates,
        &notes,
        &starts as &[Option<Time>],
        &ends as &[Option<Time>]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets the weekly hours hold on a date again; false where they did.
pub async fn delete_exception(
    db: &mut PgConnection,
    provider: Uuid,
    date: Date,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "delete from schedule_exceptions where provider_id = $1 and exception_date = $2",
        provider,
        date
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Time off that ends after an instant, by start.
pub async fn time_off(
    db: &mut PgConnection,
    provider: Uuid,
    after: OffsetDateTime,
) -> Result<Vec<TimeOff>, sqlx::Error> {
    sqlx::query_as!(
        TimeOff,
        "
        select id, start_at, end_at, note from busy_blocks
        where provider_id = $1 and source = 'time_off' and end_at > $2 order by start_at, id
        ",
        provider,
        after
    )
    .fetch_all(db)
    .await
}

/// How much time off is current or coming.
pub async fn count_time_off(db: &mut PgConnection, provider: Uuid) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!" from busy_blocks
        where provider_id = $1 and source = 'time_off' and end_at > app_now()
        "#,
        provider
    )
    .fetch_one(db)
    .await
}

/// Adds time off.
pub async fn add_time_off(
    db: &mut PgConnection,
    provider: Uuid,
    time_off: &TimeOff,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into busy_blocks (provider_id, id, source, start_at, end_at, note) values ($1, $2, 'time_off', $3, $4, $5)",
        provider,
        time_off.id,
        time_off.start_at,
        time_off.end_at,
        time_off.note
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes time off back; false where there is none of this id.
pub async fn delete_time_off(db: &mut PgConnection, provider: Uuid, id: Uuid) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "delete from busy_blocks where provider_id = $1 and id = $2 and source = 'time_off'",
        provider,
        id
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}
