//! Another service for a booking that stands: what is checked, and what it costs then.

use super::other_times::leaving;
use super::price::due;
use crate::app::App;
use crate::bookings::access::{Asker, Side};
use crate::bookings::error::refused;
use crate::bookings::store::{self, NewService, Row};
use crate::bookings::view::state;
use crate::coupons;
use crate::db::seconds;
use crate::http::{ApiError, ApiResult};
use crate::payments::{self, Cause};
use crate::receipts;
use crate::slots::facts::{self, Offer};
use crate::terms;
use contract::payments::ServiceChangeQuote;
use contract::problem::Code;
use domain::booking::{Action, Status, transition};
use domain::money::{Currency, Money};
use domain::payment::rest::Account;
use domain::payment::terms::{NewPrice, PaidBefore, after_change};
use domain::range::Range;
use sqlx::PgConnection;
use uuid::Uuid;

/// Where a request to change it names the service.
pub(super) const BODY: &str = "/service_id";
/// Where a question about it does.
const QUERY: &str = "?service_id";

/// What would become of the money of a booking that becomes one of this service.
///
/// # Errors
/// `not_found`; `invalid_transition` where it cannot be moved; a field error at `?service_id` where it cannot be one of that.
pub async fn quote_service_change(
    app: &App,
    asker: &Asker,
    id: Uuid,
    service_id: Uuid,
) -> ApiResult<ServiceChangeQuote> {
    let mut db = app.db.acquire().await?;
    let (row, side) = asker.reach(app, &mut db, id).await?;
    transition(&state(&row)?, Action::Reschedule, seconds(row.now)).map_err(refused)?;
    let now = Range::new(seconds(row.now), seconds(row.now) + 1);
    let offer = offer(&mut db, &row, side, service_id, now).await?;
    let agreed = agree(&mut db, &row, &offer, side, QUERY).await?;
    let changed = become_one_of(&row, &offer, &agreed);
    // Of a request, what is left once it is confirmed.
    let account = Account { status: Status::Confirmed, ..super::account(&changed)? };
    Ok(ServiceChangeQuote {
        price_minor: changed.price_minor,
        discount_minor: changed.discount_minor,
        refund_minor: agreed.money.refund_minor,
        rest_minor: account.rest(),
        rest_online_minor: super::online_now(app, &mut db, &changed).await?,
        currency: changed.currency,
    })
}

/// What decides about starts in `starts` of the booking as one of this service, for whoever asks before doing it.
///
/// # Errors
/// As [`check`], at `?service_id`.
pub(super) async fn offer(
    db: &mut PgConnection,
    row: &Row,
    side: Side,
    service_id: Uuid,
    starts: Range,
) -> ApiResult<Offer> {
    require_own(db, row, service_id, QUERY).await?;
    let found = facts::load(db, service_id, starts, Some(leaving(row)?)).await?;
    let mut offer = found.ok_or_else(ApiError::not_found)?;
    check(db, row, &offer, side, QUERY).await?;
    if side == Side::Provider {
        offer.relax_for_provider();
    }
    Ok(offer)
}

/// Makes sure that the service is one of the booking's provider, so that its facts may be looked at.
///
/// # Errors
/// A field error.
pub(super) async fn require_own(
    db: &mut PgConnection,
    row: &Row,
    service_id: Uuid,
    pointer: &str,
) -> ApiResult<()> {
    if store::is_own_service(db, row.provider_id, service_id).await? {
        return Ok(());
    }
    Err(ApiError::field(pointer, "unknown", "There is no such service here."))
}

/// Makes sure that the booking can become one of this service.
///
/// # Errors
/// A field error at the pointer; `invalid_transition` while money is under way.
pub(super) async fn check(
    db: &mut PgConnection,
    row: &Row,
    offer: &Offer,
    side: Side,
    pointer: &str,
) -> ApiResult<()> {
    let no = |code, words: &str| Err(ApiError::field(pointer, code, words));
    let is_client = side != Side::Provider;
    if is_client && !offer.bookable {
        return no("not_offered", "This is not offered.");
    }
    if row.party_size > i32::try_from(offer.facts.service.capacity).unwrap_or(i32::MAX) {
        return no("seats", "This service has not as many seats as the booking.");
    }
    if offer.location == "phone" && row.client_phone.is_none() {
        return no(
            "needs_phone",
            "The provider calls for this service, and the booking has no phone number.",
        );
    }
    if offer.location == "customer" && row.client_address.trim().is_empty() {
        return no("needs_address", "The provider comes for this service, and the booking has no address.");
    }
    if offer.currency != row.currency {
        return no("currency", "It was booked in another currency. Book this one anew.");
    }
    if is_client && offer.approval_required && row.status == "confirmed" {
        return no("needs_approval", "The provider has to say yes to this service. Book it anew.");
    }
    if is_client {
        let (price, _) = price(db, row, offer).await?;
        let places = u32::try_from(row.party_size).unwrap_or(1);
        let counted_minor = row.kept_minor() + payments::given(db, row.provider_id, row.id).await?;
        if counted_minor < due(offer, terms::read_mode(&offer.terms.payment_mode), price, places) {
            let words = "More is paid for this service when booking than was paid for this booking. Ask the provider to change it: you then pay the difference online.";
            return no("prepaid", words);
        }
    }
    let live = payments::live(db, row.provider_id, row.id).await?;
    // A page for the rest only has to close.
    if live.is_some_and(|payment| !payment.is_rest) || row.awaits.as_deref() == Some("payment") {
        let words = "The service can be changed when the payment that is under way has arrived.";
        return Err(ApiError::new(Code::InvalidTransition).detail(words));
    }
    Ok(())
}

/// What the booking would cost as one of this service, and what its coupon takes off for that.
async fn price(db: &mut PgConnection, row: &Row, offer: &Offer) -> ApiResult<(Money, i64)> {
    let currency = Currency::parse(&row.currency).map_err(ApiError::internal)?;
    let full = Money::new(offer.price_minor.saturating_mul(i64::from(row.party_size)), currency);
    let discount_minor = match row.coupon_id {
        Some(coupon) => coupons::discount(db, row.provider_id, coupon, full).await?,
        None => 0,
    };
    Ok((Money::new(full.minor - discount_minor, currency), discount_minor))
}

/// What is agreed about the money of a booking that becomes one of another service.
struct Agreed {
    price: Money,
    discount_minor: i64,
    money: NewPrice,
}

/// Works it out.
///
/// # Errors
/// A field error where the policy would give less than the difference back, or the rest is noted as paid.
async fn agree(
    db: &mut PgConnection,
    row: &Row,
    offer: &Offer,
    side: Side,
    pointer: &str,
) -> ApiResult<Agreed> {
    let (price, discount_minor) = price(db, row, offer).await?;
    if row.settled_at.is_some() && price.minor != row.price_minor {
        // Nobody noted how much it was, so that what is then left cannot be told.
        let words = "The rest is noted as paid, and this costs something else. The provider can take that note back first.";
        return Err(ApiError::field(pointer, "settled", words));
    }
    let paid = PaidBefore {
        due_minor: row.due_minor,
        kept_minor: row.kept_minor(),
        given_minor: payments::given(db, row.provider_id, row.id).await?,
        disputed_minor: row.disputed_minor,
    };
    let money = after_change(price, paid);
    let percent = row.policy.percent(seconds(row.policy_anchor), seconds(row.now));
    if money.refund_minor > 0 && side != Side::Provider && percent < 100 {
        // Or whoever cancels late would change to the cheapest first.
        let words = "It costs less, and the cancellation policy gives not all of the difference back. Ask the provider to change it.";
        return Err(ApiError::field(pointer, "penalty", words));
    }
    Ok(Agreed { price, discount_minor, money })
}

/// The row as one of this service.
fn become_one_of(row: &Row, offer: &Offer, agreed: &Agreed) -> Row {
    let Agreed { price, discount_minor, money } = agreed;
    Row {
        service_id: offer.service_id,
        service_name: offer.name.clone(),
        location: offer.location.clone(),
        location_detail: offer.location_detail.clone(),
        service_prepays: offer.terms.payment_mode != "on_site",
        open: offer.bookable,
        price_minor: price.minor,
        discount_minor: *discount_minor,
        due_minor: money.due_minor,
        payment_mode: money.mode.to_owned(),
        vat_rate: offer.terms.vat_rate,
        refunded_minor: row.refunded_minor + money.refund_minor,
        ..row.clone()
    }
}

/// Makes the booking one of this service, at its price. What was paid counts; what was paid too much goes back, and what is
/// missing is the rest, to be paid online or at the provider's. Its policy stays what was agreed. The row as it is then, and what goes back.
///
/// # Errors
/// A field error where the policy would give less than the difference back.
pub(super) async fn change(
    db: &mut PgConnection,
    row: &Row,
    offer: &Offer,
    side: Side,
) -> ApiResult<(Row, i64)> {
    let agreed = agree(db, row, offer, side, BODY).await?;
    let changed = become_one_of(row, offer, &agreed);
    let new = NewService {
        service_id: changed.service_id,
        service_name: &changed.service_name,
        location: &changed.location,
        price_minor: changed.price_minor,
        discount_minor: changed.discount_minor,
        due_minor: changed.due_minor,
        payment_mode: &changed.payment_mode,
        vat_rate: changed.vat_rate,
    };
    store::change_service(db, row, &new).await?;
    // An open payment of the rest may be for another amount now.
    payments::withdraw(db, row.provider_id, row.id).await?;
    let refund_minor = agreed.money.refund_minor;
    if refund_minor > 0 {
        payments::plan(db, row.provider_id, row.id, refund_minor, Cause::Price, None).await?;
    }
    receipts::changed(db, (row.provider_id, row.id)).await?;
    Ok((changed, refund_minor))
}
