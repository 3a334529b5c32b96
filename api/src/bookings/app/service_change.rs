//! Another service for a booking that stands: what is checked, and what it costs then.

use super::price::due;
use crate::bookings::access::Side;
use crate::bookings::store::{self, NewService, Row};
use crate::coupons;
use crate::db::seconds;
use crate::http::{ApiError, ApiResult};
use crate::payments::{self, Cause};
use crate::receipts;
use crate::slots::facts::Offer;
use crate::terms;
use contract::problem::Code;
use domain::money::{Currency, Money};
use domain::payment::terms::after_change;
use sqlx::PgConnection;
use uuid::Uuid;

const POINTER: &str = "/service_id";

/// Makes sure that the service is one of the booking's provider, so that its facts may be looked at.
///
/// # Errors
/// A field error.
pub(super) async fn require_own(db: &mut PgConnection, row: &Row, service_id: Uuid) -> ApiResult<()> {
    if store::is_own_service(db, row.provider_id, service_id).await? {
        return Ok(());
    }
    Err(ApiError::field(POINTER, "unknown", "There is no such service here."))
}

/// Makes sure that the booking can become one of this service.
///
/// # Errors
/// A field error at `/service_id`; `invalid_transition` while money is under way.
pub(super) async fn check(db: &mut PgConnection, row: &Row, offer: &Offer, side: Side) -> ApiResult<()> {
    let no = |code, words: &str| Err(ApiError::field(POINTER, code, words));
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
        if row.kept_minor() < due(offer, terms::read_mode(&offer.terms.payment_mode), price, places) {
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
    let (price, discount_minor) = price(db, row, offer).await?;
    let kept = row.paid_minor - row.refunded_minor;
    let agreed = after_change(price, kept, row.disputed_minor, row.due_minor);
    let percent = row.policy.percent(seconds(row.policy_anchor), seconds(row.now));
    if agreed.refund_minor > 0 && side != Side::Provider && percent < 100 {
        // Or whoever cancels late would change to the cheapest first.
        let words = "It costs less, and the cancellation policy gives not all of the difference back. Ask the provider to change it.";
        return Err(ApiError::field(POINTER, "penalty", words));
    }
    let new = NewService {
        service_id: offer.service_id,
        service_name: &offer.name,
        location: &offer.location,
        price_minor: price.minor,
        discount_minor,
        due_minor: agreed.due_minor,
        payment_mode: agreed.mode,
        vat_rate: offer.terms.vat_rate,
        // What was noted as paid was another price.
        settled_at: row.settled_at.filter(|_| price.minor == row.price_minor),
    };
    store::change_service(db, row, &new).await?;
    // An open payment of the rest may be for another amount now.
    payments::withdraw(db, row.provider_id, row.id).await?;
    if agreed.refund_minor > 0 {
        payments::plan(db, row.provider_id, row.id, agreed.refund_minor, Cause::Price, None).await?;
    }
    if row.vat_rate != offer.terms.vat_rate {
        receipts::retax(db, (row.provider_id, row.id)).await?;
    }
    let changed = Row {
        service_id: offer.service_id,
        service_name: offer.name.clone(),
        location: offer.location.clone(),
        location_detail: offer.location_detail.clone(),
        service_prepays: offer.terms.payment_mode != "on_site",
        price_minor: price.minor,
        discount_minor,
        due_minor: agreed.due_minor,
        payment_mode: agreed.mode.to_owned(),
        vat_rate: offer.terms.vat_rate,
        settled_at: new.settled_at,
        refunded_minor: row.refunded_minor + agreed.refund_minor,
        ..row.clone()
    };
    Ok((changed, agreed.refund_minor))
}
