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

/// How many decimals amounts of a currency have by ISO 4217. It is for whoever has a code alone, like the app: it brings
/// no table of all currencies along, and takes those it does not know for one with two.
pub const fn decimals(code: &str) -> u8 {
    match code.as_bytes() {
        b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
        | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
        b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
        b"CLF" | b"UYW" => 4,
        _ => 2,
    }
}

/// The least difference between amounts that cards can carry where a currency has so many decimals, in minor units: they
/// know no third one.
pub const fn card_step(decimals: u8) -> i64 {
    if decimals > 2 { 10_i64.pow(decimals as u32 - 2) } else { 1 }
}

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

    /// The least difference between amounts that cards can carry, in minor units: they know no third decimal.
    pub const fn step(self) -> i64 {
        card_step(self.exponent)
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
