//! Stretches of working time on one day, as they are typed and drawn.

use super::stretch::{DAY, Stretch, clock};
use crate::components::{Icon, until_changed};
use crate::format;
use crate::messages::t;
use leptos::prelude::*;

/// One stretch. It may come from a dialog that is gone by the time it is shown, so nobody owns its signals.
#[derive(Clone)]
pub struct Row {
    /// Never changes.
    pub key: u32,
    /// `HH:MM` as typed.
    pub start: ArcRwSignal<String>,
    /// `HH:MM` as typed.
    pub end: ArcRwSignal<String>,
}

impl Row {
    /// As minutes, reactively; nothing while it is half typed.
    pub fn stretch(&self) -> Option<Stretch> {
        self.start.with(|start| self.end.with(|end| Stretch::read(start, end)))
    }
}

/// The stretches of one day.
#[derive(Clone, Copy)]
pub struct Rows {
    list: RwSignal<Vec<Row>>,
    count: StoredValue<u32>,
}

impl Rows {
    /// From what is stored.
    pub fn new(windows: impl IntoIterator<Item = (String, String)>) -> Self {
        let rows = Self { list: RwSignal::new(Vec::new()), count: StoredValue::new(0) };
        rows.set(windows);
        rows
    }

    /// Puts others in their place.
    pub fn set(self, windows: impl IntoIterator<Item = (String, String)>) {
        let list = windows.into_iter().map(|(start, end)| self.row(start, end)).collect();
        self.list.set(list);
    }

    fn row(self, start: String, end: String) -> Row {
        self.count.update_value(|count| *count += 1);
        Row { key: self.count.get_value(), start: ArcRwSignal::new(start), end: ArcRwSignal::new(end) }
    }

    /// The rows, reactively.
    pub fn list(self) -> Vec<Row> {
        self.list.get()
    }

    /// What is typed, reactively.
    pub fn get(self) -> Vec<(String, String)> {
        self.list.get().into_iter().map(|row| (row.start.get(), row.end.get())).collect()
    }

    /// What can be read, reactively, with the key of each.
    pub fn stretches(self) -> Vec<(u32, Stretch)> {
        self.list.with(|list| list.iter().filter_map(|row| Some((row.key, row.stretch()?))).collect())
    }

    /// How many there are, reactively.
    pub fn len(self) -> usize {
        self.list.with(Vec::len)
    }

    /// One more: the usual day, or the afternoon after what is there.
    pub fn add(self) {
        let last = untrack(|| self.stretches()).into_iter().map(|(_, stretch)| stretch.end).max();
        let stretch = match last {
            None => Stretch { start: 9 * 60, end: 17 * 60 },
            Some(end) if end + 75 <= DAY => Stretch { start: end + 60, end: (end + 300).min(DAY) },
            Some(_) => Stretch { start: 6 * 60, end: 8 * 60 },
        };
        self.insert(stretch);
    }

    /// One more, in its place among the others. Returns its key.
    pub fn insert(self, stretch: Stretch) -> u32 {
        let (start, end) = stretch.write();
        let row = self.row(start, end);
        let key = row.key;
        self.list.update(|list| {
            let place = list.iter().position(|other| {
                untrack(|| other.stretch()).is_some_and(|other| other.start > stretch.start)
            });
            list.insert(place.unwrap_or(list.len()), row);
        });
        key
    }

    /// Gives one other times.
    pub fn put(self, key: u32, stretch: Stretch) {
        let row = self.list.with_untracked(|list| list.iter().find(|row| row.key == key).cloned());
        let Some(row) = row else { return };
        for (signal, minutes) in [(&row.start, stretch.start), (&row.end, stretch.end)] {
            let text = clock(minutes);
            if signal.with_untracked(|known| *known != text) {
                signal.set(text);
            }
        }
    }

    /// Takes one away.
    pub fn remove(self, key: u32) {
        self.list.update(|list| list.retain(|row| row.key != key));
    }
}

/// The fields for the stretches of a day; `wrong` tells what is wrong with the n-th.
#[component]
pub fn WindowFields(
    /// What the day is called.
    #[prop(into)]
    name: String,
    rows: Rows,
    wrong: Callback<usize, Option<String>>,
) -> impl IntoView {
    let text = &t().hours;
    let name = StoredValue::new(name);
    let row = move |index: ReadSignal<usize>, row: Row| {
        let key = row.key;
        let stretch = {
            let row = row.clone();
            move || row.stretch()
        };
        let (start, end) = (RwSignal::from(row.start), RwSignal::from(row.end));
        let label = move |words: fn(&str, usize) -> String| {
            move || name.with_value(|name| words(name, index.get() + 1))
        };
        let remove_label = move || {
            (text.remove_window)(&format!("{} {}–{}", name.get_value(), said(&start.get()), said(&end.get())))
        };
        let hint = move || {
            let overnight = stretch().is_some_and(Stretch::is_overnight);
            overnight.then(|| view! { <p class="hint">{(text.overnight)(&said(&end.get()))}</p> })
        };
        let typed = Signal::derive(move || format!("{}–{}", start.get(), end.get()));
        let fault = until_changed(Signal::derive(move || wrong.run(index.get())), typed);
        let invalid = move || fault.with(Option::is_some).then_some("true");
        view! {
            <div class="window">
                <div class="window-times control">
                    <input type="time" aria-label=label(text.from) aria-invalid=invalid prop:value=move || start.get()
                        on:input=move |event| start.set(event_target_value(&event)) />
                    <span aria-hidden="true">"–"</span>
                    <input type="time" aria-label=label(text.until) aria-invalid=invalid prop:value=move || end.get()
                        on:input=move |event| end.set(event_target_value(&event)) />
                    <button type="button" class="button quiet icon-only" aria-label=remove_label on:click=move |_| rows.remove(key)>
                        {Icon::Cross.draw()}
                    </button>
                </div>
                {hint}
                {move || fault.get().map(|fault| view! { <p class="field-error" role="alert">{fault}</p> })}
            </div>
        }
    };
    view! {
        <ForEnumerate each=move || rows.list.get() key=|row| row.key children=row />
    }
    .into_any()
}

/// A time as it is said; nothing where none is typed yet.
fn said(time: &str) -> String {
    if time.is_empty() { String::new() } else { format::clock(time) }
}
