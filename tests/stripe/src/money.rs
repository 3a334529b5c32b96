//! What Stripe says of amounts: minimums, decimals, its own price.

use crate::refused::Refused;

/// Counted without decimals.
const WHOLE: [&str; 15] =
    ["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"];
/// Counted in thousandths, the last digit zero.
const THOUSANDTHS: [&str; 5] = ["bhd", "jod", "kwd", "omr", "tnd"];
/// Counted in hundredths that must be 00.
const WHOLE_IN_HUNDREDTHS: [&str; 2] = ["isk", "ugx"];
/// What a payment is at least.
const LEAST: [(&str, i64); 25] = [
    ("aed", 200),
    ("aud", 50),
    ("bgn", 100),
    ("brl", 50),
    ("cad", 50),
    ("chf", 50),
    ("czk", 1500),
    ("dkk", 250),
    ("eur", 50),
    ("gbp", 30),
    ("hkd", 400),
    ("huf", 17500),
    ("inr", 50),
    ("jpy", 50),
    ("mxn", 1000),
    ("myr", 200),
    ("nok", 300),
    ("nzd", 50),
    ("pln", 200),
    ("ron", 200),
    ("sek", 300),
    ("sgd", 50),
    ("thb", 1000),
    ("usd", 50),
    ("isk", 10000),
];
/// No amount has more than eight digits.
const MOST: i64 = 99_999_999;

/// The decimals in which Stripe counts a currency.
pub(crate) fn decimals(currency: &str) -> usize {
    match currency {
        currency if WHOLE.contains(&currency) => 0,
        currency if THOUSANDTHS.contains(&currency) => 3,
        _ => 2,
    }
}

/// Refuses what is no currency.
pub(crate) fn currency(text: &str) -> Result<String, Refused> {
    let currency = text.to_ascii_lowercase();
    if currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Ok(currency);
    }
    Err(Refused::invalid(format!("Invalid currency: {text}.")).param("currency"))
}

/// The least that two amounts differ by, where they are not the same: there is nothing smaller in the currency.
pub(crate) fn unit(currency: &str) -> i64 {
    if WHOLE_IN_HUNDREDTHS.contains(&currency) { 100 } else { 1 }
}

/// Refuses amounts whose decimals a card cannot carry.
pub(crate) fn check_decimals(amount: i64, currency: &str, param: &str) -> Result<(), Refused> {
    let step = if THOUSANDTHS.contains(&currency) { 10 } else { unit(currency) };
    if amount % step == 0 {
        return Ok(());
    }
    let message = format!("Invalid amount: amounts in {currency} must be evenly divisible by {step}.");
    Err(Refused::invalid(message).code("parameter_invalid_integer").param(param))
}

/// Refuses what Stripe does not charge.
pub(crate) fn check_charge(amount: i64, currency: &str, param: &str) -> Result<(), Refused> {
    if amount < 1 {
        let message = "This value must be greater than or equal to 1.";
        return Err(Refused::invalid(message).code("parameter_invalid_integer").param(param));
    }
    check_decimals(amount, currency, param)?;
    let unlisted = match decimals(currency) {
        0 => 50,
        3 => 100,
        _ => 50,
    };
    let least = LEAST.iter().find(|(code, _)| *code == currency).map_or(unlisted, |(_, least)| *least);
    if amount < least {
        let message =
            format!("Amount must be at least {least} in the currency's smallest unit ({currency}).");
        return Err(Refused::invalid(message).code("amount_too_small").param(param));
    }
    if amount > MOST {
        let message =
            format!("Amount must be no more than {MOST} in the currency's smallest unit ({currency}).");
        return Err(Refused::invalid(message).code("amount_too_large").param(param));
    }
    Ok(())
}

/// Stripe's price for a charge: 1.5 % and 25 of the smallest unit.
pub(crate) const fn fee(amount: i64) -> i64 {
    (amount * 15 + 500) / 1000 + 25
}

/// An amount as people read it: `12.50 EUR`, in German `12,50 EUR`.
pub(crate) fn words(amount: i64, currency: &str, comma: bool) -> String {
    let decimals = decimals(currency);
    let unit = 10_i64.pow(u32::try_from(decimals).unwrap_or(2));
    let (whole, fraction) = (amount / unit, amount % unit);
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(if comma { '.' } else { ',' });
        }
        grouped.push(digit);
    }
    let point = if comma { ',' } else { '.' };
    let number = if decimals == 0 { grouped } else { format!("{grouped}{point}{fraction:0decimals$}") };
    let sign = match currency {
        "eur" => "€",
        "usd" => "$",
        "gbp" => "£",
        "jpy" => "¥",
        _ => return format!("{number}\u{a0}{}", currency.to_uppercase()),
    };
    if comma { format!("{number}\u{a0}{sign}") } else { format!("{sign}{number}") }
}
