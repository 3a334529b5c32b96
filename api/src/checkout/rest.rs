//! The payment of a rest: nothing waits for it, so it may lapse and be begun anew, and may come when nothing is owed any more.

use crate::app::App;
use crate::bookings;
use crate::db;
use crate::http::ApiResult;
use crate::jobs::{Failure, NewJob, enqueue};
use crate::notifications::RefundMail;
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

/// Takes a rest that has arrived. What is too much goes back, and the client is told.
pub(super) async fn take(db: &mut PgConnection, payment: &Payment) -> ApiResult<()> {
    let (provider_id, booking_id) = (payment.provider_id, payment.booking_id);
    let too_much = bookings::take_rest(db, booking_id, payment.amount_minor).await?;
    if too_much == 0 {
        return Ok(());
    }
    payments::plan(db, provider_id, booking_id, too_much, Cause::Overpaid, None).await?;
    if let Some(event) = bookings::note_overpaid(db, booking_id, too_much).await? {
        let mail = RefundMail::given(provider_id, booking_id, event);
        enqueue(db, &[NewJob::of(&mail)]).await?;
    }
    Ok(())
}
