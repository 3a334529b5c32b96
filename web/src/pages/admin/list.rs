//! A list that grows page by page, in a table.

use crate::api::{AuthorizedApi, several};
use crate::components::{Columns, Empty, FormMessage, ShowMore, Table, failure};
use crate::form::Form;
use crate::messages::admin;
use crate::remote::Remote;
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
    let address = move || asked.get();
    // Which list is on the screen, and how many pages of it: as many are asked for again.
    let pages = StoredValue::new((untrack(address), 1_u32));
    let list = Remote::<Page<T>>::new(move || {
        let path = address();
        pages.update_value(|pages| {
            if pages.0 != path {
                *pages = (path.clone(), 1);
            }
        });
        let count = pages.with_value(|(_, count)| *count);
        several(count, move |cursor| api.admin_read::<Page<T>>(after(&path, cursor)))
    })
    .agree();
    let form = Form::new();
    let items = Memo::new(move |_| list.value().map(|page| page.items).unwrap_or_default());
    let has_more = move || list.value().is_some_and(|page| page.next_cursor.is_some());
    let more = Callback::new(move |()| {
        let path = asked.get_untracked();
        let cursor = list.try_value().and_then(|page| page.next_cursor);
        form.send(api.admin_read::<Page<T>>(after(&path, cursor)), move |page| {
            // The page may be gone, or show another list by now.
            let Some(mut shown) = list.try_value().filter(|_| asked.get_untracked() == path) else { return };
            shown.items.extend(page.items);
            pages.update_value(|(_, count)| *count += 1);
            list.amend(Page { next_cursor: page.next_cursor, ..shown });
        });
    });
    let row = {
        let columns = columns.clone();
        move |id: String| {
            let columns = columns.clone();
            let item = Memo::new(move |_| items.with(|items| items.iter().find(|it| key(it) == id).cloned()));
            (move || item.get().map(|item| columns.row(cells(&item)))).into_any()
        }
    };
    let (loading, ready, failed) = (columns.clone(), columns.clone(), columns.clone());
    let keys = move || items.with(|items| items.iter().map(key).collect::<Vec<_>>());
    let empty = Memo::new(move |_| items.with(Vec::is_empty));
    let body = list.frame_or(
        move || loading.loading(8),
        move || {
            let (row, columns) = (row.clone(), ready.clone());
            (move || match empty.get() {
                true => columns.whole(nothing(asked.with(|path| path.contains('?')))),
                false => {
                    let row = row.clone();
                    view! { <For each=keys key=|id| id.clone() let(id)>{row(id)}</For> }.into_any()
                }
            })
            .into_any()
        },
        move |error| failed.whole(failure(error, Some(Callback::new(move |()| list.retry())))),
    );
    view! {
        <Table caption=caption columns=columns>{body}</Table>
        <FormMessage form=form />
        <ShowMore rows=".table tbody > tr" shown=Signal::derive(move || items.with(Vec::len))
            more=Signal::derive(has_more) busy=form.busy() on_press=more />
    }
    .into_any()
}

/// `narrowed` says whether filters are why.
fn nothing(narrowed: bool) -> AnyView {
    let text = admin();
    let (title, words) =
        if narrowed { (text.empty_title, text.empty_text) } else { (text.none_title, text.none_text) };
    view! { <Empty title=title text=words /> }.into_any()
}

/// Where the page of a list is that begins at a cursor.
fn after(path: &str, cursor: Option<String>) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    cursor.map_or_else(|| path.to_owned(), |cursor| format!("{path}{mark}cursor={cursor}"))
}
