//! Money of a booking: every boundary of every policy to the second, and what holds for all amounts.

use domain::booking::{Action, Party};
use domain::money::{Currency, Money};
use domain::payment::coupon::{CouponRefused, Discount, Limits};
use domain::payment::policy::{Clock, LadderRefused, MOST_STEPS, Policy, Step};
use domain::payment::quote::Paid;
use domain::payment::terms::{PaidBefore, PaymentMode, TermsRefused, after_change};
use domain::payment::vat;
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::{DAY, HOUR, clock, date, zone};

const START: i64 = 1_800_000_000;
const CLIENT: Action = Action::Cancel(Party::Client);

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

fn money(minor: i64, code: &str) -> Money {
    Money::new(minor, currency(code))
}

fn ladder(steps: &[(u32, u8)]) -> Policy {
    let step = |&(hours_before, refund_percent): &(u32, u8)| Step { hours_before, refund_percent };
    Policy::Custom { steps: steps.iter().map(step).collect() }
}

fn paid(policy: Policy, kept_minor: i64, code: &str) -> Paid {
    Paid { policy, no_show_percent: 0, anchor: START, kept_minor, currency: currency(code) }
}

#[test]
fn each_policy_at_its_boundaries() {
    let cases = [
        (Policy::Flexible, 24 * HOUR, 100, 0),
        (Policy::Moderate, 5 * DAY, 100, 50),
        (Policy::Moderate, 24 * HOUR, 50, 0),
        (Policy::Strict, 14 * DAY, 50, 0),
        (ladder(&[(48, 80), (2, 20)]), 48 * HOUR, 80, 20),
        (ladder(&[(48, 80), (2, 20)]), 2 * HOUR, 20, 0),
        (ladder(&[(0, 100)]), 0, 100, 0),
    ];
    for (policy, before, inside, after) in cases {
        assert_eq!(policy.percent(START, START - before), inside, "{policy:?}, {before} s before");
        assert_eq!(policy.percent(START, START - before + 1), after, "{policy:?}, a second later");
    }
    assert_eq!(
        Policy::Strict.percent(START, START - 400 * DAY),
        50,
        "strict keeps half from the first day on"
    );
}

#[test]
fn hours_are_elapsed_hours_across_a_change_of_clocks() {
    // Berlin puts its clocks forward in the night to 28 March 2027: Sunday noon is 23 hours after Saturday noon.
    let berlin = zone("Europe/Berlin");
    let noon = |day| berlin.to_instant(date(day), clock("12:00"));
    let (saturday, sunday) = (noon("2027-03-27"), noon("2027-03-28"));
    assert_eq!(sunday - saturday, 23 * HOUR);
    assert_eq!(Policy::Flexible.percent(sunday, saturday), 0, "noon to noon is too late by an hour");
    assert_eq!(Policy::Flexible.percent(sunday, saturday - HOUR), 100);
}

#[test]
fn whatever_is_not_the_clients_doing_brings_everything_back() {
    let paid = paid(Policy::Strict, 9_999, "EUR");
    for action in [Action::Cancel(Party::Provider), Action::Decline, Action::Expire] {
        assert_eq!(paid.refund(action, START), 9_999, "{action:?}");
    }
    for action in [Action::Confirm, Action::Reschedule, Action::Complete] {
        assert_eq!(paid.refund(action, START - 99 * DAY), 0, "{action:?} ends nothing");
    }
}

#[test]
fn a_no_show_has_a_rule_of_its_own() {
    let paid = Paid { no_show_percent: 25, ..paid(Policy::Flexible, 1_000, "EUR") };
    assert_eq!(paid.refund(Action::MarkNoShow, START + HOUR), 250);
    assert_eq!(Paid { no_show_percent: 0, ..paid }.refund(Action::MarkNoShow, START), 0);
}

#[test]
fn parts_are_rounded_to_what_cards_can_carry() {
    let half = |minor, code| paid(Policy::Strict, minor, code).refund(CLIENT, START - 20 * DAY);
    assert_eq!(half(1_001, "EUR"), 501, "half a cent goes up");
    assert_eq!(half(101, "JPY"), 51);
    assert_eq!(half(1_010, "KWD"), 510, "fils come in tens");
    assert_eq!(half(1, "EUR"), 1, "never more than was paid");
}

#[test]
fn moving_cannot_put_a_penalty_off() {
    let policy = Policy::Moderate;
    let later = START + 30 * DAY;
    let clock = Clock { anchor: START, own: None };
    let moved = |by, start, now| policy.after_move(clock, by, START, start, now).anchor;
    assert_eq!(moved(Party::Client, later, START - 5 * DAY), later, "in time: the clock follows");
    assert_eq!(
        moved(Party::Client, later, START - 5 * DAY + 1),
        START,
        "half is due already: the clock stays"
    );
    assert_eq!(
        moved(Party::Client, START - DAY, START - 3 * DAY),
        START - DAY,
        "to an earlier time it follows"
    );
    assert_eq!(
        moved(Party::Provider, later, START - HOUR),
        later,
        "the provider's move is not the client's fault"
    );
    assert_eq!(
        moved(Party::Provider, START - 3 * DAY, START - 10 * DAY),
        START,
        "nor brings the penalty nearer"
    );
    let strict = Policy::Strict.after_move(clock, Party::Client, START, later, START - 15 * DAY);
    assert_eq!(strict, Clock { anchor: later, own: None });
}

#[test]
fn a_providers_slip_changes_no_clock() {
    let policy = Policy::Moderate;
    let (late, other) = (START + 31 * DAY, START + 4 * DAY);
    // A client who moved too late: the clock runs to an instant before the start.
    let clock = Clock { anchor: START - DAY, own: None };
    let now = START - 3 * DAY;
    let moved = |clock, from, to, now| policy.after_move(clock, Party::Provider, from, to, now);
    let slipped = moved(clock, START, late, now);
    assert_eq!(slipped.anchor, late);
    assert_eq!(moved(slipped, late, START, now + 10), clock, "undone as if nothing had been");
    let twice = moved(slipped, late, other, now + 10);
    assert_eq!(twice.anchor, other, "to the right place then, it runs to that");
    assert_eq!(moved(twice, other, START, now + 20), clock);
    // Left there until a deadline had passed that the client believed to be later: the client keeps that belief.
    let back = moved(slipped, late, START, START - DAY);
    assert_eq!(back.anchor, late);
    // The client's own move makes it the client's own clock.
    let own = policy.after_move(slipped, Party::Client, late, other, now);
    assert_eq!(own, Clock { anchor: other, own: None });
}

#[test]
fn a_ladder_goes_down_towards_the_start() {
    let cases = [
        (ladder(&[]), LadderRefused::Length),
        (ladder(&[(1, 1); MOST_STEPS + 1]), LadderRefused::Length),
        (ladder(&[(24, 101)]), LadderRefused::Percent(0)),
        (ladder(&[(24, 100), (24, 50)]), LadderRefused::Order(1)),
        (ladder(&[(24, 50), (48, 20)]), LadderRefused::Order(1)),
        (ladder(&[(48, 20), (24, 50)]), LadderRefused::Rises(1)),
        (ladder(&[(9_000, 50)]), LadderRefused::TooFar(0)),
    ];
    for (policy, fault) in cases {
        assert_eq!(policy.check(), Err(fault), "{policy:?}");
    }
    for policy in
        [Policy::Flexible, Policy::Moderate, Policy::Strict, ladder(&[(72, 100), (24, 30), (0, 30)])]
    {
        assert_eq!(policy.check(), Ok(()));
    }
}

#[test]
fn deposits_and_full_prices() {
    let price = money(5_000, "EUR");
    let due = |mode: PaymentMode, total, places| mode.due(money(total, "EUR"), places);
    let fixed = PaymentMode::DepositFixed { deposit_minor: 1_500 };
    let third = PaymentMode::DepositPercent { deposit_percent: 33 };
    assert_eq!(due(PaymentMode::OnSite, 5_000, 1), 0);
    assert_eq!(due(PaymentMode::Full, 10_000, 2), 10_000);
    assert_eq!(due(fixed, 10_000, 2), 3_000, "for each place");
    assert_eq!(due(fixed, 1_000, 1), 1_000, "never more than the price after a coupon");
    assert_eq!(due(third, 5_001, 1), 1_650);
    for mode in [PaymentMode::OnSite, PaymentMode::Full, fixed, third] {
        assert_eq!(mode.check(price), Ok(()), "{mode:?}");
    }
    let refused = |mode: PaymentMode, minor, code| mode.check(money(minor, code)).unwrap_err();
    assert_eq!(refused(fixed, 1_500, "EUR"), TermsRefused::DepositOutOfRange);
    assert_eq!(
        refused(PaymentMode::DepositPercent { deposit_percent: 100 }, 1, "EUR"),
        TermsRefused::DepositOutOfRange
    );
    assert_eq!(refused(PaymentMode::Full, 0, "EUR"), TermsRefused::NothingToPay);
    assert_eq!(refused(PaymentMode::Full, 1_234, "KWD"), TermsRefused::PriceNotChargeable);
    assert_eq!(refused(PaymentMode::Full, 250_050, "MGA"), TermsRefused::PriceNotChargeable);
    assert_eq!(
        refused(third, 12_345, "KWD"),
        TermsRefused::PriceNotChargeable,
        "the rest is paid by card too"
    );
    let odd = PaymentMode::DepositFixed { deposit_minor: 1_234 };
    assert_eq!(refused(odd, 12_340, "KWD"), TermsRefused::DepositNotChargeable);
    assert_eq!(third.check(money(12_340, "KWD")), Ok(()));
    assert_eq!(
        refused(PaymentMode::DepositPercent { deposit_percent: 1 }, 4_900, "EUR"),
        TermsRefused::TooLittle
    );
    assert_eq!(refused(PaymentMode::Full, 100_000_000, "EUR"), TermsRefused::TooMuch);
}

#[test]
fn what_cards_do_not_carry_is_paid_at_the_providers() {
    let due = |mode: PaymentMode, minor, code| mode.due(money(minor, code), 1);
    for (code, least) in
        [("EUR", 50), ("GBP", 30), ("JPY", 50), ("HUF", 17_500), ("KWD", 500), ("MGA", 5_000)]
    {
        assert_eq!(currency(code).least_charge(), least, "{code}");
        assert_eq!(due(PaymentMode::Full, least, code), least, "{code}");
        assert_eq!(due(PaymentMode::Full, least - currency(code).step(), code), 0, "{code}");
    }
    assert_eq!(due(PaymentMode::DepositPercent { deposit_percent: 1 }, 4_900, "EUR"), 0);
    assert_eq!(due(PaymentMode::Full, 99_999_999, "EUR"), 99_999_999);
    assert_eq!(due(PaymentMode::Full, 100_000_000, "EUR"), 0);
    assert_eq!(due(PaymentMode::Full, 1_000_000, "ISK"), 0, "Stripe counts hundredths of it");
    assert_eq!(due(PaymentMode::Full, 250_050, "MGA"), 250_000, "whole ones only");
    assert_eq!(due(PaymentMode::Full, 1_234, "KWD"), 1_230);
}

#[test]
fn a_new_price_takes_what_was_paid_into_account() {
    let paid =
        |due_minor, kept_minor| PaidBefore { due_minor, kept_minor, given_minor: 0, disputed_minor: 0 };
    let after = |price, kept, due, code| {
        let new = after_change(money(price, code), paid(due, kept));
        (new.refund_minor, new.due_minor, new.mode)
    };
    assert_eq!(after(3_000, 5_000, 5_000, "EUR"), (2_000, 3_000, "full"));
    assert_eq!(after(8_000, 5_000, 5_000, "EUR"), (0, 5_000, "deposit"), "the rest is paid there");
    assert_eq!(after(5_000, 5_000, 5_000, "EUR"), (0, 5_000, "full"));
    assert_eq!(after(6_000, 2_000, 2_000, "EUR"), (0, 2_000, "deposit"), "a deposit stays what it was");
    assert_eq!(after(0, 5_000, 5_000, "EUR"), (5_000, 0, "on_site"));
    assert_eq!(after(9_000, 0, 0, "EUR"), (0, 0, "on_site"));
    assert_eq!(after(8_000, 0, 8_000, "EUR"), (0, 0, "on_site"), "all of it had gone back before");
    let held = PaidBefore { disputed_minor: 5_000, ..paid(5_000, 5_000) };
    let disputed = after_change(money(3_000, "EUR"), held);
    assert_eq!(
        (disputed.refund_minor, disputed.due_minor),
        (0, 3_000),
        "a bank holds it, and it may come back"
    );
    // What was given by hand stays given, whatever it costs then.
    let gift =
        |price| after_change(money(price, "EUR"), PaidBefore { given_minor: 1_000, ..paid(5_000, 4_000) });
    assert_eq!((gift(5_000).refund_minor, gift(5_000).due_minor), (0, 5_000));
    assert_eq!((gift(4_500).refund_minor, gift(4_500).due_minor), (500, 4_500));
    assert_eq!((gift(500).refund_minor, gift(500).due_minor), (4_000, 500), "no more than is there");
    assert_eq!((gift(8_000).refund_minor, gift(8_000).due_minor), (0, 5_000));
    // Cards take no third decimal: the client gets the odd one too.
    assert_eq!(after(1_234, 5_000, 5_000, "KWD"), (3_770, 1_234, "full"));
}

#[test]
fn tax_inside_a_price() {
    for (gross, rate, tax) in
        [(11_900, 1_900, 1_900), (10_700, 700, 700), (100, 1_900, 16), (999, 0, 0), (0, 1_900, 0)]
    {
        assert_eq!(vat::contained(gross, rate), tax, "{gross} at {rate}");
    }
}

#[test]
fn coupons_take_off_at_most_the_price() {
    let off = |discount: Discount| discount.of(money(5_000, "EUR"));
    assert_eq!(off(Discount::Percent { percent: 15 }), 750);
    assert_eq!(off(Discount::Percent { percent: 100 }), 5_000);
    assert_eq!(off(Discount::Fixed { amount_minor: 9_999 }), 5_000);
}

#[test]
fn a_coupon_says_why_it_is_no_good() {
    let limits = Limits {
        from: Some(100),
        until: Some(200),
        uses: Some(3),
        uses_per_client: Some(1),
        least_minor: 500,
    };
    let check = |now, minor, used, by_client| limits.check(now, money(minor, "EUR"), used, by_client);
    assert_eq!(check(99, 500, 0, 0), Err(CouponRefused::NotYet));
    assert_eq!(check(100, 500, 2, 0), Ok(()));
    assert_eq!(check(200, 500, 0, 0), Err(CouponRefused::Over));
    assert_eq!(check(150, 500, 3, 0), Err(CouponRefused::UsedUp));
    assert_eq!(check(150, 500, 1, 1), Err(CouponRefused::UsedByClient));
    assert_eq!(check(150, 499, 0, 0), Err(CouponRefused::PriceTooLow));
    assert_eq!(Limits::default().check(0, money(0, "EUR"), 99, 99), Ok(()));
}

fn policies() -> impl Strategy<Value = Policy> {
    let ladders =
        proptest::collection::btree_map(0_u32..2_000, 0_u8..=100, 1..=MOST_STEPS).prop_map(|steps| {
            let hours: Vec<u32> = steps.keys().rev().copied().collect();
            let mut percents: Vec<u8> = steps.values().copied().collect();
            percents.sort_unstable_by(|a, b| b.cmp(a));
            let step = |(hours_before, refund_percent)| Step { hours_before, refund_percent };
            Policy::Custom { steps: hours.into_iter().zip(percents).map(step).collect() }
        });
    prop_oneof![Just(Policy::Flexible), Just(Policy::Moderate), Just(Policy::Strict), ladders]
}

fn amounts() -> impl Strategy<Value = (i64, &'static str)> {
    (0_i64..=10_000_000_000, select(vec!["EUR", "JPY", "KWD", "ISK", "CLF", "MGA"]))
        .prop_map(|(steps, code)| (steps * currency(code).step(), code))
}

proptest! {
    #[test]
    fn what_is_quoted_is_what_comes_back(
        policy in policies(), (minor, code) in amounts(), now in START - 100 * DAY..START + DAY,
    ) {
        prop_assert_eq!(policy.check(), Ok(()));
        let paid = paid(policy, minor, code);
        let stage = paid.stage_at(now);
        prop_assert_eq!(stage.refund_minor, paid.refund(CLIENT, now));
        prop_assert!((0..=minor).contains(&stage.refund_minor));
        prop_assert_eq!(stage.refund_minor % currency(code).step(), 0, "a card can carry it");
        if let Some(until) = stage.until {
            prop_assert_eq!(paid.refund(CLIENT, until), stage.refund_minor, "to the last second");
            prop_assert!(paid.refund(CLIENT, until + 1) <= stage.refund_minor, "later brings never more");
        }
        prop_assert!(paid.stages().windows(2).all(|pair| pair[0].until < pair[1].until || pair[1].until.is_none()));
    }

    #[test]
    fn a_move_never_brings_the_client_more(
        policy in policies(), start in START - 50 * DAY..START + 50 * DAY, now in START - 100 * DAY..START,
    ) {
        let clock = Clock { anchor: START, own: None };
        let anchor = policy.after_move(clock, Party::Client, START, start, now).anchor;
        let best = policy.percent(i64::MAX, 0);
        if policy.percent(START, now) < best {
            prop_assert!(policy.percent(anchor, now) <= policy.percent(START, now));
        }
        let provider = policy.after_move(clock, Party::Provider, START, start, now);
        prop_assert!(policy.percent(provider.anchor, now) >= policy.percent(START, now));
        prop_assert_eq!(policy.after_move(provider, Party::Provider, start, START, now), clock);
    }

    #[test]
    fn parts_stay_within_the_whole((minor, code) in amounts(), percent in 1_u8..=99, rate in 0_u32..=10_000) {
        let due = PaymentMode::DepositPercent { deposit_percent: percent }.due(money(minor, code), 1);
        prop_assert!((0..=minor).contains(&due));
        prop_assert_eq!(due % currency(code).step(), 0, "a card can carry it");
        let charged = currency(code).least_charge()..=currency(code).most_charge();
        prop_assert!(due == 0 || charged.contains(&due));
        let tax = vat::contained(minor, rate);
        prop_assert!((0..=minor).contains(&tax));
        let off = Discount::Percent { percent }.of(money(minor, code));
        prop_assert!((0..=minor).contains(&off));
    }
}
