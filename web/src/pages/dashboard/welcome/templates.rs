//! What people of a trade often begin with.

/// Minutes and price of each suggestion of a trade, in the order of their names in the message catalogue. Prices are in
/// euros.
pub fn numbers(category: &str) -> [(u32, u32); 4] {
    match category {
        "beauty" => [(45, 40), (90, 80), (45, 35), (60, 55)],
        "health" => [(30, 60), (60, 90), (45, 75), (20, 40)],
        "wellness" => [(60, 70), (30, 40), (90, 100), (50, 60)],
        "fitness" => [(60, 60), (45, 45), (60, 15), (30, 0)],
        "education" => [(45, 35), (60, 45), (90, 65), (30, 0)],
        "craft" => [(60, 80), (120, 60), (180, 90), (30, 0)],
        "repair" => [(60, 75), (30, 40), (120, 140), (20, 0)],
        "home" => [(120, 60), (180, 90), (60, 50), (30, 0)],
        "consulting" => [(30, 0), (60, 120), (90, 170), (180, 320)],
        "photography" => [(60, 150), (30, 80), (120, 280), (30, 0)],
        "pets" => [(60, 45), (30, 20), (45, 55), (30, 0)],
        "stays" => [(1440, 90), (240, 50), (60, 20), (30, 0)],
        _ => [(30, 30), (60, 60), (90, 90), (20, 0)],
    }
}

/// A price in euros as a round one of another currency, in whole units; nothing where no good guess is known.
pub fn price_in(currency: &str, euros: u32) -> Option<u32> {
    let factor = match currency {
        "EUR" | "USD" | "GBP" | "CHF" | "CAD" | "AUD" | "NZD" => return Some(euros),
        "BGN" => 2,
        "PLN" | "RON" => 4,
        "DKK" => 7,
        "SEK" | "NOK" => 11,
        "CZK" => 25,
        "UAH" | "TRY" | "INR" => 40,
        "RUB" => 60,
        "JPY" => 150,
        "KZT" => 300,
        "HUF" => 400,
        _ => return (euros == 0).then_some(0),
    };
    let exact = euros * factor;
    let round = if exact >= 2000 { 100 } else { 10 };
    Some(exact.div_ceil(round) * round)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_round_in_every_currency() {
        assert_eq!(price_in("EUR", 35), Some(35));
        assert_eq!(price_in("PLN", 35), Some(140));
        assert_eq!(price_in("JPY", 35), Some(5300));
        assert_eq!(price_in("XAF", 35), None);
        assert_eq!(price_in("XAF", 0), Some(0));
    }
}
