//! The life of a booking: each action at the edges of the time in which it is allowed, and no way out of the end.

use domain::booking::{
    Action, Awaits, CancelledBy, NO_SHOW_WITHIN, Party, State, Status, TransitionRefused, request_expiry,
    transition,
};
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::{DAY, HOUR};

const START: i64 = 1_800_000_000;
const END: i64 = START + HOUR;
const LAPSE: i64 = START - DAY;

const STATUSES: [Status; 5] =
    [Status::Pending, Status::Confirmed, Status::Cancelled, Status::Completed, Status::NoShow];

const ACTIONS: [Action; 11] = [
    Action::Confirm,
    Action::Pay,
    Action::Revive,
    Action::Decline,
    Action::Cancel(Party::Client),
    Action::Cancel(Party::Provider),
    Action::Reschedule,
    Action::Complete,
    Action::MarkNoShow,
    Action::Expire,
    Action::LosePayment,
];

fn booking(status: Status) -> State {
    let awaits = (status == Status::Pending).then_some(Awaits::Approval);
    State {
        status,
        awaits,
        needs_approval: awaits.is_some(),
        cancelled_by: (status == Status::Cancelled).then_some(CancelledBy::Client),
        start: START,
        end: END,
        expires_at: Some(LAPSE),
    }
}

/// Every allowed step: from, action, the first instant it is allowed, the first it no longer is, to.
const STEPS: [(Status, Action, i64, i64, Status); 14] = {
    use Action::{Cancel, Complete, Confirm, Decline, Expire, LosePayment, MarkNoShow, Reschedule};
    use Status::{Cancelled, Completed, Confirmed, NoShow, Pending};
    const EVER: i64 = i64::MAX;
    const NO_SHOW_UNTIL: i64 = END + NO_SHOW_WITHIN;
    [
        (Pending, Confirm, i64::MIN, LAPSE, Confirmed),
        (Pending, Decline, i64::MIN, LAPSE, Cancelled),
        (Pending, Cancel(Party::Client), i64::MIN, LAPSE, Cancelled),
        (Pending, Cancel(Party::Provider), i64::MIN, LAPSE, Cancelled),
        (Pending, Reschedule, i64::MIN, LAPSE, Pending),
        (Pending, Expire, LAPSE, EVER, Cancelled),
        (Pending, LosePayment, i64::MIN, END, Cancelled),
        (Confirmed, LosePayment, i64::MIN, END, Cancelled),
        (Confirmed, Cancel(Party::Client), i64::MIN, START, Cancelled),
        (Confirmed, Cancel(Party::Provider), i64::MIN, END, Cancelled),
        (Confirmed, Reschedule, i64::MIN, START, Confirmed),
        (Confirmed, Complete, END, EVER, Completed),
        (Confirmed, MarkNoShow, START, NO_SHOW_UNTIL, NoShow),
        (Completed, MarkNoShow, START, NO_SHOW_UNTIL, NoShow),
    ]
};

#[test]
fn each_step_is_allowed_from_its_first_instant_to_its_last() {
    for (status, action, from, until, next) in STEPS {
        let at = |now: i64| transition(&booking(status), action, now);
        let case = format!("{status:?} {action:?}");
        assert_eq!(at(from), Ok(next), "{case}");
        assert_eq!(at(until - 1), Ok(next), "{case}");
        if from > i64::MIN {
            assert_eq!(at(from - 1), Err(TransitionRefused::TooEarly { from }), "{case}");
        }
        if until < i64::MAX {
            assert_eq!(at(until), Err(TransitionRefused::TooLate { until }), "{case}");
        }
    }
}

#[test]
fn no_other_step_is_ever_allowed() {
    for status in STATUSES {
        for action in ACTIONS {
            if STEPS.iter().any(|step| (step.0, step.1) == (status, action)) {
                continue;
            }
            for now in [i64::MIN, LAPSE, START, END, END + NO_SHOW_WITHIN, i64::MAX] {
                let refused = Err(TransitionRefused::WrongStatus { status });
                assert_eq!(transition(&booking(status), action, now), refused, "{status:?} {action:?}");
            }
        }
    }
}

#[test]
fn a_request_lapses_after_its_wait_and_at_its_start_at_the_latest() {
    assert_eq!(request_expiry(START - 3 * DAY, START, DAY), START - 2 * DAY);
    assert_eq!(request_expiry(START - HOUR, START, DAY), START);
    assert_eq!(request_expiry(START, START, i64::MAX), START);
    let late = State { expires_at: Some(END), ..booking(Status::Pending) };
    assert_eq!(transition(&late, Action::Expire, START), Ok(Status::Cancelled), "its start comes first");
    let open = State { expires_at: None, ..booking(Status::Pending) };
    assert_eq!(transition(&open, Action::Confirm, START - 1), Ok(Status::Confirmed));
    assert_eq!(transition(&open, Action::Confirm, START), Err(TransitionRefused::TooLate { until: START }));
}

#[test]
fn a_hold_waits_for_its_payment_alone() {
    let hold = State { awaits: Some(Awaits::Payment), needs_approval: false, ..booking(Status::Pending) };
    let wrong = Err(TransitionRefused::WrongStatus { status: Status::Pending });
    for answer in [Action::Confirm, Action::Decline] {
        assert_eq!(transition(&hold, answer, LAPSE - 1), wrong, "{answer:?}: there is nothing to answer yet");
    }
    assert_eq!(transition(&hold, Action::Pay, LAPSE - 1), Ok(Status::Confirmed));
    assert_eq!(transition(&hold, Action::Pay, LAPSE), Ok(Status::Confirmed), "it still has its time");
    assert_eq!(transition(&hold, Action::Pay, START), Err(TransitionRefused::TooLate { until: START }));
    let asked = State { needs_approval: true, ..hold };
    assert_eq!(transition(&asked, Action::Pay, LAPSE - 1), Ok(Status::Pending), "now the provider answers");
    assert_eq!(transition(&hold, Action::Expire, LAPSE), Ok(Status::Cancelled));
}

#[test]
fn a_hold_outlives_its_start_and_not_its_end() {
    let payment = |needs_approval, expires_at| State {
        awaits: Some(Awaits::Payment),
        needs_approval,
        expires_at: Some(expires_at),
        ..booking(Status::Pending)
    };
    for (lapse, hold) in [(START + 60, payment(false, START + 60)), (END, payment(false, END + HOUR))] {
        assert_eq!(hold.lapses_at(), lapse);
        assert_eq!(transition(&hold, Action::Pay, lapse - 1), Ok(Status::Confirmed));
        let late = Err(TransitionRefused::TooLate { until: lapse });
        assert_eq!(transition(&hold, Action::Pay, lapse), late);
        assert_eq!(transition(&hold, Action::Expire, lapse), Ok(Status::Cancelled));
        let early = Err(TransitionRefused::TooEarly { from: lapse });
        assert_eq!(transition(&hold, Action::Expire, lapse - 1), early);
        let given_up = transition(&hold, Action::Cancel(Party::Client), lapse - 1);
        assert_eq!(given_up, Ok(Status::Cancelled));
        let moved = Err(TransitionRefused::TooLate { until: START });
        assert_eq!(transition(&hold, Action::Reschedule, START), moved);
    }
    // Nobody could answer it any more.
    let asked = payment(true, START + 60);
    assert_eq!((asked.lapses_at(), asked.lapses_at_latest()), (START, START));
    assert_eq!(transition(&asked, Action::Pay, START), Err(TransitionRefused::TooLate { until: START }));
}

#[test]
fn only_what_lapsed_comes_back() {
    let ended = |by| State { cancelled_by: Some(by), needs_approval: false, ..booking(Status::Cancelled) };
    assert_eq!(transition(&ended(CancelledBy::Expired), Action::Revive, START - 1), Ok(Status::Confirmed));
    let late = transition(&ended(CancelledBy::Expired), Action::Revive, START);
    assert_eq!(late, Err(TransitionRefused::TooLate { until: START }));
    for by in [CancelledBy::Client, CancelledBy::Provider, CancelledBy::Declined] {
        assert!(transition(&ended(by), Action::Revive, LAPSE).is_err(), "{by:?}");
    }
}

#[test]
fn what_cancels_says_why() {
    assert_eq!(Action::Cancel(Party::Client).cancels(), Some(CancelledBy::Client));
    assert_eq!(Action::Cancel(Party::Provider).cancels(), Some(CancelledBy::Provider));
    assert_eq!(Action::Decline.cancels(), Some(CancelledBy::Declined));
    assert_eq!(Action::Expire.cancels(), Some(CancelledBy::Expired));
    for (_, action, _, _, next) in STEPS {
        assert_eq!(action.cancels().is_some(), next == Status::Cancelled, "{action:?}");
    }
}

#[test]
fn words_for_the_wire_and_back() {
    for status in STATUSES {
        assert_eq!(Status::parse(status.as_str()), Some(status));
    }
    for awaits in [Awaits::Payment, Awaits::Approval] {
        assert_eq!(Awaits::parse(awaits.as_str()), Some(awaits));
    }
    for by in [CancelledBy::Client, CancelledBy::Provider, CancelledBy::Declined, CancelledBy::Expired] {
        assert_eq!(CancelledBy::parse(by.as_str()), Some(by));
    }
    assert_eq!(Status::NoShow.as_str(), "no_show");
    assert_eq!(Status::parse("Confirmed"), None);
    assert!(STATUSES.iter().all(|&status| status.holds_seats() == (status != Status::Cancelled)));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_leaves_the_end(
        steps in prop::collection::vec((select(&ACTIONS[..]), -HOUR..2 * DAY), 1..40),
        first in select(&[Status::Pending, Status::Confirmed][..]),
    ) {
        let (mut state, mut now) = (booking(first), LAPSE - DAY);
        for (action, passed) in steps {
            // A clock may even step back a little.
            now += passed;
            let Ok(next) = transition(&state, action, now) else { continue };
            prop_assert!(!matches!(state.status, Status::Cancelled | Status::NoShow), "left the end");
            if state.status == Status::Completed {
                prop_assert_eq!(next, Status::NoShow);
                prop_assert!(now < END + NO_SHOW_WITHIN);
            }
            if next == Status::Completed {
                prop_assert!(state.status == Status::Confirmed && now >= END);
            }
            state.status = next;
        }
    }
}
