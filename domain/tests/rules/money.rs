//! Amounts: as many decimals as ISO 4217 says, and no rounding anywhere.

use domain::money::{BadAmount, Currency, Money};

fn money(minor: i64, code: &str) -> Money {
    Money::new(minor, Currency::parse(code).unwrap())
}

#[test]
fn exponents_of_iso_4217() {
    let exponents = [
        ("EUR", 2),
        ("USD", 2),
        ("RUB", 2),
        ("KZT", 2),
        ("JPY", 0),
        ("KRW", 0),
        ("VND", 0),
        ("ISK", 0),
        ("XAF", 0),
        ("KWD", 3),
        ("TND", 3),
        ("CLF", 4),
        ("UYW", 4),
    ];
    for (code, exponent) in exponents {
        let currency = Currency::parse(code).unwrap();
        assert_eq!((currency.code(), currency.exponent()), (code, exponent));
    }
    for code in ["", "eur", "EU", "EURO", "ABC", "XAU", "XXX", "XTS", "€"] {
        assert!(Currency::parse(code).is_err(), "{code}");
    }
}

#[test]
fn plain_amounts_are_read_and_written() {
    for (text, code, minor, written) in [
        ("12.50", "EUR", 1250, "12.50"),
        ("12.5", "EUR", 1250, "12.50"),
        ("12", "EUR", 1200, "12.00"),
        ("0.05", "EUR", 5, "0.05"),
        ("-0.05", "EUR", -5, "-0.05"),
        ("1200", "JPY", 1200, "1200"),
        ("1.234", "KWD", 1234, "1.234"),
        ("92233720368547758.07", "EUR", i64::MAX, "92233720368547758.07"),
        ("-92233720368547758.08", "EUR", i64::MIN, "-92233720368547758.08"),
    ] {
        let currency = Currency::parse(code).unwrap();
        assert_eq!(Money::parse(text, currency), Ok(money(minor, code)), "{text}");
        assert_eq!(money(minor, code).amount(), written);
    }
    assert_eq!(money(1250, "EUR").to_string(), "12.50 EUR");
}

#[test]
fn what_is_no_amount_is_refused() {
    let euro = Currency::parse("EUR").unwrap();
    for text in
        ["", "-", ".", ".5", "5.", "1.234", "1,50", "1 000", "+1", "--1", "1e3", "٣", "92233720368547758.08"]
    {
        assert_eq!(Money::parse(text, euro), Err(BadAmount), "{text}");
    }
    assert_eq!(Money::parse("1.5", Currency::parse("JPY").unwrap()), Err(BadAmount));
}

#[test]
fn sums_stay_in_one_currency_and_in_range() {
    assert_eq!(money(100, "EUR").checked_add(money(50, "EUR")), Some(money(150, "EUR")));
    assert_eq!(money(100, "EUR").checked_sub(money(150, "EUR")), Some(money(-50, "EUR")));
    assert_eq!(money(100, "EUR").checked_mul(3), Some(money(300, "EUR")));
    assert_eq!(money(100, "EUR").checked_add(money(50, "USD")), None);
    assert_eq!(money(i64::MAX, "EUR").checked_add(money(1, "EUR")), None);
    assert_eq!(money(i64::MIN, "EUR").checked_sub(money(1, "EUR")), None);
    assert_eq!(money(i64::MAX, "EUR").checked_mul(2), None);
}
