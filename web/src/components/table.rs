use super::icon::Icon;
use super::skeleton::Bone;
use crate::messages::t;
use leptos::prelude::*;
use std::sync::Arc;

/// One column of a [`Table`].
#[derive(Clone)]
pub struct Column {
    key: &'static str,
    name: String,
    numeric: bool,
    sortable: bool,
}

impl Column {
    /// A column of words.
    pub fn new(key: &'static str, name: impl Into<String>) -> Self {
        Self { key, name: name.into(), numeric: false, sortable: false }
    }

    /// Numbers, dates and money: aligned to the end, all digits equally wide.
    pub fn numeric(mut self) -> Self {
        self.numeric = true;
        self
    }

    /// The head sorts by it.
    pub fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }
}

/// By which column rows are sorted. In an address it reads `name`, or `-name` for the other way round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// The key of the column; empty where the order is the list's own.
    pub key: String,
    /// Whether the largest comes first.
    pub descending: bool,
}

impl Sort {
    /// Reads `name` or `-name`.
    pub fn read(text: &str) -> Self {
        let key = text.strip_prefix('-');
        Self { key: key.unwrap_or(text).to_owned(), descending: key.is_some() }
    }

    /// Writes what [`Sort::read`] reads.
    pub fn write(&self) -> String {
        if self.descending { format!("-{}", self.key) } else { self.key.clone() }
    }

    /// After a press on the head of a column: this column, and the other way round where it was this one already.
    pub fn pressed(&self, key: &str) -> Self {
        Self { key: key.to_owned(), descending: self.key == key && !self.descending }
    }

    fn aria(&self, key: &str) -> &'static str {
        match (self.key == key, self.descending) {
            (false, _) => "none",
            (true, false) => "ascending",
            (true, true) => "descending",
        }
    }
}

/// The columns of a table, which also draw its rows: each cell must know its column's name, since on a phone a row is
/// a card with the names inside.
#[derive(Clone)]
pub struct Columns(Arc<[Column]>);

impl Columns {
    /// In their order.
    pub fn new(columns: Vec<Column>) -> Self {
        Self(columns.into())
    }

    /// A row; as many cells as there are columns. The first names the row.
    pub fn row(&self, cells: Vec<AnyView>) -> AnyView {
        let cells = self.0.iter().zip(cells).enumerate().map(|(index, (column, cell))| {
            let name = column.name.clone();
            if index == 0 {
                view! { <th scope="row" role="rowheader" class:numeric=column.numeric>{cell}</th> }.into_any()
            } else {
                view! { <td role="cell" class:numeric=column.numeric data-label=name><span>{cell}</span></td> }.into_any()
            }
        });
        view! { <tr role="row">{cells.collect_view()}</tr> }.into_any()
    }

    /// Rows in the shape of what comes.
    pub fn loading(&self, rows: usize) -> AnyView {
        let cells = || {
            (0..self.0.len())
                .map(|index| {
                    let class = if index == 0 { "long" } else { "short" };
                    view! { <td role="cell"><Bone class=class /></td> }
                })
                .collect_view()
        };
        view! {
            <tr role="row" class="hidden"><td role="cell">{t().common.loading}</td></tr>
            {(0..rows).map(|_| view! { <tr role="row" class="bones" aria-hidden="true">{cells()}</tr> }).collect_view()}
        }
        .into_any()
    }

    /// One row across all columns: nothing here, or nothing to be had.
    pub fn whole(&self, content: AnyView) -> AnyView {
        view! { <tr role="row" class="whole"><td role="cell" colspan=self.0.len().to_string()>{content}</td></tr> }.into_any()
    }
}

/// Rows of facts, one line each, with a head that stays in view; on a phone each row is a card. The rows are its
/// children, drawn with [`Columns::row`], [`Columns::loading`] and [`Columns::whole`], best inside a keyed `<For>`.
#[component]
pub fn Table(
    /// What the rows are, for screen readers.
    #[prop(into)]
    caption: String,
    columns: Columns,
    /// The order that the rows have.
    #[prop(optional, into)]
    sort: Signal<Sort>,
    /// Wants another order; nothing sorts without it.
    #[prop(optional, into)]
    on_sort: Option<Callback<Sort>>,
    #[prop(optional, into)] busy: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let head = columns.0.iter().map(|column| {
        let (key, name, numeric) = (column.key, column.name.clone(), column.numeric);
        match on_sort.filter(|_| column.sortable) {
            Some(on_sort) => {
                let press = move |_| on_sort.run(sort.with_untracked(|sort| sort.pressed(key)));
                view! {
                    <th scope="col" role="columnheader" class:numeric=numeric aria-sort=move || sort.with(|sort| sort.aria(key))>
                        <button type="button" class="sorter" on:click=press>{name}{Icon::Down.draw()}</button>
                    </th>
                }
                .into_any()
            }
            None => view! { <th scope="col" role="columnheader" class:numeric=numeric>{name}</th> }.into_any(),
        }
    });
    // Cards on a phone are boxes, which would take the roles of a table away; so they are said.
    view! {
        <div class="table-frame">
            <table class="table" role="table" aria-busy=move || busy.get().then_some("true")>
                <caption class="hidden">{caption}</caption>
                <thead role="rowgroup"><tr role="row">{head.collect_view()}</tr></thead>
                <tbody role="rowgroup">{children()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::Sort;

    #[test]
    fn a_second_press_turns_the_order_round() {
        let by_name = Sort::read("").pressed("name");
        assert_eq!(by_name.write(), "name");
        assert_eq!(by_name.pressed("name").write(), "-name");
        assert_eq!(by_name.pressed("name").pressed("name"), by_name);
        assert_eq!(Sort::read("-name").pressed("city").write(), "city");
        assert_eq!(Sort::read("-name").aria("name"), "descending");
    }
}
