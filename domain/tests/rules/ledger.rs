//! The book: every movement sums to zero, and what came back undoes what went.

use domain::payment::ledger::{Account, Movement, Posting};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn balances(movements: &[Movement]) -> BTreeMap<Account, i64> {
    let mut balances = BTreeMap::new();
    for Posting { account, minor } in movements.iter().flat_map(|movement| movement.postings()) {
        *balances.entry(account).or_default() += minor;
    }
    balances.retain(|_, minor| *minor != 0);
    balances
}

#[test]
fn a_charge_is_shared_and_a_refund_takes_from_both() {
    let charge = Movement::Charge { amount_minor: 10_000, fee_minor: 500 };
    let half = Movement::Refund { amount_minor: 5_000, fee_minor: 250 };
    assert_eq!(
        balances(&[charge]),
        BTreeMap::from([
            (Account::Clients, -10_000),
            (Account::ProviderBalance, 9_500),
            (Account::PlatformFees, 500)
        ])
    );
    assert_eq!(
        balances(&[charge, half]),
        BTreeMap::from([
            (Account::Clients, -5_000),
            (Account::ProviderBalance, 4_750),
            (Account::PlatformFees, 250)
        ])
    );
    let fee_kept = Movement::Refund { amount_minor: 10_000, fee_minor: 0 };
    assert_eq!(
        balances(&[charge, fee_kept]),
        BTreeMap::from([(Account::ProviderBalance, -500), (Account::PlatformFees, 500)]),
        "a platform that keeps its fee lets the provider owe it"
    );
}

#[test]
fn a_lost_dispute_is_the_clients_again() {
    let charge = Movement::Charge { amount_minor: 1_000, fee_minor: 0 };
    let dispute = [
        Movement::DisputeOpened { amount_minor: 1_000, from_platform: false },
        Movement::DisputeLost { amount_minor: 1_000 },
    ];
    assert_eq!(balances(&[&[charge][..], &dispute].concat()), BTreeMap::new());
}

fn movements() -> impl Strategy<Value = Movement> {
    (0_i64..=1_000_000_000_000, 0_u32..=100, 0_usize..9).prop_map(|(amount_minor, percent, kind)| {
        let fee_minor = amount_minor / 100 * i64::from(percent);
        match kind {
            0 => Movement::Charge { amount_minor, fee_minor },
            1 => Movement::ProcessorFee { amount_minor, from_platform: percent % 2 == 0 },
            2 => Movement::Refund { amount_minor, fee_minor },
            3 => Movement::RefundReturned { amount_minor, fee_minor },
            4 => Movement::DisputeOpened { amount_minor, from_platform: percent % 2 == 0 },
            5 => Movement::DisputeWon { amount_minor, to_platform: percent % 2 == 0 },
            6 => Movement::DisputeLost { amount_minor },
            7 => Movement::Payout { amount_minor },
            _ => Movement::PayoutReturned { amount_minor },
        }
    })
}

proptest! {
    #[test]
    fn every_movement_sums_to_zero(movement in movements()) {
        let postings = movement.postings();
        prop_assert_eq!(postings.iter().map(|posting| posting.minor).sum::<i64>(), 0);
        prop_assert!(postings.iter().all(|posting| posting.minor != 0));
    }

    #[test]
    fn what_comes_back_undoes_what_went(amount_minor in 1_i64..=1_000_000_000, percent in 0_i64..=100) {
        let fee_minor = amount_minor * percent / 100;
        let undone = [
            [Movement::Refund { amount_minor, fee_minor }, Movement::RefundReturned { amount_minor, fee_minor }],
            [
                Movement::DisputeOpened { amount_minor, from_platform: percent % 2 == 0 },
                Movement::DisputeWon { amount_minor, to_platform: percent % 2 == 0 },
            ],
            [Movement::Payout { amount_minor }, Movement::PayoutReturned { amount_minor }],
        ];
        for pair in undone {
            prop_assert_eq!(balances(&pair), BTreeMap::new());
        }
    }
}
