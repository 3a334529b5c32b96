//! The payment of a rest: nothing waits for it, so it may lapse and be begun anew, and may come when nothing is owed any more.

use crate::app::App;
use crate::bookings;
use crate::db;
use crate::http::ApiResult;
use crate::jobs::{Failure, NewJob, enqueue};
use crate::notifications::{Recipient, RefundMail, RestMail};
use crate::payments::{self, Cause, Closing, Payment, jobs};
use integrations::payments::Processor;
use sqlx::PgConnection;

/// Whether nobody can pay a rest on its page any more.
pub(super) async fn has_lapsed(app: &App, payment: &Payment) -> Result<bool, Failure> {
    if !payment.is_rest {
        return Ok(false);
    }
    let real_now = db::real_now(&mut *app.db.acquire().await?).await?;
    Ok(payment.is_lapsing(real_now, 0))
}

/// Sees to it that nobody pays a rest that has lapsed, and gives it up. `false` where it was paid before.
pub(super) async fn let_lapse(
    app: &App,
    processor: &dyn Processor,
    payment: &Payment,
) -> Result<bool, Failure> {
    let closing = payments::close(processor, payment).await.map_err(jobs::failure)?;
    let Closing::Closed(intent) = closing else { return Ok(false) };
    payments::give_up(&mut *app.db.acquire().await?, payment, intent.as_deref()).await?;
    Ok(true)
}

/// Takes a rest that has arrived, and tells both sides. What is too much goes back, which tells the client all of it.
pub(super) async fn take(db: &mut PgConnection, payment: &Payment) -> ApiResult<()> {
    let (provider_id, booking_id) = (payment.provider_id, payment.booking_id);
    let taken = bookings::take_rest(db, booking_id, payment.amount_minor).await?;
    let goes_back = payments::plan_of(db, payment, taken.too_much_minor, Cause::Overpaid, None).await?;
    if let Some(event_id) = taken.event {
        let mail = |recipient| NewJob::of(&RestMail { provider_id, booking_id, event_id, recipient });
        let mails = [mail(Recipient::Provider), mail(Recipient::Client)];
        let told = if goes_back == 0 { &mails[..] } else { &mails[..1] };
        enqueue(db, told).await?;
    }
    // What went back at the processor before was no part of what is told.
    let paid_minor = payment.amount_minor - taken.too_much_minor + goes_back;
    tell_back(db, payment, (goes_back, paid_minor), Cause::Overpaid).await
}

/// Tells the client what of how much that was paid goes back by itself, if something does, and why.
pub(super) async fn tell_back(
    db: &mut PgConnection,
    payment: &Payment,
    (amount_minor, paid_minor): (i64, i64),
    cause: Cause,
) -> ApiResult<()> {
    if amount_minor == 0 {
        return Ok(());
    }
    let (provider_id, booking_id) = (payment.provider_id, payment.booking_id);
    let noted = bookings::note_back(db, booking_id, amount_minor, paid_minor, cause).await?;
    if let Some(event) = noted {
        enqueue(db, &[NewJob::of(&RefundMail::given(provider_id, booking_id, event))]).await?;
    }
    Ok(())
}
