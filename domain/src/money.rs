//! Amounts of money: integers in the minor unit of an ISO 4217 currency.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What Stripe charges at least, in minor units.
const LEAST: [(&str, i64); 25] = [
    ("AED", 200),
    ("AUD", 50),
    ("BGN", 100),
    ("BRL", 50),
    ("CAD", 50),
    ("CHF", 50),
    ("CZK", 1_500),
    ("DKK", 250),
    ("EUR", 50),
    ("GBP", 30),
    ("HKD", 400),
    ("HUF", 17_500),
    ("INR", 50),
    ("ISK", 100),
    ("JPY", 50),
    ("MXN", 1_000),
    ("MYR", 200),
    ("NOK", 300),
    ("NZD", 50),
    ("PLN", 200),
    ("RON", 200),
    ("SEK", 300),
    ("SGD", 50),
    ("THB", 1_000),
    ("USD", 50),
];

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

    /// The least difference between amounts that cards can carry, in minor units: they know no third decimal, and of the
    /// ariary, which has five parts, whole ones only.
    pub fn step(self) -> i64 {
        match (self.code(), self.exponent) {
            ("MGA", _) => self.unit(),
            (_, exponent) => card_step(exponent),
        }
    }

    /// The least amount that is charged to a card, in minor units: what Stripe documents. Where it documents nothing it goes by the
    /// worth in the account's own currency, and this is half of one, or fifty of what has no parts.
    pub fn least_charge(self) -> i64 {
        let documented = LEAST.iter().find(|(code, _)| *code == self.code());
        match documented {
            Some(&(_, least)) => least,
            None if self.step() == self.unit() => 50 * self.unit(),
            None => self.unit() / 2,
        }
    }

    /// The greatest amount that is charged to a card at once, in minor units: eight digits, as Stripe counts them.
    pub fn most_charge(self) -> i64 {
        match self.code() {
            // Counted in hundredths there, though they have none.
            "ISK" | "UGX" => 999_999,
            "MGA" => 9_999_999_900,
            _ => 99_999_999 / self.step() * self.step(),
        }
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
