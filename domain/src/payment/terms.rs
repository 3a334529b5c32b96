//! How much of a price is paid when booking.

use serde::{Deserialize, Serialize};

use super::share::{WHOLE, share};
use crate::money::{Currency, Money};

/// How a service is paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case", deny_unknown_fields)]
pub enum PaymentMode {
    /// At the provider's; nothing is paid when booking.
    #[default]
    OnSite,
    /// A fixed part when booking, for each place, the rest at the provider's.
    DepositFixed {
        /// In minor units, for each place.
        deposit_minor: i64,
    },
    /// A share of the price when booking, the rest at the provider's.
    DepositPercent {
        /// 1 to 99.
        deposit_percent: u8,
    },
    /// Everything when booking.
    Full,
}

/// Why a way of paying cannot be offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TermsRefused {
    /// A deposit is more than nothing and less than the price.
    #[error("the deposit must be more than nothing and less than the price")]
    DepositOutOfRange,
    /// Cards cannot carry the last digits of the price, so that what is paid with them would never be all of it.
    #[error("cards cannot carry the last digits of this price")]
    PriceNotChargeable,
    /// Cards cannot carry the last digits of the deposit.
    #[error("cards cannot carry the last digits of this deposit")]
    DepositNotChargeable,
    /// Less than is charged to cards.
    #[error("this is less than can be paid by card")]
    TooLittle,
    /// More than is charged to cards at once.
    #[error("this is more than can be paid by card at once")]
    TooMuch,
    /// There is nothing to prepay.
    #[error("a service that costs nothing cannot be prepaid")]
    NothingToPay,
}

impl PaymentMode {
    /// Whether something is paid when booking.
    pub const fn prepays(self) -> bool {
        !matches!(self, Self::OnSite)
    }

    /// Whether a service of this price for each place can be paid this way.
    ///
    /// # Errors
    /// Why not.
    pub fn check(self, price: Money) -> Result<(), TermsRefused> {
        if self.prepays() && price.minor <= 0 {
            return Err(TermsRefused::NothingToPay);
        }
        match self {
            Self::OnSite => return Ok(()),
            Self::DepositFixed { deposit_minor } if deposit_minor <= 0 || deposit_minor >= price.minor => {
                return Err(TermsRefused::DepositOutOfRange);
            }
            Self::DepositPercent { deposit_percent: 0 | 100.. } => {
                return Err(TermsRefused::DepositOutOfRange);
            }
            _ => {}
        }
        let (part, currency) = (self.part(price, 1), price.currency);
        if price.minor % currency.step() != 0 {
            Err(TermsRefused::PriceNotChargeable)
        } else if part % currency.step() != 0 {
            Err(TermsRefused::DepositNotChargeable)
        } else if part < currency.least_charge() {
            Err(TermsRefused::TooLittle)
        } else if part > currency.most_charge() {
            Err(TermsRefused::TooMuch)
        } else {
            Ok(())
        }
    }

    /// What is paid when booking, in minor units. `total` is the price of all `places`, after a discount; the deposit
    /// is never more. What cards cannot carry, because a discount left little of it, is paid at the provider's.
    pub fn due(self, total: Money, places: u32) -> i64 {
        chargeable(Money::new(self.part(total, places), total.currency))
    }

    fn part(self, total: Money, places: u32) -> i64 {
        match self {
            Self::OnSite => 0,
            Self::DepositFixed { deposit_minor } => {
                deposit_minor.saturating_mul(i64::from(places)).clamp(0, total.minor.max(0))
            }
            Self::DepositPercent { deposit_percent } => {
                share(total.minor, u32::from(deposit_percent) * (WHOLE / 100), total.currency)
            }
            Self::Full => total.minor.max(0),
        }
    }
}

/// What of an amount a card can carry, in minor units: nothing where that is too little or too much to be charged.
pub fn chargeable(amount: Money) -> i64 {
    let currency = amount.currency;
    let part = amount.minor - amount.minor % currency.step();
    if (currency.least_charge()..=currency.most_charge()).contains(&part) { part } else { 0 }
}

/// An amount that goes back, in minor units, up to the next one that a card can carry.
pub(super) fn upward(minor: i64, currency: Currency) -> i64 {
    let step = currency.step();
    let part = minor.rem_euclid(step);
    if part == 0 { minor } else { minor.saturating_add(step - part) }
}

/// How an amount ahead of the appointment is called: `on_site` where it is nothing, `full` where it is the price.
pub const fn mode_of(due_minor: i64, price_minor: i64) -> &'static str {
    match due_minor {
        0 => "on_site",
        due if due < price_minor => "deposit",
        _ => "full",
    }
}

/// What of a booking's money changes with its price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewPrice {
    /// What goes back of what was paid, in minor units.
    pub refund_minor: i64,
    /// What counts as paid when booking, in minor units; the rest is paid at the provider's, or online afterwards.
    pub due_minor: i64,
    /// The word for how it is paid now: `on_site`, `deposit` or `full`.
    pub mode: &'static str,
}

/// What was paid of a booking whose price changes, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaidBefore {
    /// What counts as paid when booking so far.
    pub due_minor: i64,
    /// What was paid and has not gone back.
    pub kept_minor: i64,
    /// What went back as a gift, by hand or at the processor. It counts as paid: nobody owes it again.
    pub given_minor: i64,
    /// What of it cannot go back, because a bank disputes it or has taken it back for good.
    pub disputed_minor: i64,
}

/// What becomes of a booking's money where its price becomes `price`. What was paid too much goes back, to the next amount that
/// cards can carry; what is missing, also because it went back when the price fell before, is the rest
/// ([`Account`](super::rest::Account)).
pub fn after_change(price: Money, paid: PaidBefore) -> NewPrice {
    let counted = paid.kept_minor.saturating_add(paid.given_minor);
    let refund_minor = upward(counted.saturating_sub(price.minor.max(0)).max(0), price.currency);
    let due_minor = paid.due_minor.min(counted).clamp(0, price.minor.max(0));
    let mode = mode_of(due_minor, price.minor);
    let most = paid.kept_minor.saturating_sub(paid.disputed_minor).max(0);
    NewPrice { refund_minor: refund_minor.min(most), due_minor, mode }
}
