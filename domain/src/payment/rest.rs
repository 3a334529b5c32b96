//! What of a booking is left to pay beside what was paid ahead, and what of that can be paid online.

use super::terms::{chargeable, upward};
use crate::booking::Status;
use crate::money::Money;

/// What is agreed about a booking, and what was paid, as far as its rest goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// Where the booking stands.
    pub status: Status,
    /// What it costs, after a discount.
    pub price: Money,
    /// What of it counts as paid ahead, in minor units.
    pub due_minor: i64,
    /// What came in through the platform, in minor units.
    pub paid_minor: i64,
    /// Whether the provider noted that the rest was paid at its place.
    pub is_settled: bool,
}

impl Account {
    /// What is left to pay, in minor units: beside what was paid ahead, not what was to be, for a bank may have let go of it.
    /// While that is under way the rest is not known, and counts as nothing.
    pub fn rest(&self) -> i64 {
        let stands = !matches!(self.status, Status::Pending | Status::Cancelled);
        let is_under_way = self.status == Status::Confirmed && self.paid_minor < self.due_minor;
        if !stands || is_under_way || self.is_settled {
            return 0;
        }
        (self.price.minor - self.due_minor.min(self.paid_minor)).max(0)
    }

    /// What of the rest can be paid online while the booking is to come, in minor units. What a card cannot carry is paid at the
    /// provider's; and who takes money at the appointment alone is not paid otherwise unasked: something was paid so before, or
    /// the service is one that is (`prepays`).
    pub fn online(&self, prepays: bool) -> i64 {
        if self.status != Status::Confirmed || !(prepays || self.paid_minor > 0) {
            return 0;
        }
        chargeable(Money::new(self.rest(), self.price.currency))
    }

    /// What of an amount that has come in for the rest is too much, in minor units: all of it where nothing is owed any more,
    /// because the booking was called off or missed, or the rest was paid at the provider's.
    pub fn too_much(&self, amount_minor: i64) -> i64 {
        let takes_place = matches!(self.status, Status::Confirmed | Status::Completed);
        let owed = if takes_place && !self.is_settled { self.price.minor - self.due_minor } else { 0 };
        upward(amount_minor.saturating_sub(owed.max(0)).max(0), self.price.currency).min(amount_minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn account(price: i64, due: i64, paid: i64) -> Account {
        let currency = Currency::parse("EUR").unwrap();
        Account {
            status: Status::Confirmed,
            price: Money::new(price, currency),
            due_minor: due,
            paid_minor: paid,
            is_settled: false,
        }
    }

    #[test]
    fn what_was_paid_ahead_is_not_owed_again() {
        assert_eq!(account(8000, 2000, 2000).online(true), 6000);
        assert_eq!(account(8000, 0, 0).online(true), 8000);
        assert_eq!(account(5000, 5000, 5000).online(true), 0);
        // The provider takes it at the appointment, unless something was paid online already.
        assert_eq!(account(8000, 0, 0).online(false), 0);
        assert_eq!(account(8000, 2000, 2000).online(false), 6000);
        // A cheaper service was chosen in between: what went back for that is owed again.
        assert_eq!(account(8000, 3000, 5000).online(true), 5000);
    }

    #[test]
    fn nothing_is_owed_while_the_first_payment_is_under_way_or_the_rest_is_settled() {
        assert_eq!(account(8000, 2000, 0).rest(), 0);
        assert_eq!(Account { is_settled: true, ..account(8000, 2000, 2000) }.rest(), 0);
        for status in [Status::Pending, Status::Cancelled] {
            assert_eq!(Account { status, ..account(8000, 2000, 2000) }.rest(), 0);
        }
        let over = Account { status: Status::Completed, ..account(8000, 2000, 0) };
        assert_eq!((over.rest(), over.online(true)), (8000, 0), "it is paid at the provider's afterwards");
    }

    #[test]
    fn cards_carry_neither_too_little_nor_the_third_decimal() {
        assert_eq!(account(2049, 2000, 2000).online(true), 0);
        let dinar = Currency::parse("KWD").unwrap();
        let account = Account { price: Money::new(20_005, dinar), ..account(0, 5000, 5000) };
        assert_eq!((account.rest(), account.online(true)), (15_005, 15_000));
        assert_eq!(account.too_much(15_000), 0);
        let paid = Account { due_minor: 20_000, paid_minor: 20_000, ..account };
        assert_eq!((paid.rest(), paid.online(true)), (5, 0));
        // As where the price falls after the money came: nobody keeps more than the price.
        assert_eq!(Account { price: Money::new(12_345, dinar), ..account }.too_much(15_000), 7_660);
    }

    #[test]
    fn what_is_not_owed_when_it_comes_is_too_much() {
        let paid = account(8000, 2000, 8000);
        assert_eq!(paid.too_much(6000), 0);
        assert_eq!(Account { price: Money::new(5000, paid.price.currency), ..paid }.too_much(6000), 3000);
        assert_eq!(Account { price: Money::new(1000, paid.price.currency), ..paid }.too_much(6000), 6000);
        assert_eq!(Account { is_settled: true, ..paid }.too_much(6000), 6000);
        for (status, over) in [(Status::Cancelled, 6000), (Status::NoShow, 6000), (Status::Completed, 0)] {
            assert_eq!(Account { status, ..paid }.too_much(6000), over);
        }
    }
}
