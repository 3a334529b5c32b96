//! A list that grows page by page, in a table.

use crate::api::AuthorizedApi;
use crate::components::{Columns, Empty, FormMessage, ShowMore, Table, failure};
use crate::form::Form;
use crate::messages::admin;
use crate::remote::{Load, Remote};
use contract::page::Page;
use leptos::prelude::*;
use serde::de::DeserializeOwned;

/// What a list is made of.
pub struct List<T: 'static> {
    /// What the rows are, for screen readers.
    pub caption: &'static str,
    pub columns: Columns,
    /// Where the rows come from, below `/admin`, with the filters.
    pub path: Memo<String>,
    /// What tells a row from all others.
    pub key: fn(&T) -> String,
    /// A row's cells.
    pub cells: fn(&T) -> Vec<AnyView>,
}

/// Draws it: rows in the shape of what comes, then the rows, or what went wrong.
pub fn list<T>(api: AuthorizedApi, list: List<T>) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + DeserializeOwned + 'static,
{
    let List { caption, columns, path: asked, key, cells } = list;
    let first = Remote::<Page<T>>::new(move || api.admin_read(asked.get()));
    let (items, cursor, form) = (RwSignal::new(Vec::<T>::new()), RwSignal::new(None::<String>), Form::new());
    Effect::new(move |_| {
        let page = first.value();
        cursor.set(page.as_ref().and_then(|page| page.next_cursor.clone()));
        items.set(page.map(|page| page.items).unwrap_or_default());
    });
    let more = Callback::new(move |()| {
        let (path, after) = (asked.get_untracked(), cursor.get_untracked().unwrap_or_default());
        let mark = if path.contains('?') { '&' } else { '?' };
        form.send(api.admin_read::<Page<T>>(format!("{path}{mark}cursor={after}")), move |page| {
            // The page may be gone, or show another list by now.
            if asked.try_get_untracked().is_some_and(|asked| asked == path) {
                items.try_update(|items| items.extend(page.items));
                cursor.try_set(page.next_cursor);
            }
        });
    });
    let shown = columns.clone();
    let body = move || {
        let columns = shown.clone();
        match first.get() {
            Load::Loading => columns.loading(8),
            Load::Failed(error) => {
                columns.whole(failure(error, Some(Callback::new(move |()| first.retry()))))
            }
            Load::Ready(page) if page.items.is_empty() => columns.whole(
                view! { <Empty title=admin().empty_title text=admin().empty_text /> }.into_any(),
            ),
            Load::Ready(_) => view! {
                <For each=move || items.get() key=move |item| key(item) let(item)>{columns.row(cells(&item))}</For>
            }
            .into_any(),
        }
    };
    view! {
        <Table caption=caption columns=columns>{body}</Table>
        <FormMessage form=form />
        <ShowMore rows=".table tbody > tr" shown=Signal::derive(move || items.with(Vec::len))
            more=Signal::derive(move || cursor.with(Option::is_some)) busy=form.busy() on_press=more />
    }
    .into_any()
}
