//! What of a booking was paid, what is still to be paid, and what went back.

use super::receipts;
use crate::api::BookingKey;
use crate::format::{decimal, money};
use crate::messages::{CardMoney, t, till};
use crate::pages::manage::Side;
use contract::bookings::{Awaits, Booking, BookingStatus};
use contract::payments::{BookingRefund, RefundState};
use leptos::prelude::*;
use uuid::Uuid;

/// What is left for the appointment: what is being taken from the card just now is not.
pub fn rest_of(booking: &Booking) -> i64 {
    let sums = &booking.money;
    // What went back because the price fell was paid, and is owed again where it has risen since.
    let covered = match booking.status {
        BookingStatus::Confirmed => sums.due_minor,
        _ => sums.paid_minor.min(sums.due_minor),
    };
    booking.price_minor - covered
}

/// What was agreed to be charged and has not arrived yet: after a yes, what was reserved is taken within moments.
pub fn charging_of(booking: &Booking) -> i64 {
    let missing = booking.money.due_minor - booking.money.paid_minor;
    if booking.status == BookingStatus::Confirmed { missing.max(0) } else { 0 }
}

/// Those that did not arrive, and as much of which was given again since. What was given later makes up for them once, the oldest
/// first.
fn sent_again(refunds: &[BookingRefund]) -> Vec<Uuid> {
    let mut refunds = refunds.to_vec();
    refunds.sort_by_key(|refund| refund.created_at);
    let (mut lost, mut given): (Vec<_>, Vec<_>) = refunds
        .into_iter()
        .partition(|refund| matches!(refund.state, RefundState::Failed | RefundState::Canceled));
    lost.retain(|lost| {
        let since = given.iter().position(|given| given.created_at > lost.created_at);
        let since = since.map_or(&mut [][..], |first| &mut given[first..]);
        let enough = since.iter().map(|given| given.amount_minor).sum::<i64>() >= lost.amount_minor;
        let mut missing = if enough { lost.amount_minor } else { 0 };
        for given in since {
            let used = missing.min(given.amount_minor);
            given.amount_minor -= used;
            missing -= used;
        }
        enough
    });
    lost.into_iter().map(|lost| lost.id).collect()
}

/// One row for each.
pub fn draw((booking, key, side): (Booking, BookingKey, Side)) -> AnyView {
    let words = till();
    let CardMoney {
        reserved,
        released,
        back_pending,
        back_waits,
        back_asks,
        back_done,
        back_failed,
        taken_back,
    } = match side {
        Side::Client => &words.own,
        Side::Provider => &words.theirs,
    };
    let sums = &booking.money;
    let amount = |minor: i64| money(minor, &booking.currency);
    let row = |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let coupon =
        (sums.discount_minor > 0).then(|| row(words.coupon_was, format!("−{}", amount(sums.discount_minor))));
    let tax = sums.vat_rate.zip(sums.vat_minor).map(|(percent, minor)| {
        row(words.tax, format!("{} ({}{})", amount(minor), decimal(percent.into(), 2), t().percent))
    });
    let paid = (sums.paid_minor > 0).then(|| row(words.paid, amount(sums.paid_minor)));
    let reserved = (booking.awaits == Some(Awaits::Approval) && sums.due_minor > 0 && sums.paid_minor == 0)
        .then(|| row(words.reserved, reserved(&amount(sums.due_minor), &booking.provider.name)));
    let released = sums.released_minor.map(|minor| row(words.reserved, released(&amount(minor))));
    let charging = Some(charging_of(&booking)).filter(|minor| *minor > 0);
    let charging = charging.map(|minor| row(words.card, (t().pay.charging)(&amount(minor))));
    let stands = matches!(booking.status, BookingStatus::Confirmed | BookingStatus::Completed);
    let rest = rest_of(&booking);
    let rest = (stands && rest > 0)
        .then(|| row(if sums.settled_at.is_some() { words.rest_settled } else { words.rest }, amount(rest)));
    let again = sent_again(sums.refunds.as_deref().unwrap_or_default());
    let told = |refund: &BookingRefund| {
        let say = match refund.state {
            RefundState::Pending if refund.waits_for_bank => back_waits,
            RefundState::Pending => back_pending,
            RefundState::RequiresAction => back_asks,
            RefundState::Succeeded => back_done,
            RefundState::Failed | RefundState::Canceled if again.contains(&refund.id) => &words.back_again,
            RefundState::Failed | RefundState::Canceled if refund.with_platform && side == Side::Provider => {
                &words.back_kept
            }
            RefundState::Failed | RefundState::Canceled => back_failed,
        };
        row(words.back, say(&amount(refund.amount_minor)))
    };
    // An answer to a change tells the sum alone.
    let mut back = match &sums.refunds {
        // What the bank has given the client needs no refund any more.
        Some(refunds) => {
            let needless = |it: &BookingRefund| it.waits_for_bank && it.state == RefundState::Canceled;
            refunds.iter().filter(|it| !needless(it)).map(told).collect()
        }
        None if sums.refunded_minor > 0 => {
            vec![row(words.back, back_pending(&amount(sums.refunded_minor)))]
        }
        None => Vec::new(),
    };
    // What came in with several payments goes back with several refunds.
    if back.len() > 1 {
        back.push(row(words.back_in_all, amount(sums.refunded_minor)));
    }
    // What the bank has decided for the client is disputed no longer.
    let lost = sums.taken_back_minor.unwrap_or_default();
    let open = sums.disputed_minor - lost;
    let disputed = (open > 0).then(|| row(words.disputed, amount(open)));
    let lost = (lost > 0).then(|| row(taken_back, amount(lost)));
    let way = (side == Side::Client).then(|| super::rest::way(&booking, &key));
    let papers = (sums.paid_minor > 0).then(|| receipts::draw(key, booking.id));
    let rows: Vec<_> = [coupon, tax, paid, reserved, released, charging, rest, disputed, lost]
        .into_iter()
        .flatten()
        .chain(back)
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! { <dl class="facts-table sums">{rows}{papers}</dl>{way} }.into_any()
}

#[cfg(test)]
mod tests {
    use super::sent_again;
    use contract::payments::{BookingRefund, RefundCause, RefundState};
    use time::macros::datetime;
    use uuid::Uuid;

    /// Refunds as they were made, in minor units, and whether they arrived.
    fn made(refunds: &[(i64, bool)]) -> Vec<BookingRefund> {
        let begin = datetime!(2026-03-02 10:00 UTC);
        let made = refunds.iter().zip(0_u8..).map(|((amount_minor, arrived), hour)| {
            let created_at = begin + time::Duration::hours(hour.into());
            BookingRefund {
                id: Uuid::from_u128(hour.into()),
                amount_minor: *amount_minor,
                cause: RefundCause::ByHand,
                state: if *arrived { RefundState::Succeeded } else { RefundState::Failed },
                waits_for_bank: false,
                with_platform: false,
                created_at,
                updated_at: created_at,
            }
        });
        made.collect()
    }

    #[test]
    fn what_was_given_again_makes_up_for_one_alone() {
        for (refunds, again) in [
            (&[(1000, false), (1000, false), (1000, true)][..], &[0][..]),
            (&[(1000, false), (1000, false), (2000, true)], &[0, 1]),
            (&[(1000, false), (400, true), (600, true), (1000, false)], &[0]),
            (&[(1000, false), (400, false), (400, true)], &[1]),
            (&[(1000, true), (1000, false)], &[]),
        ] {
            let ids: Vec<Uuid> = again.iter().map(|hour| Uuid::from_u128(*hour)).collect();
            assert_eq!(sent_again(&made(refunds)), ids, "{refunds:?}");
        }
    }
}
