//! A length of time as people say it: a number and a unit.

use crate::components::{FieldNotes, described, until_changed};
use crate::messages::{service_words, t};
use leptos::prelude::*;

const DAY: u32 = 1440;
const HOUR: u32 = 60;

/// A number and how many minutes its unit has.
#[derive(Clone, Copy)]
pub struct Span {
    number: RwSignal<String>,
    unit: RwSignal<u32>,
}

impl Span {
    /// In the largest unit that needs no fraction; nothing is an empty number.
    pub fn new(minutes: Option<u32>, usual: u32) -> Self {
        let unit = match minutes {
            Some(minutes) if minutes > 0 && minutes % DAY == 0 => DAY,
            Some(minutes) if minutes > 0 && minutes % HOUR == 0 && minutes > HOUR => HOUR,
            Some(minutes) if minutes > 0 => 1,
            _ => usual,
        };
        let number = minutes.map(|minutes| (minutes / unit).to_string()).unwrap_or_default();
        Self { number: RwSignal::new(number), unit: RwSignal::new(unit) }
    }

    /// The number as typed.
    pub fn number(self) -> RwSignal<String> {
        self.number
    }

    /// As typed, with its unit.
    pub fn written(self) -> String {
        format!("{} {}", self.number.get(), self.unit.get())
    }

    /// Takes over what was changed elsewhere since `seen`, except where it was changed here as well: then it is what stands
    /// there, in words, unless it is the same.
    pub fn follow(self, seen: Self, now: Self) -> Option<String> {
        let all = |span: Self| Some((span.number.try_get_untracked()?, span.unit.try_get_untracked()?));
        let (own, before, after) = (all(self), all(seen), all(now));
        let (is_own, is_theirs) = (own != before, after != before);
        if let (true, Some((number, unit))) = (is_theirs && !is_own, after.clone()) {
            self.number.try_set(number);
            self.unit.try_set(unit);
        }
        if let Some((number, unit)) = all(now) {
            seen.number.try_set(number);
            seen.unit.try_set(unit);
        }
        (is_own && is_theirs && own != after).then(|| match now.minutes() {
            Ok(Some(minutes)) => (t().common.duration)(minutes),
            _ => String::new(),
        })
    }

    /// In minutes; `Ok(None)` where it is empty.
    pub fn minutes(self) -> Result<Option<u32>, ()> {
        let text = self.number.get_untracked();
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let number: u32 = text.parse().map_err(drop)?;
        number.checked_mul(self.unit.get_untracked()).map(Some).ok_or(())
    }
}

/// A field for a [`Span`].
#[component]
pub fn SpanField(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] label: String,
    value: Span,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] optional: bool,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let text = service_words();
    let units = [(1, text.minutes), (HOUR, text.hours), (DAY, text.days)];
    let error = until_changed(error, Signal::derive(move || value.written()));
    let described_by = described(id, !hint.is_empty(), error);
    let unit_label = (text.unit_of)(&label);
    let choose = move |event: web_sys::Event| value.unit.set(event_target_value(&event).parse().unwrap_or(1));
    view! {
        <div class="field span">
            <label for=id>{label}{optional.then(|| view! { " " <span class="optional">{t().common.optional}</span> })}</label>
            <div class="pair">
                <div class="control">
                    <input id=id inputmode="numeric" autocomplete="off" aria-describedby=move || described_by.get()
                        aria-invalid=move || error.with(Option::is_some).then_some("true")
                        prop:value=move || value.number.get() on:input=move |event| value.number.set(event_target_value(&event)) />
                </div>
                <div class="control select">
                    <select aria-label=unit_label on:change=choose>
                        {units.map(|(minutes, name)| view! { <option value=minutes selected=move || value.unit.get() == minutes>{name}</option> }).collect_view()}
                    </select>
                </div>
            </div>
            <FieldNotes id=id hint=hint error=error />
        </div>
    }
    .into_any()
}
