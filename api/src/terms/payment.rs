//! Ways of paying.

use crate::http::Faults;
use contract::payments::PaymentMode;
use domain::money::{Currency, Money};
use domain::payment::terms::{PaymentMode as Rule, TermsRefused};

/// The word for it in the database.
pub fn mode_word(mode: PaymentMode) -> &'static str {
    match mode {
        PaymentMode::OnSite => "on_site",
        PaymentMode::Deposit => "deposit",
        PaymentMode::Full => "full",
    }
}

/// The mode of that word; the schema allows these three.
pub fn read_mode(stored: &str) -> PaymentMode {
    match stored {
        "deposit" => PaymentMode::Deposit,
        "full" => PaymentMode::Full,
        _ => PaymentMode::OnSite,
    }
}

fn as_rule(mode: PaymentMode, deposit_minor: Option<i64>, deposit_percent: Option<u32>) -> Rule {
    match (mode, deposit_minor, deposit_percent) {
        (PaymentMode::OnSite, ..) => Rule::OnSite,
        (PaymentMode::Full, ..) => Rule::Full,
        (PaymentMode::Deposit, Some(deposit_minor), _) => Rule::DepositFixed { deposit_minor },
        (PaymentMode::Deposit, None, percent) => {
            let percent = percent.unwrap_or_default();
            Rule::DepositPercent { deposit_percent: u8::try_from(percent).unwrap_or(u8::MAX) }
        }
    }
}

/// What is paid when booking, in minor units, of a `total` for so many places.
pub fn due(
    mode: PaymentMode,
    deposit_minor: Option<i64>,
    deposit_percent: Option<u32>,
    total: Money,
    places: u32,
) -> i64 {
    as_rule(mode, deposit_minor, deposit_percent).due(total, places)
}

/// Checks how a service of this price is to be paid.
pub fn check_payment(
    mode: PaymentMode,
    deposit_minor: Option<i64>,
    deposit_percent: Option<u32>,
    price: Money,
    faults: &mut Faults,
) {
    let given = usize::from(deposit_minor.is_some()) + usize::from(deposit_percent.is_some());
    match (mode, given) {
        (PaymentMode::Deposit, 1) | (PaymentMode::OnSite | PaymentMode::Full, 0) => {}
        (PaymentMode::Deposit, 0) => {
            faults.add("/deposit_percent", "required", "Say how much: a percentage or an amount.");
            return;
        }
        (PaymentMode::Deposit, _) => {
            faults.add("/deposit_percent", "either", "Give a percentage or an amount, not both.");
            return;
        }
        (PaymentMode::OnSite | PaymentMode::Full, _) => {
            let pointer = if deposit_minor.is_some() { "/deposit_minor" } else { "/deposit_percent" };
            faults.add(pointer, "not_a_deposit", "This is for services with a deposit.");
            return;
        }
    }
    let deposit = if deposit_minor.is_some() { "/deposit_minor" } else { "/deposit_percent" };
    match as_rule(mode, deposit_minor, deposit_percent).check(price) {
        Ok(()) => {}
        Err(TermsRefused::NothingToPay) => {
            faults.add("/payment_mode", "nothing_to_pay", "A service that costs nothing cannot be prepaid.");
        }
        Err(TermsRefused::DepositOutOfRange) => {
            faults.add(deposit, "range", "A deposit is more than nothing and less than the price.");
        }
        Err(TermsRefused::PriceNotChargeable) => not_chargeable("/price_minor", price.currency, faults),
        Err(TermsRefused::DepositNotChargeable) => not_chargeable(deposit, price.currency, faults),
        Err(TermsRefused::TooLittle) => {
            let least = Money::new(price.currency.least_charge(), price.currency);
            let pointer = if mode == PaymentMode::Full { "/price_minor" } else { deposit };
            faults.add(pointer, "too_little", &format!("Cards are charged with {least} or more."));
        }
        Err(TermsRefused::TooMuch) => {
            let most = Money::new(price.currency.most_charge(), price.currency);
            let pointer = if mode == PaymentMode::Full { "/price_minor" } else { deposit };
            faults.add(pointer, "too_much", &format!("Cards are charged with {most} at most."));
        }
    }
}

/// Which amounts cards can pay.
pub fn steps(currency: Currency) -> String {
    format!("Cards pay in steps of {}: please round this amount.", Money::new(currency.step(), currency))
}

/// Marks an amount that no card can pay to the last digit.
pub fn not_chargeable(pointer: &str, currency: Currency, faults: &mut Faults) {
    faults.add(pointer, "not_chargeable", &steps(currency));
}
