//! When the two sides of a booking are told that it has another time.
//!
//! A provider who drags a booking may let go in the wrong place and take it back. So the news of such a move waits for
//! `GRACE`; what stands then is told, against what the client believed before, and nothing where it is the same. Whoever
//! moves for good (the client, a whole day) is told of at once.

use super::booking_mail::{BookingMail, Notice, Recipient};
use crate::db;
use crate::jobs::{Failure, Job, JobContext, NewJob, Outcome, enqueue, withdraw};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// How long the news of a provider's move waits: longer than the app offers to undo it.
const GRACE: Duration = Duration::seconds(15);

/// A time that a booking had, from its start to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Its start.
    #[serde(with = "time::serde::timestamp")]
    pub start_at: OffsetDateTime,
    /// Its end.
    #[serde(with = "time::serde::timestamp")]
    pub end_at: OffsetDateTime,
}

/// Tells both sides after the moment of grace where a booking is, if that is news then.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct TellMove {
    /// Whose booking it is.
    pub provider_id: Uuid,
    /// The booking.
    pub booking_id: Uuid,
    /// The provider's member who did it, and knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Uuid>,
}

impl Job for TellMove {
    const KIND: &'static str = "notifications.tell_move";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let mut tx = crate::db::begin(&ctx.app.db).await?;
        // Under the lock, or a move that comes in between could take what is told here for still untold.
        db::lock_provider(&mut tx, self.provider_id).await?;
        if let Some((was, now, sequence)) = self.untold(&mut tx).await? {
            if was != now {
                let mail = |recipient| self.mail(recipient, Some(was), now, sequence);
                enqueue(&mut tx, &[mail(Recipient::Client), mail(Recipient::Provider)]).await?;
            }
            forget(&mut tx, self.provider_id, self.booking_id).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

impl TellMove {
    fn mail(self, recipient: Recipient, was: Option<Stretch>, now: Stretch, sequence: i32) -> NewJob {
        let Self { provider_id, booking_id, by } = self;
        let (notice, to) = (Notice::Moved, Some(now));
        NewJob::of(&BookingMail { provider_id, booking_id, notice, recipient, sequence, was, to, by })
    }

    /// What the client believes, what is true, and the booking's sequence.
    async fn untold(self, db: &mut PgConnection) -> Result<Option<(Stretch, Stretch, i32)>, Failure> {
        let row = sqlx::query!(
            "select u.start_at as was_start, u.end_at as was_end, b.start_at, b.end_at, b.sequence
             from untold_moves u join bookings b on b.provider_id = u.provider_id and b.id = u.booking_id
             where u.provider_id = $1 and u.booking_id = $2",
            self.provider_id,
            self.booking_id
        )
        .fetch_optional(db)
        .await?;
        Ok(row.map(|row| {
            let was = Stretch { start_at: row.was_start, end_at: row.was_end };
            (was, Stretch { start_at: row.start_at, end_at: row.end_at }, row.sequence)
        }))
    }
}

/// Lets the news of a provider's move wait. The caller holds the provider's lock; `sequence` is the booking's before the
/// move.
///
/// # Errors
/// Those of the database.
pub async fn tell_move_later(
    db: &mut PgConnection,
    news: TellMove,
    was: Stretch,
    sequence: i32,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    // After several moves in a row, the client still believes what was before the first.
    sqlx::query!(
        "insert into untold_moves (provider_id, booking_id, start_at, end_at, sequence) values ($1, $2, $3, $4, $5)
         on conflict (provider_id, booking_id) do nothing",
        news.provider_id,
        news.booking_id,
        was.start_at,
        was.end_at,
        sequence
    )
    .execute(&mut *db)
    .await?;
    enqueue(db, &[NewJob::of(&news).at(now + GRACE).key(key(news.booking_id))]).await
}

/// Tells of a move at once, and the client of those before that waited. The caller holds the provider's lock; `sequence` is
/// the booking's after the move.
///
/// # Errors
/// Those of the database.
pub async fn tell_move_now(
    db: &mut PgConnection,
    news: TellMove,
    was: Stretch,
    now: Stretch,
    sequence: i32,
) -> Result<[NewJob; 2], sqlx::Error> {
    let believed = silence(db, news).await?;
    // A client who puts it back where it was hears that it is there, not that it came from there.
    let known = Some(believed.unwrap_or(was)).filter(|known| *known != now);
    Ok([
        news.mail(Recipient::Client, known, now, sequence),
        news.mail(Recipient::Provider, Some(was), now, sequence),
    ])
}

/// Tells that a booking is over before it took place. Moves that waited are never told: the client hears of the end with
/// the time that the client knows, the provider with the true one. The caller holds the provider's lock; `sequence` is the
/// booking's after the end.
///
/// # Errors
/// Those of the database.
pub async fn tell_end(
    db: &mut PgConnection,
    news: TellMove,
    notice: Notice,
    sequence: i32,
) -> Result<[NewJob; 2], sqlx::Error> {
    let believed = silence(db, news).await?;
    let TellMove { provider_id, booking_id, by } = news;
    let mail = |recipient, was| {
        NewJob::of(&BookingMail { provider_id, booking_id, notice, recipient, sequence, was, to: None, by })
    };
    Ok([mail(Recipient::Client, believed), mail(Recipient::Provider, None)])
}

/// Sees that moves that waited are not told any more. What the client believes, if any waited.
async fn silence(db: &mut PgConnection, news: TellMove) -> Result<Option<Stretch>, sqlx::Error> {
    let believed = forget(db, news.provider_id, news.booking_id).await?;
    if believed.is_some() {
        withdraw(db, &[key(news.booking_id)]).await?;
    }
    Ok(believed)
}

/// What waited to be told, which waits no more.
async fn forget(
    db: &mut PgConnection,
    provider_id: Uuid,
    booking_id: Uuid,
) -> Result<Option<Stretch>, sqlx::Error> {
    sqlx::query_as!(
        Stretch,
        "delete from untold_moves where provider_id = $1 and booking_id = $2 returning start_at, end_at",
        provider_id,
        booking_id
    )
    .fetch_optional(db)
    .await
}

fn key(booking_id: Uuid) -> String {
    format!("{}.{booking_id}", TellMove::KIND)
}
