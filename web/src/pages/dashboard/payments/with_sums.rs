//! A list of money and the sums above it, which change together.

use crate::api::{Ask, several};
use crate::remote::Remote;
use contract::ledger::{Balance, Balances};
use contract::page::Page;
use leptos::prelude::*;
use serde::de::DeserializeOwned;

/// The sums, and all rows that are there already.
type Shown<T> = (Vec<Balance>, Page<T>);

/// The sums and the pages that are on the screen, asked for again in one go, and what takes the pages in when there are more.
pub fn with_sums<T>(
    sums: impl Fn() -> Ask<Balances> + Copy + 'static,
    page: impl Fn(Option<String>) -> Ask<Page<T>> + Copy + 'static,
) -> (Remote<Shown<T>>, Callback<Page<T>>)
where
    T: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static,
{
    // As many pages are asked for again as are on the screen.
    let pages = StoredValue::new(1_u32);
    let known = move || {
        let first = (pages.get_value() == 1).then(|| page(None).known()).flatten()?;
        Some((sums().known()?.items, first))
    };
    let both = Remote::warm(known, move || {
        let (sums, list) = (sums().into_future(), several(pages.get_value(), page));
        async move {
            let (sums, list) = futures::join!(sums, list);
            Ok((sums?.items, list?))
        }
    })
    .agree();
    let grown = Callback::new(move |list: Page<T>| {
        pages.update_value(|count| *count += 1);
        if let Some((sums, _)) = both.try_value() {
            both.note((sums, list));
        }
    });
    (both, grown)
}
