//! Coupons: a discount on a price, within limits.

use serde::{Deserialize, Serialize};

use super::share::{WHOLE, share};
use crate::money::Money;

/// What a coupon takes off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Discount {
    /// A share of the price, 1 to 100 percent.
    Percent {
        /// 1 to 100.
        percent: u8,
    },
    /// An amount of the provider's currency, at most the price.
    Fixed {
        /// In minor units.
        amount_minor: i64,
    },
}

/// What decides whether a coupon may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Valid from this instant on.
    pub from: Option<i64>,
    /// Valid until this instant, which is outside.
    pub until: Option<i64>,
    /// How often it may be used in all.
    pub uses: Option<u32>,
    /// How often one client may use it.
    pub uses_per_client: Option<u32>,
    /// The least price it is good for, in minor units.
    pub least_minor: i64,
}

/// Why a coupon may not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum CouponRefused {
    /// Not valid yet.
    #[error("the coupon is not valid yet")]
    NotYet,
    /// No longer valid.
    #[error("the coupon has run out")]
    Over,
    /// Used as often as it may be.
    #[error("the coupon is used up")]
    UsedUp,
    /// This client has used it as often as one may.
    #[error("you have used this coupon already")]
    UsedByClient,
    /// The price is below the least it is good for.
    #[error("the price is below what the coupon is good for")]
    PriceTooLow,
}

impl Discount {
    /// What it takes off a price, in minor units: never more than the price.
    pub fn of(self, price: Money) -> i64 {
        match self {
            Self::Percent { percent } => {
                share(price.minor, u32::from(percent).saturating_mul(WHOLE / 100), price.currency)
            }
            Self::Fixed { amount_minor } => amount_minor.clamp(0, price.minor.max(0)),
        }
    }
}

impl Limits {
    /// Whether the coupon may be used at `now` for a price, after `used` uses, `used_by_client` of them this client's.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, now: i64, price: Money, used: u32, used_by_client: u32) -> Result<(), CouponRefused> {
        let reached = |limit: Option<u32>, used: u32| limit.is_some_and(|limit| used >= limit);
        if self.from.is_some_and(|from| now < from) {
            Err(CouponRefused::NotYet)
        } else if self.until.is_some_and(|until| now >= until) {
            Err(CouponRefused::Over)
        } else if reached(self.uses, used) {
            Err(CouponRefused::UsedUp)
        } else if reached(self.uses_per_client, used_by_client) {
            Err(CouponRefused::UsedByClient)
        } else if price.minor < self.least_minor {
            Err(CouponRefused::PriceTooLow)
        } else {
            Ok(())
        }
    }
}
