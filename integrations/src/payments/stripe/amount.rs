//! Amounts as Stripe counts them, which is not always how ISO 4217 does.

use crate::payments::ProcessorError;
use domain::money::{Currency, Money};

/// ISO 4217 gives these no decimals; Stripe counts hundredths of them, which must be whole.
const HUNDREDTHS: [&str; 2] = ["ISK", "UGX"];
/// ISO 4217 gives it two decimals; Stripe counts it without.
const WHOLE: [&str; 1] = ["MGA"];

/// How many decimals Stripe counts.
fn decimals(currency: Currency) -> u32 {
    match currency.code() {
        code if HUNDREDTHS.contains(&code) => 2,
        code if WHOLE.contains(&code) => 0,
        _ => u32::from(currency.exponent()),
    }
}

/// The amount as Stripe wants it.
pub(super) fn to_stripe(money: Money) -> Result<i64, ProcessorError> {
    let (ours, theirs) = (u32::from(money.currency.exponent()), decimals(money.currency));
    let amount = if theirs >= ours {
        money.minor.checked_mul(10_i64.pow(theirs - ours))
    } else {
        let step = 10_i64.pow(ours - theirs);
        (money.minor % step == 0).then(|| money.minor / step)
    };
    let carried = amount.filter(|_| money.minor % money.currency.step() == 0);
    carried.ok_or_else(|| refused(format!("{money} cannot be paid by card")))
}

/// The amount as we count it, of a currency in Stripe's small letters.
pub(super) fn from_stripe(amount: i64, currency: &str) -> Result<Money, ProcessorError> {
    let unknown = || ProcessorError::Temporary(format!("the answer has the unknown currency {currency}"));
    let currency = Currency::parse(&currency.to_ascii_uppercase()).map_err(|_| unknown())?;
    let (ours, theirs) = (u32::from(currency.exponent()), decimals(currency));
    let minor = if theirs >= ours {
        Some(amount / 10_i64.pow(theirs - ours))
    } else {
        amount.checked_mul(10_i64.pow(ours - theirs))
    };
    minor.map(|minor| Money::new(minor, currency)).ok_or_else(unknown)
}

fn refused(message: String) -> ProcessorError {
    ProcessorError::Permanent { code: "amount_invalid".to_owned(), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, Currency::parse(code).unwrap())
    }

    #[test]
    fn stripe_counts_some_currencies_its_own_way() {
        for (minor, code, theirs) in [
            (1250, "EUR", 1250),
            (5000, "JPY", 5000),
            (12_340, "KWD", 12_340),
            (900, "ISK", 90_000),
            (5000, "UGX", 500_000),
            (250_000, "MGA", 2500),
            (0, "EUR", 0),
        ] {
            let ours = money(minor, code);
            assert_eq!(to_stripe(ours), Ok(theirs), "{ours}");
            assert_eq!(from_stripe(theirs, &code.to_lowercase()), Ok(ours), "{ours}");
        }
    }

    #[test]
    fn what_a_card_cannot_carry_is_refused() {
        for (minor, code) in [(12_345, "KWD"), (250_050, "MGA"), (i64::MAX, "ISK")] {
            let refused = to_stripe(money(minor, code));
            assert!(matches!(refused, Err(ProcessorError::Permanent { .. })), "{minor} {code}: {refused:?}");
        }
        assert!(from_stripe(100, "zzz").is_err());
    }
}
