//! Stretches of working time on one day, as they are typed.

use crate::components::Icon;
use crate::messages::t;
use leptos::prelude::*;

/// One stretch. It may come from a dialog that is gone by the time it is shown, so nobody owns its signals.
#[derive(Clone)]
struct Row {
    key: u32,
    start: ArcRwSignal<String>,
    end: ArcRwSignal<String>,
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

    /// What is typed, reactively.
    pub fn get(self) -> Vec<(String, String)> {
        self.list.get().into_iter().map(|row| (row.start.get(), row.end.get())).collect()
    }

    /// How many there are, reactively.
    pub fn len(self) -> usize {
        self.list.with(Vec::len)
    }

    /// One more: the usual day, or the afternoon after what is there.
    pub fn add(self) {
        let last = untrack(|| self.get()).pop().map(|(_, end)| end);
        let (start, end) = match last {
            Some(end) if end.as_str() < "20:00" => (later(&end, 1), later(&end, 5)),
            Some(_) => ("20:00".to_owned(), "22:00".to_owned()),
            None => ("09:00".to_owned(), "17:00".to_owned()),
        };
        let row = self.row(start, end);
        self.list.update(|list| list.push(row));
    }

    fn remove(self, key: u32) {
        self.list.update(|list| list.retain(|row| row.key != key));
    }
}

/// Some hours later on the same day, at the latest a minute before midnight.
fn later(time: &str, hours: u32) -> String {
    let hour = time.get(..2).and_then(|hour| hour.parse::<u32>().ok()).unwrap_or(12) + hours;
    if hour > 23 { "23:45".to_owned() } else { format!("{hour:02}:{}", time.get(3..5).unwrap_or("00")) }
}

/// Minutes since midnight of `HH:MM`.
pub fn minutes(time: &str) -> Option<u32> {
    let (hour, minute) = time.split_once(':')?;
    Some(hour.parse::<u32>().ok()? * 60 + minute.get(..2)?.parse::<u32>().ok()?)
}

/// Whether a stretch ends on the next day.
pub fn overnight(start: &str, end: &str) -> bool {
    matches!((minutes(start), minutes(end)), (Some(start), Some(end)) if end <= start)
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
        let (start, end) = (RwSignal::from(row.start), RwSignal::from(row.end));
        let label = move |words: fn(&str, usize) -> String| {
            move || name.with_value(|name| words(name, index.get() + 1))
        };
        let remove_label =
            move || (text.remove_window)(&format!("{} {}–{}", name.get_value(), start.get(), end.get()));
        let hint = move || {
            let (start, end) = (start.get(), end.get());
            (overnight(&start, &end) && end != "00:00")
                .then(|| view! { <p class="hint">{(text.overnight)(&end)}</p> })
        };
        let fault = move || wrong.run(index.get());
        let invalid = move || fault().is_some().then_some("true");
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
                {move || fault().map(|fault| view! { <p class="field-error" role="alert">{fault}</p> })}
            </div>
        }
    };
    view! {
        <ForEnumerate each=move || rows.list.get() key=|row| row.key children=row />
    }
    .into_any()
}
