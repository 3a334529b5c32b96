//! A table of a provider's money that grows page by page.

use crate::api::ApiError;
use crate::components::{Columns, FormMessage, ShowMore, Table};
use crate::form::Form;
use contract::page::Page;
use leptos::prelude::*;
use uuid::Uuid;

/// How many rows come at once.
pub const AT_ONCE: u32 = 50;

/// What it is made of.
pub struct Rows<T: 'static> {
    /// What the rows are, for screen readers.
    pub caption: &'static str,
    pub columns: Columns,
    /// What is there already.
    pub first: Page<T>,
    /// What tells a row from all others.
    pub id: fn(&T) -> Uuid,
    /// Another page has come: all that is there now.
    pub grown: Callback<Page<T>>,
}

/// Draws it; `next` asks for what comes after a cursor.
pub fn rows<T, F>(
    table: Rows<T>,
    cells: impl Fn(&T) -> Vec<AnyView> + Clone + Send + 'static,
    next: impl Fn(Option<String>) -> F + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    F: IntoFuture<Output = Result<Page<T>, ApiError>> + 'static,
    F::IntoFuture: 'static,
{
    let Rows { caption, columns, first, id, grown } = table;
    let (form, shown) = (Form::new(), RwSignal::new(first));
    let more = Callback::new(move |()| {
        let cursor = shown.with_untracked(|page| page.next_cursor.clone());
        form.send(next(cursor).into_future(), move |page| {
            shown.try_update(|shown| {
                shown.items.extend(page.items);
                shown.next_cursor = page.next_cursor;
            });
            if let Some(all) = shown.try_get_untracked() {
                grown.try_run(all);
            }
        });
    });
    let drawn = columns.clone();
    let row = move |it: T| drawn.row(cells(&it));
    view! {
        <Table caption=caption columns=columns>
            <For each=move || shown.with(|page| page.items.clone()) key=move |it| id(it) let(it)>{row(it)}</For>
        </Table>
        <FormMessage form=form />
        <ShowMore rows=".table tbody > tr" shown=Signal::derive(move || shown.with(|page| page.items.len()))
            more=Signal::derive(move || shown.with(|page| page.next_cursor.is_some())) busy=form.busy() on_press=more />
    }
    .into_any()
}
