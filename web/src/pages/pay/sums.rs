//! What of a booking was paid, what is still to be paid, and what went back.

use super::receipts;
use crate::api::BookingKey;
use crate::format::{decimal, money};
use crate::messages::{t, till};
use contract::bookings::{Awaits, Booking, BookingStatus};
use contract::payments::{BookingRefund, RefundState};
use leptos::prelude::*;

/// One row for each.
pub fn draw((booking, key): (Booking, BookingKey)) -> AnyView {
    let words = till();
    let sums = &booking.money;
    let amount = |minor: i64| money(minor, &booking.currency);
    let row = |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let coupon =
        (sums.discount_minor > 0).then(|| row(words.coupon_was, format!("−{}", amount(sums.discount_minor))));
    let tax = sums.vat_rate.zip(sums.vat_minor).map(|(percent, minor)| {
        row(words.tax, format!("{} ({} %)", amount(minor), decimal(percent.into(), 2)))
    });
    let paid = (sums.paid_minor > 0).then(|| row(words.paid, amount(sums.paid_minor)));
    let reserved = (booking.awaits == Some(Awaits::Approval) && sums.due_minor > 0 && sums.paid_minor == 0)
        .then(|| row(words.paid, (t().pay.reserved)(&amount(sums.due_minor), &booking.provider.name)));
    let stands = matches!(booking.status, BookingStatus::Confirmed | BookingStatus::Completed);
    let rest = booking.price_minor - sums.paid_minor;
    let rest = (stands && rest > 0).then(|| {
        let noted = if sums.settled_at.is_some() {
            format!("{}, {}", amount(rest), words.rest_settled)
        } else {
            (t().pay.rest)(&amount(rest))
        };
        row(words.rest, noted)
    });
    let told = |refund: &BookingRefund| {
        let say = match refund.state {
            RefundState::Pending => words.back_pending,
            RefundState::RequiresAction => words.back_asks,
            RefundState::Succeeded => words.back_done,
            RefundState::Failed | RefundState::Canceled => words.back_failed,
        };
        row(words.back, say(&amount(refund.amount_minor)))
    };
    // An answer to a change tells the sum alone.
    let back = match &sums.refunds {
        Some(refunds) => refunds.iter().map(told).collect(),
        None if sums.refunded_minor > 0 => {
            vec![row(words.back, (words.back_pending)(&amount(sums.refunded_minor)))]
        }
        None => Vec::new(),
    };
    let papers = (sums.paid_minor > 0).then(|| receipts::draw(key, booking.id));
    let any = coupon.is_some() || tax.is_some() || paid.is_some() || reserved.is_some() || rest.is_some();
    if !any && back.is_empty() {
        return ().into_any();
    }
    view! { <dl class="facts-table sums">{coupon}{tax}{paid}{reserved}{rest}{back}{papers}</dl> }.into_any()
}
