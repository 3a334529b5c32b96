//! Mails about money that goes back: to the client what the provider gives, to both what was given back at the processor and what
//! did not arrive.

use super::booking_mail::link;
use super::messages::Sum;
use super::{Recipient, booking_facts, deliver, delivery, messages};
use crate::jobs::{Failure, Job, JobContext, Outcome};
use crate::payments;
use domain::money::{Currency, Money};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What became of money that goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum News {
    /// It goes back, as this event of the booking tells.
    Given(Uuid),
    /// This refund did not arrive, as the provider is told.
    Failed(Uuid),
    /// The same, as the client is.
    Late(Uuid),
    /// Somebody gave this back at the processor, as the provider is told.
    Outside(Uuid),
    /// The same, as the client is.
    Returned(Uuid),
}

/// Tells who has to know of a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundMail {
    provider_id: Uuid,
    booking_id: Uuid,
    news: News,
}

impl RefundMail {
    /// Tells the client what goes back and why, as an event of the booking has it.
    #[must_use]
    pub fn given(provider_id: Uuid, booking_id: Uuid, event_id: Uuid) -> Self {
        Self { provider_id, booking_id, news: News::Given(event_id) }
    }

    /// Tells the provider and the client that a refund did not arrive.
    #[must_use]
    pub fn failed(provider_id: Uuid, booking_id: Uuid, refund_id: Uuid) -> [Self; 2] {
        [News::Failed, News::Late].map(|news| Self { provider_id, booking_id, news: news(refund_id) })
    }

    /// Tells the provider and the client what somebody gave back at the processor.
    #[must_use]
    pub fn outside(provider_id: Uuid, booking_id: Uuid, refund_id: Uuid) -> [Self; 2] {
        [News::Outside, News::Returned].map(|news| Self { provider_id, booking_id, news: news(refund_id) })
    }
}

impl Job for RefundMail {
    const KIND: &'static str = "notifications.refund";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let app = &ctx.app;
        let mut db = app.db.acquire().await?;
        let Some(facts) = booking_facts::of_booking(&mut db, self.provider_id, self.booking_id).await? else {
            return Ok(());
        };
        let (about, recipient) = match self.news {
            News::Given(event) => (event, Recipient::Client),
            News::Failed(refund) | News::Outside(refund) => (refund, Recipient::Provider),
            News::Late(refund) | News::Returned(refund) => (refund, Recipient::Client),
        };
        let is_late = matches!(self.news, News::Failed(_) | News::Late(_));
        let told = sqlx::query!(
            r#"
            select (e.detail ->> 'amount_minor')::bigint as "amount_minor!", coalesce(e.detail ->> 'reason', '') as "reason!",
                coalesce(e.detail ->> 'cause', '') as "cause!",
                coalesce(e.detail ->> 'paid_minor', e.detail ->> 'amount_minor')::bigint as "paid_minor!",
                b.paid_minor as "received_minor!", b.refunded_minor as "gone_minor!", b.currency::text as "currency!"
            from booking_events e join bookings b on b.provider_id = e.provider_id and b.id = e.booking_id
            where e.provider_id = $1 and e.booking_id = $2 and e.id = $3 and e.kind = 'refunded'
            union all
            select r.amount_minor, '', '', r.amount_minor, b.paid_minor, b.refunded_minor, b.currency::text
            from refunds r join bookings b on b.provider_id = r.provider_id and b.id = r.booking_id
            where r.provider_id = $1 and r.booking_id = $2 and r.id = $3 and (r.state in ('failed', 'canceled')) = $4
            "#,
            self.provider_id,
            self.booking_id,
            about,
            is_late
        )
        .fetch_optional(&mut *db)
        .await?;
        let refunds = payments::refunds_of(&mut db, &[(self.provider_id, self.booking_id)]).await;
        drop(db);
        let mut refunds = refunds.map_err(Failure::retry)?.into_values().flatten();
        let is_with_platform = refunds.any(|refund| refund.id == about && refund.with_platform);
        let facts = facts.known_by(recipient);
        let (Some(told), Some(to)) = (told, facts.address(recipient)) else { return Ok(()) };
        let currency = Currency::parse(&told.currency).map_err(Failure::fail)?;
        let amount = Money::new(told.amount_minor, currency);
        let all = Sum {
            gone: Money::new(told.gone_minor, currency),
            paid: Money::new(told.received_minor, currency),
        };
        let url = link(app, &facts, recipient);
        let letter = match self.news {
            News::Given(_) => match told.cause.as_str() {
                "overpaid" => {
                    messages::refund_overpaid(&facts, amount, Money::new(told.paid_minor, currency), &url)
                }
                "dispute_won" => messages::refund_after_dispute(&facts, amount, &url),
                "cancelled" => messages::refund_charged(&facts, amount, &url),
                _ => messages::refund_given(&facts, amount, &told.reason, &url),
            },
            News::Failed(_) => messages::refund_failed(&facts, amount, is_with_platform, &url),
            News::Outside(_) => messages::refund_outside(&facts, amount, all, &url),
            News::Returned(_) => messages::refund_returned(&facts, amount, all, &url),
            News::Late(_) => messages::refund_late(&facts, amount, &url),
        };
        let name = match self.news {
            News::Given(_) | News::Failed(_) => format!("{}.{about}", self.booking_id),
            News::Late(_) => format!("{}.{about}.client", self.booking_id),
            News::Outside(_) | News::Returned(_) => {
                format!("{}.{about}.outside.{}", self.booking_id, recipient.as_str())
            }
        };
        deliver(ctx, &delivery::mail(app, "refund", &name, to, &letter, None)).await
    }
}
