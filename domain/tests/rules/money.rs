//! Amounts: as many decimals as ISO 4217 says, and no rounding anywhere.

use domain::money::{Currency, Money, decimals};

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
fn the_app_counts_the_same_decimals_as_the_server() {
    let letters = || 'A'..='Z';
    let codes =
        letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| format!("{a}{b}{c}"))));
    let known: Vec<Currency> = codes.filter_map(|code| Currency::parse(&code).ok()).collect();
    assert!(known.len() > 150, "{}", known.len());
    for currency in known {
        assert_eq!(decimals(currency.code()), currency.exponent(), "{currency}");
    }
    assert_eq!((decimals("HUF"), decimals("IQD")), (2, 3), "where browsers count otherwise");
}

#[test]
fn amounts_are_written_with_all_their_decimals() {
    for (minor, code, written) in [
        (1250, "EUR", "12.50"),
        (5, "EUR", "0.05"),
        (-5, "EUR", "-0.05"),
        (0, "EUR", "0.00"),
        (1200, "JPY", "1200"),
        (1234, "KWD", "1.234"),
        (i64::MAX, "EUR", "92233720368547758.07"),
        (i64::MIN, "EUR", "-92233720368547758.08"),
    ] {
        assert_eq!(money(minor, code).amount(), written);
    }
    assert_eq!(money(1250, "EUR").to_string(), "12.50 EUR");
}
