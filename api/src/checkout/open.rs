//! Opening the payment page of a booking, as often as its client asks.

use super::settle::settle;
use crate::app::App;
use crate::bookings::{self, Asker, Held};
use crate::db;
use crate::http::{ApiError, ApiResult};
use crate::payments::{self, NewPayment, PAGE, Payment, State, told};
use contract::payments::{OpenPayment, PaymentFlow, PendingPayment};
use contract::problem::Code;
use domain::money::{Currency, Money};
use integrations::payments::{Capture, FormOrder, PageOrder, PageState};
use std::collections::BTreeMap;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// Opens the payment of a booking, or leads to the one that is open.
///
/// # Errors
/// `not_found`, `invalid_transition` where it does not wait for payment, `payments_off`, `unavailable`.
pub(super) async fn open(app: &App, asker: &Asker, id: Uuid, wish: OpenPayment) -> ApiResult<PendingPayment> {
    let (held, payment, real_now) = begin(app, asker, id).await?;
    let mut db = app.db.acquire().await?;
    let way = payments::require_ready(app, &mut db, held.provider_id).await?;
    drop(db);
    let currency = Currency::parse(&held.currency).map_err(ApiError::internal)?;
    let amount = Money::new(payment.amount_minor, currency);
    let split = way.split(amount, payment.fee_minor);
    let capture = if payment.captured_later { Capture::Later } else { Capture::AtOnce };
    let metadata = BTreeMap::from([
        ("payment_id".to_owned(), payment.id.to_string()),
        ("booking_id".to_owned(), held.id.to_string()),
        ("provider_id".to_owned(), held.provider_id.to_string()),
    ]);
    let answer = |page_url: Option<String>, client_secret: Option<String>| PendingPayment {
        id: payment.id,
        amount_minor: payment.amount_minor,
        currency: held.currency.clone(),
        expires_at: held.until,
        page_url,
        client_secret,
    };
    match wish.flow {
        PaymentFlow::Form => {
            let order = FormOrder { amount, metadata, capture, split };
            let form = way.processor.prepare(&order, &format!("form:{}", payment.id)).await.map_err(told)?;
            let mut db = app.db.acquire().await?;
            payments::opened(&mut db, &payment, None, None, Some(&form.payment)).await?;
            Ok(answer(None, Some(form.client_secret)))
        }
        PaymentFlow::Page => {
            let page = match &payment.page_id {
                Some(page) => way.processor.page(page).await.map_err(told)?,
                None => {
                    let back = app.link(&format!("/pay/{}", held.id));
                    let order = PageOrder {
                        amount,
                        title: format!("{}, {}", held.service_name, held.provider_name),
                        details: None,
                        email: held.client_email.clone(),
                        language: wish.locale.clone().unwrap_or_else(|| "en".to_owned()),
                        reference: payment.id.to_string(),
                        metadata,
                        expires_at: real_now + Duration::seconds(PAGE),
                        success_url: format!("{back}?done=1"),
                        cancel_url: format!("{back}"),
                        capture,
                        split,
                    };
                    let page = way
                        .processor
                        .open_page(&order, &format!("page:{}", payment.id))
                        .await
                        .map_err(told)?;
                    let mut db = app.db.acquire().await?;
                    payments::opened(
                        &mut db,
                        &payment,
                        Some(&page.id),
                        page.expires_at,
                        page.payment.as_deref(),
                    )
                    .await?;
                    page
                }
            };
            if page.state != PageState::Open {
                settle(app, held.provider_id, payment.id).await.map_err(ApiError::internal)?;
                let words = "It was paid just now, or the page has closed. Read the booking again.";
                return Err(ApiError::new(Code::InvalidTransition).detail(words));
            }
            Ok(answer(page.url, None))
        }
    }
}

/// The hold and its payment's row, made where there was none. The hold outlives the page that is opened now. Also the real
/// time, which the processor goes by.
async fn begin(app: &App, asker: &Asker, id: Uuid) -> ApiResult<(Held, Payment, OffsetDateTime)> {
    let mut tx = app.db.begin().await?;
    let held = bookings::reach_held(app, &mut tx, asker, id).await?;
    let way = payments::require_ready(app, &mut tx, held.provider_id).await?;
    let payment = match payments::live(&mut tx, held.provider_id, held.id).await? {
        Some(payment) => payment,
        None => {
            let currency = Currency::parse(&held.currency).map_err(ApiError::internal)?;
            let amount = Money::new(held.due_minor, currency);
            let new = NewPayment {
                provider_id: held.provider_id,
                booking_id: held.id,
                amount_minor: amount.minor,
                currency: &held.currency,
                fee_minor: way.fee(amount),
                fee_returned: way.fee_returned,
                account_id: way.account.as_deref(),
                captured_later: held.needs_approval,
            };
            let payment = payments::add(&mut tx, &new).await?;
            bookings::prolong_hold(&mut tx, (held.provider_id, held.id), PAGE + 60).await?;
            payments::find(&mut tx, held.provider_id, payment).await?.ok_or_else(ApiError::not_found)?
        }
    };
    let real_now = db::real_now(&mut tx).await?;
    tx.commit().await?;
    Ok((held, payment, real_now))
}

/// Settles what a client says it has paid, without waiting for the processor to tell.
///
/// # Errors
/// `not_found`, `unavailable`.
pub(super) async fn refresh(app: &App, asker: &Asker, id: Uuid) -> ApiResult<()> {
    let mut db = app.db.acquire().await?;
    let provider_id = bookings::reach_as_client(app, &mut db, asker, id).await?;
    let live = payments::live(&mut db, provider_id, id).await?;
    drop(db);
    match live.filter(|payment| payment.state != State::New) {
        Some(payment) => settle(app, provider_id, payment.id).await.map_err(|failure| {
            tracing::warn!(%failure, "a payment could not be settled at its client's return");
            ApiError::new(Code::Unavailable).retry_after(2)
        }),
        None => Ok(()),
    }
}
