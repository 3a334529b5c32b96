//! What stands in the place of sums until they are known: as tall, so that what is below stays where it is.

use super::due::Due;
use crate::components::Bone;
use contract::payments::PaymentMode;
use contract::services::Service;
use leptos::prelude::*;

/// So many rows of a table of sums.
pub fn sums(rows: usize) -> AnyView {
    let row = |_| view! { <div><dt><Bone class="long" /></dt><dd><Bone class="short" /></dd></div> };
    view! { <dl class="facts-table sums">{(0..rows).map(row).collect_view()}</dl> }.into_any()
}

/// What is due of a prepaid service, with the tax in it.
pub fn price(service: &Service) -> AnyView {
    let tax = service.vat_rate.map(|_| view! { <p class="hint"><Bone class="long" /></p> });
    view! { {sums(rows(service))}{tax} }.into_any()
}

/// How tall all of it will be: rows, lines of hints, and the coupon.
pub fn height(due: &Due) -> String {
    let (service, policy) = (&due.service, &due.provider.cancellation_policy);
    let hints = usize::from(service.vat_rate.is_some()) + 2 * usize::from(service.approval_required);
    let pixels = rows(service) * 41 + hints * 33 + policy.steps.len() * 25 + 90;
    format!("calc({pixels}rem / 16)")
}

/// What is due now, and of a deposit the rest.
fn rows(service: &Service) -> usize {
    1 + usize::from(service.payment_mode == PaymentMode::Deposit)
}
