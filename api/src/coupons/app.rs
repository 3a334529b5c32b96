//! Use cases around coupons.

use super::store;
use crate::app::App;
use crate::db;
use crate::http::{ApiError, ApiResult, Faults, IfMatch, Input, ProviderMember, Reply, write};
use crate::terms;
use contract::coupons::{Coupon, Coupons, CreateCoupon, PatchCoupon};
use contract::patch::set;
use domain::money::{Currency, Money};
use domain::payment::coupon::{CouponRefused, Discount, Limits};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// How many coupons a provider can have, archived ones included.
const MOST: usize = 500;

/// A provider's coupons.
///
/// # Errors
/// Those of the database.
pub(super) async fn list(app: &App, member: ProviderMember) -> ApiResult<Coupons> {
    let mut db = app.db.acquire().await?;
    Ok(Coupons { items: store::list(&mut db, member.provider_id).await? })
}

/// Makes a coupon, of which some time is left.
///
/// # Errors
/// `invalid_fields`.
pub(super) async fn create(
    app: &App,
    member: ProviderMember,
    input: Input<CreateCoupon>,
) -> ApiResult<Reply> {
    write(app, &member.user.scope(), input.key.as_ref(), async |tx| {
        db::lock_provider(tx, member.provider_id).await?;
        let currency = store::currency(tx, member.provider_id).await?.ok_or_else(ApiError::not_found)?;
        let coupon = draft(input.body, currency, db::now(tx).await?)?;
        if store::list(tx, member.provider_id).await?.len() >= MOST {
            return Err(ApiError::field("", "too_many", "At most 500 coupons, archived ones included."));
        }
        if !store::insert(tx, member.provider_id, &coupon).await? {
            return Err(ApiError::field("/code", "taken", "You have a coupon of this code already."));
        }
        let location = format!("/api/v1/providers/{}/coupons/{}", member.provider_id, coupon.id);
        Ok(Reply::created(location, &coupon)?.version(coupon.version))
    })
    .await
}

fn draft(body: CreateCoupon, currency: String, now: OffsetDateTime) -> ApiResult<Coupon> {
    let code = body.code.trim().to_owned();
    let mut faults = Faults::default();
    let is_code =
        (3..=40).contains(&code.len()) && code.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
    faults.unless(is_code, "/code", "code", "3 to 40 letters, digits and hyphens.");
    match (body.percent, body.amount_minor) {
        (None, None) => faults.add("/percent", "required", "Say how much: a percentage or an amount."),
        (Some(_), Some(_)) => faults.add("/percent", "either", "Give a percentage or an amount, not both."),
        _ => {}
    }
    check_time(body.valid_from, body.valid_until, &mut faults)?;
    faults.unless(body.valid_until.is_none_or(|until| until > now), "/valid_until", "past", "This is over.");
    let known = Currency::parse(&currency).map_err(ApiError::internal)?;
    if body.amount_minor.is_some_and(|amount| amount % known.step() != 0) {
        terms::not_chargeable("/amount_minor", known, &mut faults);
    }
    faults.finish()?;
    Ok(Coupon {
        id: Uuid::now_v7(),
        code,
        percent: body.percent,
        amount_minor: body.amount_minor,
        valid_from: body.valid_from,
        valid_until: body.valid_until,
        most_uses: body.most_uses,
        most_uses_per_client: body.most_uses_per_client,
        least_price_minor: body.least_price_minor,
        currency,
        active: true,
        uses: 0,
        version: 1,
    })
}

/// That it is good for some time, within what calendars know.
fn check_time(
    from: Option<OffsetDateTime>,
    until: Option<OffsetDateTime>,
    faults: &mut Faults,
) -> ApiResult<()> {
    let in_order = from.zip(until).is_none_or(|(from, until)| from < until);
    faults.unless(in_order, "/valid_until", "order", "It ends after it begins.");
    for (at, pointer) in [(from, "/valid_from"), (until, "/valid_until")] {
        at.map_or(Ok(()), |at| crate::http::calendar::within_calendar(at.year(), pointer))?;
    }
    Ok(())
}

/// Changes a coupon. Its bookings keep what it took off.
///
/// # Errors
/// `not_found`, `version_mismatch`, `invalid_fields`.
pub(super) async fn update(
    app: &App,
    member: ProviderMember,
    id: Uuid,
    version: IfMatch,
    input: Input<PatchCoupon>,
) -> ApiResult<Reply> {
    write(app, &member.user.scope(), input.key.as_ref(), async |tx| {
        db::lock_provider(tx, member.provider_id).await?;
        let before = store::find(tx, member.provider_id, id).await?.ok_or_else(ApiError::not_found)?;
        version.check(before.version)?;
        let patch = input.body;
        let mut coupon = before.clone();
        set(&mut coupon.active, patch.active);
        set(&mut coupon.valid_from, patch.valid_from);
        set(&mut coupon.valid_until, patch.valid_until);
        set(&mut coupon.most_uses, patch.most_uses);
        set(&mut coupon.most_uses_per_client, patch.most_uses_per_client);
        set(&mut coupon.least_price_minor, patch.least_price_minor);
        let mut faults = Faults::default();
        check_time(coupon.valid_from, coupon.valid_until, &mut faults)?;
        faults.finish()?;
        if coupon != before {
            store::save(tx, member.provider_id, &coupon).await?;
            coupon.version += 1;
        }
        Ok(Reply::ok(&coupon)?.version(coupon.version))
    })
    .await
}

/// What a coupon takes off.
#[derive(Debug, Clone, Copy)]
pub struct Redeemed {
    /// The coupon.
    pub id: Uuid,
    /// What it takes off the price, in minor units.
    pub discount_minor: i64,
}

/// What the coupon of this code takes off a price now, for a client. In a booking the caller holds the provider's lock, so
/// that the last use goes to one.
///
/// # Errors
/// A field error at `pointer` that says why it is no good.
pub async fn redeem(
    db: &mut PgConnection,
    provider: Uuid,
    code: &str,
    price: Money,
    now: i64,
    client: (Option<Uuid>, Option<&str>),
    pointer: &str,
) -> ApiResult<Redeemed> {
    let found = store::by_code(db, provider, code.trim()).await?.filter(|coupon| coupon.active);
    let Some(coupon) = found else {
        return Err(ApiError::field(pointer, "unknown", "There is no such coupon."));
    };
    if !is_of(&coupon, price) {
        return Err(ApiError::field(
            pointer,
            "currency",
            "This coupon is good for prices in another currency.",
        ));
    }
    let by_client = match client {
        (None, None) => 0,
        (id, email) => store::uses_by(db, provider, coupon.id, id, email).await?,
    };
    let limits = Limits {
        from: coupon.valid_from.map(db::seconds),
        until: coupon.valid_until.map(db::seconds),
        uses: coupon.most_uses,
        uses_per_client: coupon.most_uses_per_client,
        least_minor: coupon.least_price_minor,
    };
    let by_client = u32::try_from(by_client).unwrap_or(u32::MAX);
    limits.check(now, price, coupon.uses, by_client).map_err(|refused| no_good(refused, pointer))?;
    Ok(Redeemed { id: coupon.id, discount_minor: of(&coupon).of(price) })
}

/// What a coupon that was used already takes off another price of its booking.
///
/// # Errors
/// Those of the database.
pub async fn discount(db: &mut PgConnection, provider: Uuid, id: Uuid, price: Money) -> ApiResult<i64> {
    let Some(coupon) = store::find(db, provider, id).await? else { return Ok(0) };
    if price.minor < coupon.least_price_minor || !is_of(&coupon, price) {
        return Ok(0);
    }
    Ok(of(&coupon).of(price))
}

/// Whether it says something about prices in this currency: a percentage without a least price does about any.
fn is_of(coupon: &Coupon, price: Money) -> bool {
    let has_amounts = coupon.amount_minor.is_some() || coupon.least_price_minor > 0;
    !has_amounts || coupon.currency == price.currency.code()
}

fn of(coupon: &Coupon) -> Discount {
    match (coupon.percent, coupon.amount_minor) {
        (Some(percent), _) => Discount::Percent { percent: u8::try_from(percent).unwrap_or(100) },
        (None, amount) => Discount::Fixed { amount_minor: amount.unwrap_or_default() },
    }
}

fn no_good(refused: CouponRefused, pointer: &str) -> ApiError {
    let (code, words) = match refused {
        CouponRefused::NotYet => ("not_yet", "This coupon is not good yet."),
        CouponRefused::Over => ("over", "This coupon has run out."),
        CouponRefused::UsedUp => ("used_up", "This coupon is used up."),
        CouponRefused::UsedByClient => ("used_by_you", "You have used this coupon already."),
        CouponRefused::PriceTooLow => ("price_too_low", "The price is below what this coupon is good for."),
    };
    ApiError::field(pointer, code, words)
}
