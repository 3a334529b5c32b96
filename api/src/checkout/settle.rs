//! Settling a payment: what the processor says is read anew, written down, and done for the booking. It runs from events,
//! from the client's return and from the reconciliation alike; running it again changes nothing.

use super::rest;
use crate::app::App;
use crate::bookings::{self, Money};
use crate::db;
use crate::http::ApiResult;
use crate::jobs::{Failure, Job, JobContext, NewJob, Outcome, enqueue};
use crate::notifications::{DisputeMail, Notice, client_mail};
use crate::payments::{self, Cause, Fate, Happened, News, Payment, State, jobs};
use integrations::payments::{History, PageState, PaymentState};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

/// Settles a payment.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct SettlePayment {
    /// Whose booking it is.
    pub provider_id: Uuid,
    /// The payment.
    pub payment_id: Uuid,
}

impl Job for SettlePayment {
    const KIND: &'static str = "checkout.settle";

    async fn run(self, ctx: &JobContext) -> Outcome {
        settle(&ctx.app, self.provider_id, self.payment_id).await
    }
}

impl SettlePayment {
    /// To be settled, once at a time.
    #[must_use]
    pub fn queued(&self) -> NewJob {
        NewJob::of(self).key(format!("{}:{}", Self::KIND, self.payment_id))
    }
}

/// Settles a payment.
///
/// # Errors
/// Where the processor or the database could not be asked, to be tried again.
pub(super) async fn settle(app: &App, provider_id: Uuid, payment_id: Uuid) -> Outcome {
    let found = payments::find(&mut *app.db.acquire().await?, provider_id, payment_id).await?;
    let Some(payment) = found else { return Ok(()) };
    let processor = jobs::processor(app)?;
    if rest::has_lapsed(app, &payment).await? && rest::let_lapse(app, &*processor, &payment).await? {
        return Ok(());
    }
    let intent = match (&payment.intent_id, &payment.page_id) {
        (Some(intent), _) => Some(intent.clone()),
        (None, Some(page)) => match processor.page(page).await.map_err(jobs::failure)? {
            page if payment.is_rest && page.state == PageState::Expired && page.payment.is_none() => {
                payments::give_up(&mut *app.db.acquire().await?, &payment, None).await?;
                None
            }
            page => page.payment,
        },
        (None, None) => None,
    };
    // Nobody has tried to pay yet.
    let Some(intent) = intent else { return Ok(()) };
    let seen = processor.history(&intent).await.map_err(jobs::failure)?;
    let mut tx = crate::db::begin(&app.db).await?;
    db::lock_provider(&mut tx, provider_id).await?;
    apply(&mut tx, provider_id, payment_id, &seen).await.map_err(Failure::retry)?;
    tx.commit().await?;
    app.live.committed();
    Ok(())
}

async fn apply(db: &mut PgConnection, provider_id: Uuid, payment_id: Uuid, seen: &History) -> ApiResult<()> {
    let Some(payment) = payments::find(db, provider_id, payment_id).await? else { return Ok(()) };
    let happened = payments::record(db, &payment, seen).await?;
    let booking = payment.booking_id;
    if happened.paid && payment.is_rest {
        rest::take(db, &payment).await?;
    } else if happened.paid {
        let stands = bookings::take_payment(db, booking, Money::Arrived, payment.amount_minor).await?;
        if !stands || payment.quote.is_some() {
            give_back(db, &payment).await?;
        }
    } else if seen.payment.state == PaymentState::Authorised {
        let is_late = happened.authorised
            && !bookings::take_payment(db, booking, Money::Authorised, payment.amount_minor).await?;
        if is_late {
            enqueue(db, &[client_mail(provider_id, booking, Notice::PaidLate)]).await?;
        }
        take_or_release(db, &payment).await?;
    } else if is_lost(&payment, &happened) {
        bookings::lose_payment(db, booking).await?;
    }
    tell_disputes(db, &payment, &happened.disputes).await
}

/// What the bank holds is taken where the booking stands and let go of where it does not, also where that was asked for
/// before and came to nothing.
async fn take_or_release(db: &mut PgConnection, payment: &Payment) -> ApiResult<()> {
    match payments::fate(db, payment).await? {
        Fate::Take => payments::capture(db, payment.provider_id, payment.booking_id).await,
        Fate::LetGo => payments::withdraw(db, payment.provider_id, payment.booking_id).await,
        Fate::Wait => Ok(()),
    }
}

/// What a bank did stands in the booking's history; of several steps at once, the provider is told the last.
async fn tell_disputes(db: &mut PgConnection, payment: &Payment, disputes: &[News]) -> ApiResult<()> {
    let (provider_id, booking_id) = (payment.provider_id, payment.booking_id);
    let mut told = None;
    for news in disputes {
        let back_minor =
            if news.state == "won" { give_withheld(db, payment, news.amount_minor).await? } else { 0 };
        let detail = json!({
            "state": news.state, "amount_minor": news.amount_minor, "reason": news.reason, "back_minor": back_minor,
        });
        told = bookings::note(db, booking_id, "disputed", &detail).await?.or(told);
    }
    if let Some(event_id) = told {
        enqueue(db, &[NewJob::of(&DisputeMail { provider_id, booking_id, event_id })]).await?;
    }
    Ok(())
}

/// What the end of the booking owed of what a bank held back goes back now that it has let the payment stand. Tells how much that
/// is, in minor units.
async fn give_withheld(db: &mut PgConnection, payment: &Payment, amount_minor: i64) -> ApiResult<i64> {
    let owed = bookings::withheld(db, payment.provider_id, payment.booking_id, payment.id).await?;
    let back = payments::plan_of(db, payment, owed.min(amount_minor), Cause::DisputeWon, None).await?;
    rest::tell_back(db, payment, (back, back), Cause::DisputeWon).await?;
    Ok(back)
}

/// An authorisation that the provider's answer did not come in time for.
fn is_lost(payment: &Payment, happened: &Happened) -> bool {
    happened.over && payment.state == State::Authorised
}

/// What was quoted before the money was taken goes back, to whoever called the booking off or did not come. Where nobody did, the time was gone
/// when the money came: all of it goes back, and the client is told. So does what was reserved and taken in the very moment in which it
/// was to be let go of.
async fn give_back(db: &mut PgConnection, payment: &Payment) -> ApiResult<()> {
    if let Some(quote) = &payment.quote {
        return payments::plan_quoted(db, payment, quote).await;
    }
    if payment.captured_later {
        let back = payments::plan_of(db, payment, payment.amount_minor, Cause::Cancelled, None).await?;
        return rest::tell_back(db, payment, (back, payment.amount_minor), Cause::Cancelled).await;
    }
    let back = payments::plan_of(db, payment, payment.amount_minor, Cause::Late, None).await?;
    if back > 0 {
        bookings::note_back(db, payment.booking_id, back, payment.amount_minor, Cause::Late).await?;
    }
    let mail = client_mail(payment.provider_id, payment.booking_id, Notice::PaidLate);
    Ok(enqueue(db, &[mail]).await?)
}
