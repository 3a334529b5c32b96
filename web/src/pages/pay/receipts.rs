//! The receipts of a booking, each a page to print.

use crate::api::BookingKey;
use crate::components::Bone;
use crate::messages::{t, till};
use crate::remote::{Load, Remote};
use contract::receipts::{Receipt, ReceiptKind};
use leptos::prelude::*;
use std::time::Duration;
use uuid::Uuid;

/// The ways to the pages are good for a quarter of an hour; so they are asked for again before that.
const FRESH: Duration = Duration::from_secs(600);

/// A row with a link to each, once there are some. It stays where the sums around it are drawn anew.
pub fn draw(key: BookingKey, id: Uuid) -> AnyView {
    let ask = move || key.clone().receipts(id);
    let known = ask.clone();
    let receipts = Remote::warm(move || known().known(), ask);
    if let Ok(ticks) = set_interval_with_handle(move || receipts.refresh(), FRESH) {
        on_cleanup(move || ticks.clear());
    }
    let links = move || match receipts.get() {
        Load::Loading => Some(view! { <Bone class="long" /> }.into_any()),
        Load::Ready(found) if !found.items.is_empty() => {
            Some(found.items.iter().map(link).collect_view().into_any())
        }
        // What cannot be had now is there the next time.
        _ => None,
    };
    (move || {
        links().map(|links| view! { <div><dt>{till().receipts}</dt><dd class="receipts">{links}</dd></div> })
    })
    .into_any()
}

fn link(receipt: &Receipt) -> AnyView {
    let words = till();
    let name = match receipt.kind {
        ReceiptKind::Receipt => words.receipt,
        ReceiptKind::CreditNote => words.credit_note,
    };
    let page = format!("{}&locale={}", receipt.page_path, t().language);
    view! {
        <a href=page target="_blank" rel="external noopener">{name(receipt.number)}<span class="hidden">{t().provider.new_tab}</span></a>
    }
    .into_any()
}
