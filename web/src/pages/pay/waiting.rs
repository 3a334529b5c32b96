//! What stands in the place of sums until they are known: as tall, so that what is below stays where it is.

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
    let rows = if service.payment_mode == PaymentMode::Deposit { 2 } else { 1 };
    let tax = service.vat_rate.map(|_| view! { <p class="hint"><Bone class="long" /></p> });
    view! { {sums(rows)}{tax} }.into_any()
}
