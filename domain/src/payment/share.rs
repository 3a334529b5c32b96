//! Parts of an amount.

use crate::money::Currency;

/// One hundred percent, in hundredths of a percent.
pub const WHOLE: u32 = 10_000;

/// `hundredths` of a percent of `minor`, to the nearest amount the currency's cards can carry, halves up; never more
/// than `minor`, and all of it at [`WHOLE`] and above.
pub fn share(minor: i64, hundredths: u32, currency: Currency) -> i64 {
    share_in(minor, hundredths, currency.step())
}

/// The same where only the step is known by which amounts that cards can carry differ.
pub fn share_in(minor: i64, hundredths: u32, step: i64) -> i64 {
    if hundredths >= WHOLE || minor <= 0 {
        return minor.max(0);
    }
    let step = i128::from(step);
    let divisor = i128::from(WHOLE) * step;
    let part = (i128::from(minor) * i128::from(hundredths) + divisor / 2) / divisor * step;
    i64::try_from(part).unwrap_or(minor).min(minor)
}
