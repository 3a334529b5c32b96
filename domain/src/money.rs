//! Amounts of money: integers in the minor unit of an ISO 4217 currency.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An ISO 4217 currency that money is counted in. Funds codes, metals and test codes are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct Currency {
    iso: iso_currency::Currency,
    exponent: u8,
}

/// The code is no currency that money is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown currency")]
pub struct UnknownCurrency;

/// An amount of one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// The amount in minor units: cents, yen, fils.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

/// The text is no amount: digits, and after a point at most as many as the currency has decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an amount of this currency")]
pub struct BadAmount;

impl Currency {
    /// The currency of that three-letter code, in capitals.
    ///
    /// # Errors
    /// If there is none, or it has no minor unit defined.
    pub fn parse(code: &str) -> Result<Self, UnknownCurrency> {
        let iso = iso_currency::Currency::from_code(code).ok_or(UnknownCurrency)?;
        let exponent = iso.exponent().and_then(|digits| u8::try_from(digits).ok()).ok_or(UnknownCurrency)?;
        Ok(Self { iso, exponent })
    }

    /// The three-letter code.
    pub fn code(self) -> &'static str {
        self.iso.code()
    }

    /// How many decimals it has: 2 for the euro, 0 for the yen, 3 for the Kuwaiti dinar.
    pub const fn exponent(self) -> u8 {
        self.exponent
    }

    /// How many minor units make one of the currency.
    fn unit(self) -> i64 {
        10_i64.pow(u32::from(self.exponent))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Self, UnknownCurrency> {
        Self::parse(code)
    }
}

impl TryFrom<String> for Currency {
    type Error = UnknownCurrency;

    fn try_from(code: String) -> Result<Self, UnknownCurrency> {
        Self::parse(&code)
    }
}

impl From<Currency> for &'static str {
    fn from(currency: Currency) -> Self {
        currency.code()
    }
}

impl Money {
    /// That many minor units.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads a plain amount such as `12`, `12.5` or `-12.50`.
    ///
    /// # Errors
    /// For anything else, decimals the currency does not have, and amounts past what `i64` holds.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, BadAmount> {
        let (negative, digits) = match amount.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, amount),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return Err(BadAmount),
            None => (digits, ""),
        };
        let decimals = usize::from(currency.exponent());
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || fraction.len() > decimals || !all_digits(whole) || !all_digits(fraction) {
            return Err(BadAmount);
        }
        let sign = if negative { "-" } else { "" };
        let minor = format!("{sign}{whole}{fraction:0<decimals$}").parse().map_err(|_| BadAmount)?;
        Ok(Self { minor, currency })
    }

    /// Both together, if they are of one currency and the sum fits.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let minor = self.minor.checked_add(other.minor)?;
        (self.currency == other.currency).then_some(Self { minor, ..self })
    }

    /// This less `other`, if they are of one currency and the difference fits.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let minor = self.minor.checked_sub(other.minor)?;
        (self.currency == other.currency).then_some(Self { minor, ..self })
    }

    /// `count` times this, if it fits.
    pub fn checked_mul(self, count: u32) -> Option<Self> {
        Some(Self { minor: self.minor.checked_mul(i64::from(count))?, ..self })
    }

    /// The amount alone, with all its decimals: `12.50`.
    pub fn amount(self) -> String {
        let (unit, decimals) = (self.currency.unit().unsigned_abs(), usize::from(self.currency.exponent()));
        let sign = if self.minor < 0 { "-" } else { "" };
        let (whole, fraction) = (self.minor.unsigned_abs() / unit, self.minor.unsigned_abs() % unit);
        match decimals {
            0 => format!("{sign}{whole}"),
            _ => format!("{sign}{whole}.{fraction:0decimals$}"),
        }
    }
}

/// The amount and the code: `12.50 EUR`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount(), self.currency)
    }
}
