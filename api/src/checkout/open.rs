//! Opening the payment of a booking, as often as its client asks.

use super::rest;
use super::settle::settle;
use crate::app::App;
use crate::bookings::{self, Asker, Payable};
use crate::db;
use crate::http::throttle::{self, Key};
use crate::http::{ApiError, ApiResult};
use crate::jobs::Failure;
use crate::payments::{
    self, Closing, LONGEST_HOLD, NewPayment, PAGE, Payment, SHORTEST_PAGE, State, Way, told,
};
use contract::payments::{OpenPayment, PaymentFlow, PendingPayment};
use contract::problem::Code;
use contract::text::is_language_tag;
use domain::money::{Currency, Money};
use integrations::payments::{Capture, FormOrder, Page, PageOrder, PageState};
use std::collections::BTreeMap;
use std::time::Duration as Window;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// How often the payment of one booking is opened, and the processor asked about it, in a window: an app in which somebody waits
/// asks every second at first.
const OPENED: u32 = 60;
const ASKED: u32 = 120;
const WINDOW: Window = Window::from_secs(600);
/// With so little time left, in seconds, the page of a rest is begun anew rather than shown again.
const LAST: i64 = 5 * 60;

/// Opens the payment of a booking, or leads to the one that is open.
///
/// # Errors
/// `not_found`, `invalid_transition` where nothing can be paid for it, `payments_off`, `too_many_requests`, `unavailable`.
pub(super) async fn open(app: &App, asker: &Asker, id: Uuid, wish: OpenPayment) -> ApiResult<PendingPayment> {
    if wish.locale.as_deref().is_some_and(|tag| !is_language_tag(tag)) {
        return Err(ApiError::field("/locale", "language", "A language is a BCP 47 tag, such as de."));
    }
    let mut db = app.db.acquire().await?;
    bookings::reach_as_client(app, &mut db, asker, id).await?;
    throttle::hit(&mut db, &Key::new("payment-opened", &[&id.to_string()]), OPENED, WINDOW).await?;
    drop(db);
    let opening = begin(app, asker, id, wish.flow).await?;
    if wish.flow == PaymentFlow::Form {
        return open_form(app, &opening).await;
    }
    let language = wish.locale.as_deref().unwrap_or("en");
    if let Some(opened) = open_page(app, &opening, language).await? {
        return Ok(opened);
    }
    let again = begin(app, asker, id, wish.flow).await?;
    open_page(app, &again, language).await?.ok_or_else(paid_or_closed)
}

/// What is opened.
struct Opening {
    held: Payable,
    payment: Payment,
    way: Way,
}

impl Opening {
    fn amount(&self) -> ApiResult<Money> {
        let currency = Currency::parse(&self.payment.currency).map_err(ApiError::internal)?;
        Ok(Money::new(self.payment.amount_minor, currency))
    }

    const fn capture(&self) -> Capture {
        if self.payment.captured_later { Capture::Later } else { Capture::AtOnce }
    }

    fn metadata(&self) -> BTreeMap<String, String> {
        let of = |name: &str, id: Uuid| (name.to_owned(), id.to_string());
        BTreeMap::from([
            of("payment_id", self.payment.id),
            of("booking_id", self.payment.booking_id),
            of("provider_id", self.payment.provider_id),
        ])
    }

    fn answer(&self, page_url: Option<String>, client_secret: Option<String>) -> PendingPayment {
        PendingPayment {
            id: self.payment.id,
            amount_minor: self.payment.amount_minor,
            currency: self.payment.currency.clone(),
            expires_at: self.held.until,
            page_url,
            client_secret,
        }
    }
}

async fn open_form(app: &App, opening: &Opening) -> ApiResult<PendingPayment> {
    let (amount, payment) = (opening.amount()?, &opening.payment);
    let split = opening.way.split(amount, payment.fee_minor);
    let order = FormOrder { amount, metadata: opening.metadata(), capture: opening.capture(), split };
    let processor = &opening.way.processor;
    let form = processor.prepare(&order, &format!("form:{}", payment.id)).await.map_err(told)?;
    let kept = payments::opened(&mut *app.db.acquire().await?, payment, None, Some(&form.payment)).await?;
    if kept.is_some() {
        return Ok(opening.answer(None, Some(form.client_secret)));
    }
    processor.release(&form.payment).await.map_err(told)?;
    Err(given_up())
}

/// None where it was the page of a rest and has lapsed, so that it can be begun anew.
async fn open_page(app: &App, opening: &Opening, language: &str) -> ApiResult<Option<PendingPayment>> {
    let (held, payment, processor) = (&opening.held, &opening.payment, &opening.way.processor);
    let page = match &payment.page_id {
        Some(page) => processor.page(page).await.map_err(told)?,
        None => {
            let page = order_page(app, opening, language).await?;
            let mut db = app.db.acquire().await?;
            let kept = payments::opened(&mut db, payment, Some(&page.id), page.payment.as_deref()).await?;
            drop(db);
            match kept.map(|kept| kept.page_id) {
                Some(Some(first)) if first == page.id => page,
                // Somebody opened one in another language in the same moment: there is to be one page to pay on.
                other => {
                    processor.expire_page(&page.id).await.map_err(told)?;
                    let first = other.flatten().ok_or_else(given_up)?;
                    processor.page(&first).await.map_err(told)?
                }
            }
        }
    };
    if page.state == PageState::Expired && payment.is_rest {
        let lapsed = rest::let_lapse(app, &**processor, payment).await.map_err(not_settled)?;
        return if lapsed { Ok(None) } else { Err(paid_or_closed()) };
    }
    if page.state != PageState::Open {
        settle_now(app, held.provider_id, payment.id).await?;
        return Err(paid_or_closed());
    }
    Ok(Some(opening.answer(page.url, None)))
}

async fn order_page(app: &App, opening: &Opening, language: &str) -> ApiResult<Page> {
    let (held, payment, amount) = (&opening.held, &opening.payment, opening.amount()?);
    // The app's page tells what was paid by what it was for.
    let (back, done) = if held.is_rest { ("?rest=1", "&done=1") } else { ("", "?done=1") };
    let back = app.link(&format!("/pay/{}{back}", held.id));
    let expires_at =
        payment.page_expires_at.ok_or_else(|| ApiError::internal("a page's end is not known"))?;
    let order = PageOrder {
        amount,
        title: format!("{}, {}", held.service_name, held.provider_name),
        details: None,
        email: held.client_email.clone(),
        language: language.to_owned(),
        reference: payment.id.to_string(),
        metadata: opening.metadata(),
        expires_at,
        success_url: format!("{back}{done}"),
        cancel_url: back,
        capture: opening.capture(),
        split: opening.way.split(amount, payment.fee_minor),
    };
    // In another language it is another order, which needs a key of its own.
    let key = format!("page:{}:{language}", payment.id);
    opening.way.processor.open_page(&order, &key).await.map_err(told)
}

/// The hold and its payment's row, made where there was none. A payment that was begun in the other way is closed first, so
/// that nobody pays twice.
async fn begin(app: &App, asker: &Asker, id: Uuid, flow: PaymentFlow) -> ApiResult<Opening> {
    match find_or_add(app, asker, id, flow).await? {
        (opening, true) => Ok(opening),
        (Opening { payment, way, .. }, false) => {
            let Closing::Closed(intent) = payments::close(&*way.processor, &payment).await.map_err(told)?
            else {
                settle_now(app, payment.provider_id, payment.id).await?;
                return Err(paid_or_closed());
            };
            // Where it was opened in the same moment, it is found again, and whoever opened it pays.
            payments::give_up(&mut *app.db.acquire().await?, &payment, intent.as_deref()).await?;
            match find_or_add(app, asker, id, flow).await? {
                (opening, true) => Ok(opening),
                (_, false) => Err(given_up()),
            }
        }
    }
}

/// The payment that the booking waits for, and whether it can be paid in this way.
async fn find_or_add(app: &App, asker: &Asker, id: Uuid, flow: PaymentFlow) -> ApiResult<(Opening, bool)> {
    let mut tx = crate::db::begin(&app.db).await?;
    let mut held = bookings::reach_payable(app, &mut tx, asker, id).await?;
    let way = payments::require_ready(app, &mut tx, held.provider_id).await?;
    let real_now = db::real_now(&mut tx).await?;
    let (payment, fits) = match payments::live(&mut tx, held.provider_id, held.id).await? {
        Some(payment) => {
            let is_current = payment.amount_minor == held.amount_minor || !held.is_rest;
            let lapses = payment.is_lapsing(real_now, LAST);
            let fits = payment.flow == flow && is_current && !lapses && !is_stale(&payment, real_now);
            if !fits {
                require_time(&held, flow)?;
            }
            (payment, fits)
        }
        None => {
            require_time(&held, flow)?;
            let currency = Currency::parse(&held.currency).map_err(ApiError::internal)?;
            let amount = Money::new(held.amount_minor, currency);
            let new = NewPayment {
                provider_id: held.provider_id,
                booking_id: held.id,
                amount_minor: amount.minor,
                currency: &held.currency,
                fee_minor: way.fee(amount),
                fee_returned: way.fee_returned,
                account_id: way.account.as_deref(),
                captured_later: held.needs_approval,
                is_rest: held.is_rest,
                flow,
                page_expires_at: real_now + Duration::seconds(PAGE),
            };
            let payment = payments::add(&mut tx, &new).await?;
            if !held.is_rest {
                let hold = (held.provider_id, held.id);
                held.until = Some(bookings::prolong_hold(&mut tx, hold, PAGE + 60, LONGEST_HOLD).await?);
            }
            let payment = payments::find(&mut tx, held.provider_id, payment).await?;
            (payment.ok_or_else(ApiError::not_found)?, true)
        }
    };
    tx.commit().await?;
    Ok((Opening { held, payment, way }, fits))
}

/// A payment page lives for half an hour, and whoever changes the way of paying again and again keeps nobody else waiting for
/// longer than that.
fn require_time(held: &Payable, flow: PaymentFlow) -> ApiResult<()> {
    let left = held.created_at + Duration::seconds(LONGEST_HOLD) - held.now;
    if held.is_rest || flow == PaymentFlow::Form || left >= Duration::seconds(PAGE) {
        return Ok(());
    }
    let words = "Too little time is left to change the way of paying. Pay as you began to, or book anew.";
    Err(ApiError::new(Code::InvalidTransition).detail(words))
}

/// Whether its page was never opened, and would be too short-lived by now.
fn is_stale(payment: &Payment, real_now: OffsetDateTime) -> bool {
    let is_short = |end: OffsetDateTime| end - real_now < Duration::seconds(SHORTEST_PAGE);
    payment.state == State::New && payment.page_expires_at.is_some_and(is_short)
}

fn paid_or_closed() -> ApiError {
    let words = "It was paid just now, or the page has closed. Read the booking again.";
    ApiError::new(Code::InvalidTransition).detail(words)
}

/// Somebody asked for another way of paying in the same moment, and only the last can be paid.
fn given_up() -> ApiError {
    let words = "Paying was begun in another way in the same moment. Pay there, or ask again.";
    ApiError::new(Code::InvalidTransition).detail(words)
}

/// Settles what a client says it has paid, without waiting for the processor to tell.
///
/// # Errors
/// `not_found`, `unavailable`.
pub(super) async fn refresh(app: &App, asker: &Asker, id: Uuid) -> ApiResult<()> {
    let mut db = app.db.acquire().await?;
    let provider_id = bookings::reach_as_client(app, &mut db, asker, id).await?;
    let live = payments::live(&mut db, provider_id, id).await?;
    let Some(payment) = live.filter(|payment| payment.state != State::New) else { return Ok(()) };
    // Whoever asks more often is told what we know: the processor tells by itself.
    let asked = throttle::hit(&mut db, &Key::new("payment-asked", &[&id.to_string()]), ASKED, WINDOW).await;
    drop(db);
    match asked {
        Ok(()) => settle_now(app, provider_id, payment.id).await,
        Err(_) => Ok(()),
    }
}

async fn settle_now(app: &App, provider_id: Uuid, payment_id: Uuid) -> ApiResult<()> {
    settle(app, provider_id, payment_id).await.map_err(not_settled)
}

fn not_settled(failure: Failure) -> ApiError {
    tracing::warn!(%failure, "a payment could not be settled while its client waited");
    ApiError::new(Code::Unavailable).retry_after(2)
}
