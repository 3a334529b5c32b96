//! What a booking costs and what of it is paid when booking: quoted and booked by the same function.

use crate::app::App;
use crate::bookings::access::{Asker, Side};
use crate::coupons;
use crate::db::seconds;
use crate::http::actor::is_member;
use crate::http::throttle::{self, Key};
use crate::http::{ApiError, ApiResult, ClientAddress};
use crate::slots::facts::{self, Offer};
use crate::terms;
use contract::coupons::{PriceQuery, PriceQuote};
use contract::payments::PaymentMode;
use domain::money::{Currency, Money};
use domain::payment::vat;
use domain::range::Range;
use sqlx::PgConnection;
use std::time::Duration;
use uuid::Uuid;

const HOUR: Duration = Duration::from_secs(3600);
/// Coupons that one address may try in an hour.
const TRIES: u32 = 60;

/// What is agreed when a service is booked now.
#[derive(Debug)]
pub(super) struct Agreed {
    /// When it is paid.
    pub mode: PaymentMode,
    /// What is to be paid, all together, in minor units.
    pub price_minor: i64,
    /// What of it is paid when booking.
    pub due_minor: i64,
    /// The coupon used.
    pub coupon_id: Option<Uuid>,
    /// What the coupon took off.
    pub discount_minor: i64,
}

/// Who uses a coupon: an account, an address.
pub(super) type Redeemer<'a> = (Option<Uuid>, Option<&'a str>);

/// Works it out. What the provider enters for a client is paid at the provider's.
///
/// # Errors
/// A field error at `pointer` where the coupon is no good.
pub(super) async fn agree(
    db: &mut PgConnection,
    offer: &Offer,
    side: Side,
    places: u32,
    coupon: Option<(&str, &str)>,
    client: Redeemer<'_>,
) -> ApiResult<Agreed> {
    let currency = Currency::parse(&offer.currency).map_err(ApiError::internal)?;
    let full = Money::new(offer.price_minor.saturating_mul(i64::from(places)), currency);
    let redeemed = match coupon {
        Some((code, pointer)) => {
            let now = offer.facts.now;
            Some(coupons::redeem(db, offer.provider_id, code, full, now, client, pointer).await?)
        }
        None => None,
    };
    let discount_minor = redeemed.map_or(0, |redeemed| redeemed.discount_minor);
    let price = Money::new(full.minor - discount_minor, currency);
    let mode = if side == Side::Provider {
        PaymentMode::OnSite
    } else {
        terms::read_mode(&offer.terms.payment_mode)
    };
    let due_minor = due(offer, mode, price, places);
    Ok(Agreed {
        // What no card can carry is paid at the provider's.
        mode: if due_minor == 0 && price.minor > 0 { PaymentMode::OnSite } else { mode },
        price_minor: price.minor,
        due_minor,
        coupon_id: redeemed.map(|redeemed| redeemed.id),
        discount_minor,
    })
}

/// Counts a coupon that an address tries, outside of any transaction, so that what is refused counts too. The key to take it
/// back by, where it was right.
pub(super) async fn guess(db: &mut PgConnection, address: ClientAddress) -> ApiResult<Key> {
    let tries = Key::new("coupon-address", &[&address.to_string()]);
    throttle::hit(db, &tries, TRIES, HOUR).await?;
    Ok(tries)
}

/// Takes back what [`guess`] counted. The booking stands whatever comes of that.
pub(super) async fn was_no_guess(app: &App, tries: &Key) {
    let taken_back = async { throttle::refund(&mut *app.db.acquire().await?, tries).await };
    if let Err(error) = taken_back.await {
        tracing::warn!(%error, "a coupon that was right stays counted");
    }
}

/// What of a price is paid when booking a service in this way.
pub(super) fn due(offer: &Offer, mode: PaymentMode, price: Money, places: u32) -> i64 {
    let percent = offer.terms.deposit_percent.map(|percent| u32::from(terms::percent(percent)));
    terms::due(mode, offer.terms.deposit_minor, percent, price, places)
}

/// What a booking of a service would cost the asker.
///
/// # Errors
/// `not_found` where it is not offered, a field error at `?coupon`, `too_many_requests`.
pub async fn quote_price(
    app: &App,
    asker: &Asker,
    address: ClientAddress,
    service: Uuid,
    query: &PriceQuery,
) -> ApiResult<PriceQuote> {
    let mut db = app.db.acquire().await?;
    if query.coupon.is_some() {
        guess(&mut db, address).await?;
    }
    let now = crate::db::now(&mut db).await?;
    let starts = Range::new(seconds(now), seconds(now) + 1);
    let offer = facts::load(&mut db, service, starts, None).await?.filter(|offer| offer.bookable);
    let offer = offer.ok_or_else(ApiError::not_found)?;
    let places = query.party_size.unwrap_or(1);
    let coupon = query.coupon.as_deref().map(|code| (code, "?coupon"));
    let side = match asker.user {
        Some(user) if is_member(&mut db, user, offer.provider_id).await? => Side::Provider,
        Some(_) => Side::Client,
        None => Side::Guest,
    };
    let account = match asker.user.filter(|_| side == Side::Client) {
        Some(user) => Some((user.id, crate::accounts::contact(&mut db, user).await?.email)),
        None => None,
    };
    let client = account.as_ref().map(|(id, email)| (Some(*id), Some(email.as_str()))).unwrap_or_default();
    let agreed = agree(&mut db, &offer, side, places, coupon, client).await?;
    let rate = offer.terms.vat_rate.map(i32::cast_unsigned);
    Ok(PriceQuote {
        price_minor: agreed.price_minor,
        discount_minor: agreed.discount_minor,
        due_minor: agreed.due_minor,
        vat_minor: rate.map(|rate| vat::contained(agreed.price_minor, rate)),
        currency: offer.currency,
    })
}
