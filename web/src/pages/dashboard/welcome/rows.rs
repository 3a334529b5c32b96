//! Services that are being written down, one a row, kept in this browser until they are saved.

use crate::browser;
use crate::components::{Icon, until_changed};
use crate::form::Form;
use crate::format::parse_amount;
use crate::json;
use crate::messages::{service_words, t, welcome};
use contract::services::CreateService;
use leptos::prelude::*;
use uuid::Uuid;

/// One service as it is typed.
#[derive(Clone, Copy)]
pub struct Row {
    /// Never changes.
    pub key: u32,
    /// The suggestion it came from.
    pub template: Option<usize>,
    pub name: RwSignal<String>,
    pub minutes: RwSignal<String>,
    pub price: RwSignal<String>,
    pub form: Form,
}

impl Row {
    /// The request, unless a field cannot be read; those are marked.
    pub fn read(self, currency: &str) -> Option<CreateService> {
        let form = self.form;
        let fields =
            [("/name", self.name), ("/duration_minutes", self.minutes), ("/price_minor", self.price)];
        if !form.require(&fields) {
            return None;
        }
        let minutes = form.limit("/duration_minutes", self.minutes);
        let price = parse_amount(&self.price.get_untracked(), currency);
        if price.is_none() {
            form.refuse("/price_minor", t().problems.not_an_amount);
        }
        if form.refused() {
            return None;
        }
        let body = serde_json::json!({
            "name": self.name.get_untracked().trim(), "duration_minutes": minutes, "price_minor": price,
        });
        // What is not named takes the usual value.
        json::read(&body.to_string())
    }
}

/// All that are being written down.
#[derive(Clone, Copy)]
pub struct Rows {
    pub list: RwSignal<Vec<Row>>,
    count: StoredValue<u32>,
    provider: Uuid,
}

impl Rows {
    /// What was left unsaved here.
    pub fn recall(provider: Uuid) -> Self {
        let rows = Self { list: RwSignal::new(Vec::new()), count: StoredValue::new(0), provider };
        let kept = browser::recall(&rows.draft()).unwrap_or_default();
        for line in kept.lines() {
            let mut parts = line.splitn(4, '\t');
            let template = parts.next().and_then(|number| number.parse().ok());
            let mut text = || parts.next().unwrap_or_default().to_owned();
            let (minutes, price, name) = (text(), text(), text());
            rows.add(template, name, minutes, price);
        }
        Effect::new(move |_| {
            let line = |row: &Row| {
                let template = row.template.map(|number| number.to_string()).unwrap_or_default();
                format!("{template}\t{}\t{}\t{}", row.minutes.get(), row.price.get(), row.name.get())
            };
            let text = rows.list.get().iter().map(line).collect::<Vec<_>>().join("\n");
            if text.is_empty() {
                browser::forget(&rows.draft())
            } else {
                browser::remember(&rows.draft(), &text)
            }
        });
        rows
    }

    fn draft(self) -> String {
        format!("appointed.services.{}", self.provider)
    }

    /// One more. Returns its key.
    pub fn add(self, template: Option<usize>, name: String, minutes: String, price: String) -> u32 {
        let key = self.count.get_value() + 1;
        self.count.set_value(key);
        let row = Row {
            key,
            template,
            name: RwSignal::new(name),
            minutes: RwSignal::new(minutes),
            price: RwSignal::new(price),
            form: Form::new(),
        };
        self.list.update(|list| list.push(row));
        key
    }

    /// Takes one away.
    pub fn remove(self, key: u32) {
        self.list.try_update(|list| list.retain(|row| row.key != key));
    }
}

/// The fields of one service.
#[component]
pub fn RowFields(rows: Rows, row: Row, #[prop(into)] currency: String) -> impl IntoView {
    let (text, words) = (service_words(), welcome());
    let key = row.key;
    let field = move |part: &'static str,
                      label: String,
                      value: RwSignal<String>,
                      pointer: &'static str,
                      mode: &'static str,
                      unit: &str| {
        let id = format!("service-{key}-{part}");
        let error = until_changed(row.form.at(pointer), value.into());
        let about = format!("{id}-error");
        let described = {
            let about = about.clone();
            move || error.with(Option::is_some).then(|| about.clone())
        };
        let fault =
            move || error.get().map(|error| view! { <p class="field-error" id=about.clone()>{error}</p> });
        let suffix = (!unit.is_empty())
            .then(|| view! { <span class="suffix" aria-hidden="true">{unit.to_owned()}</span> });
        view! {
            <div class=format!("field {part}")>
                <label for=id.clone()>{label}</label>
                <div class="control">
                    <input id=id inputmode=mode autocomplete="off" aria-describedby=described
                        aria-invalid=move || error.with(Option::is_some).then_some("true")
                        prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event)) />
                    {suffix}
                </div>
                {fault}
            </div>
        }
        .into_any()
    };
    let remove_label = move || (words.remove_service)(&row.name.get());
    let trouble = row.form.trouble();
    let message = move || {
        let sentences = trouble.get();
        (!sentences.is_empty())
            .then(|| view! { <p class="form-message" role="alert">{sentences.join(" ")}</p> })
    };
    view! {
        <li class="offer-row">
            {field("name", text.name.to_owned(), row.name, "/name", "text", "")}
            {field("minutes", words.minutes.to_owned(), row.minutes, "/duration_minutes", "numeric", "")}
            {field("price", (text.price)(&currency), row.price, "/price_minor", "decimal", "")}
            <button type="button" class="button quiet icon-only" aria-label=remove_label on:click=move |_| rows.remove(key)>{Icon::Cross.draw()}</button>
            {message}
        </li>
    }
    .into_any()
}
