//! The mails that tell both sides that a rest was paid online.

use super::booking_mail::link;
use super::{Recipient, booking_facts, deliver, delivery, messages};
use crate::jobs::{Failure, Job, JobContext, Outcome};
use domain::booking::Status;
use domain::money::{Currency, Money};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Tells one side of a booking what came in for its rest, as an event of the booking has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestMail {
    /// Whose booking it is.
    pub provider_id: Uuid,
    /// The booking.
    pub booking_id: Uuid,
    /// The event.
    pub event_id: Uuid,
    /// Who is told.
    pub recipient: Recipient,
}

impl Job for RestMail {
    const KIND: &'static str = "notifications.rest";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let app = &ctx.app;
        let mut db = app.db.acquire().await?;
        let facts = booking_facts::of_booking(&mut db, self.provider_id, self.booking_id).await?;
        // What became of money for a booking that ended since is told with its end.
        let stands = |status: Status| matches!(status, Status::Confirmed | Status::Completed);
        let Some(facts) = facts.filter(|facts| stands(facts.status)) else { return Ok(()) };
        let told = sqlx::query!(
            r#"
            select (e.detail ->> 'amount_minor')::bigint as "amount_minor!", b.currency::text as "currency!"
            from booking_events e join bookings b on b.provider_id = e.provider_id and b.id = e.booking_id
            where e.provider_id = $1 and e.booking_id = $2 and e.id = $3 and e.kind = 'paid'
            "#,
            self.provider_id,
            self.booking_id,
            self.event_id
        )
        .fetch_optional(&mut *db)
        .await?;
        drop(db);
        let facts = facts.known_by(self.recipient);
        let (Some(told), Some(to)) = (told, facts.address(self.recipient)) else { return Ok(()) };
        let amount = Money::new(told.amount_minor, Currency::parse(&told.currency).map_err(Failure::fail)?);
        let url = link(app, &facts, self.recipient);
        let letter = messages::rest_arrived(&facts, self.recipient, amount, &url);
        let name = format!("{}.{}.{}", self.booking_id, self.event_id, self.recipient.as_str());
        deliver(ctx, &delivery::mail(app, "rest", &name, to, &letter, None)).await
    }
}
