//! The mail that tells a provider of a client's bank that disputes a payment.

use super::booking_mail::link;
use super::{Recipient, booking_facts, deliver, delivery, messages};
use crate::jobs::{Failure, Job, JobContext, Outcome};
use domain::money::{Currency, Money};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Tells the provider how a dispute stands, as an event of the booking has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeMail {
    /// Whose booking it is.
    pub provider_id: Uuid,
    /// The booking.
    pub booking_id: Uuid,
    /// The event.
    pub event_id: Uuid,
}

impl Job for DisputeMail {
    const KIND: &'static str = "notifications.dispute";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let app = &ctx.app;
        let mut db = app.db.acquire().await?;
        let Some(facts) = booking_facts::of_booking(&mut db, self.provider_id, self.booking_id).await? else {
            return Ok(());
        };
        let told = sqlx::query!(
            r#"
            select (e.detail ->> 'amount_minor')::bigint as "amount_minor!", coalesce(e.detail ->> 'state', '') as "state!",
                coalesce((e.detail ->> 'back_minor')::bigint, 0) as "back_minor!",
                b.currency::text as "currency!",
                exists (select from payments p where p.provider_id = b.provider_id and p.booking_id = b.id
                    and p.state = 'paid' and p.account_id is not null) as "is_platforms!"
            from booking_events e join bookings b on b.provider_id = e.provider_id and b.id = e.booking_id
            where e.provider_id = $1 and e.booking_id = $2 and e.id = $3 and e.kind = 'disputed'
            "#,
            self.provider_id,
            self.booking_id,
            self.event_id
        )
        .fetch_optional(&mut *db)
        .await?;
        drop(db);
        let (Some(told), Some(to)) = (told, facts.address(Recipient::Provider)) else { return Ok(()) };
        let currency = Currency::parse(&told.currency).map_err(Failure::fail)?;
        let [amount, back] = [told.amount_minor, told.back_minor].map(|minor| Money::new(minor, currency));
        let url = link(app, &facts, Recipient::Provider);
        let letter = messages::dispute(&facts, amount, &told.state, told.is_platforms, back, &url);
        let name = format!("{}.{}", self.booking_id, self.event_id);
        deliver(ctx, &delivery::mail(app, "dispute", &name, to, &letter, None)).await
    }
}
