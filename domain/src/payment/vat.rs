//! Value added tax inside a price.

use super::share::WHOLE;

/// The tax that a price with tax contains, at a rate in hundredths of a percent; to the nearest minor unit, halves up.
pub fn contained(gross_minor: i64, rate: u32) -> i64 {
    let (rate, whole) = (i128::from(rate), i128::from(WHOLE));
    let divisor = whole + rate;
    let tax = (i128::from(gross_minor.max(0)) * rate * 2 + divisor) / (divisor * 2);
    // Never more than the price, so it fits.
    i64::try_from(tax).unwrap_or(gross_minor)
}
