//! Steps of one's own: how long before the start, and how much comes back.

use super::policy::percent;
use crate::browser;
use crate::components::{Button, Icon, Kind};
use crate::form::Form;
use crate::messages::desk_money;
use contract::payments::PolicyStep;
use leptos::prelude::*;

const HOUR: u32 = 1;
const DAY: u32 = 24;
const MOST_STEPS: usize = 6;
const MOST_HOURS: u32 = 365 * DAY;

/// One step as it is typed.
#[derive(Clone, Copy)]
struct Row {
    id: u32,
    number: RwSignal<String>,
    unit: RwSignal<u32>,
    percent: RwSignal<String>,
}

impl Row {
    fn new(id: u32, step: Option<PolicyStep>) -> Self {
        let hours = step.map(|step| step.hours_before);
        let unit =
            if hours.is_some_and(|hours| hours > DAY && hours.is_multiple_of(DAY)) { DAY } else { HOUR };
        Self {
            id,
            number: RwSignal::new(hours.map(|hours| (hours / unit).to_string()).unwrap_or_default()),
            unit: RwSignal::new(unit),
            percent: RwSignal::new(step.map(|step| step.refund_percent.to_string()).unwrap_or_default()),
        }
    }

    fn hours(self) -> Option<u32> {
        let number: u32 = self.number.get().trim().parse().ok()?;
        number.checked_mul(self.unit.get()).filter(|hours| *hours <= MOST_HOURS)
    }

    fn back(self) -> Option<u8> {
        let text = self.percent.get();
        if text.trim().is_empty() { None } else { percent(&text) }
    }
}

/// All steps, farthest from the start first.
#[derive(Clone, Copy)]
pub struct Ladder {
    rows: RwSignal<Vec<Row>>,
    next: StoredValue<u32>,
}

impl Ladder {
    /// As they are stored.
    pub fn of(steps: &[PolicyStep]) -> Self {
        let rows: Vec<Row> = (0..).zip(steps).map(|(id, step)| Row::new(id, Some(*step))).collect();
        let next = u32::try_from(rows.len()).unwrap_or_default();
        Self { rows: RwSignal::new(rows), next: StoredValue::new(next) }
    }

    /// All of it as one line.
    pub fn written(self) -> String {
        let row = |row: &Row| format!("{} {} {}", row.number.get(), row.unit.get(), row.percent.get());
        self.rows.get().iter().map(row).collect::<Vec<_>>().join("\u{0}")
    }

    /// Those that can be read.
    pub fn readable(self) -> Vec<PolicyStep> {
        let step = |row: &Row| Some(PolicyStep { hours_before: row.hours()?, refund_percent: row.back()? });
        self.rows.get().iter().filter_map(step).collect()
    }

    /// All of them, unless one cannot be read or stands where it must not; those are marked.
    pub fn read(self, form: Form) -> Option<Vec<PolicyStep>> {
        let text = desk_money();
        let mut steps: Vec<PolicyStep> = Vec::new();
        for (index, row) in self.rows.get_untracked().into_iter().enumerate() {
            let (hours, back) = untrack(|| (row.hours(), row.back()));
            let before = steps.last();
            let wrong = |field: &str, words: &str| form.refuse(&pointer(index, field), words);
            match hours {
                None => wrong("hours_before", text.wrong_length),
                Some(hours) if before.is_some_and(|before| before.hours_before <= hours) => {
                    wrong("hours_before", text.wrong_order);
                }
                Some(_) => {}
            }
            match back {
                None => wrong("refund_percent", text.wrong_percent),
                Some(back) if before.is_some_and(|before| before.refund_percent < back) => {
                    wrong("refund_percent", text.wrong_rise);
                }
                Some(_) => {}
            }
            let (Some(hours_before), Some(refund_percent)) = (hours, back) else { continue };
            steps.push(PolicyStep { hours_before, refund_percent });
        }
        (!form.refused()).then_some(steps)
    }

    fn add(self) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.rows.update(|rows| rows.push(Row::new(id, None)));
        browser::focus_soon(field_id(id, "number"));
    }

    fn remove(self, id: u32) {
        self.rows.update(|rows| rows.retain(|row| row.id != id));
        browser::focus_soon("step-add".to_owned());
    }
}

fn pointer(index: usize, field: &str) -> String {
    format!("/cancellation_policy/steps/{index}/{field}")
}

fn field_id(id: u32, name: &str) -> String {
    format!("step-{id}-{name}")
}

/// The steps as rows, and a way to add one.
#[component]
pub fn LadderFields(form: Form, ladder: Ladder) -> impl IntoView {
    let text = desk_money();
    form.claim("/cancellation_policy/steps/");
    if ladder.rows.with_untracked(Vec::is_empty) {
        ladder.rows.set(vec![Row::new(ladder.next.get_value(), None)]);
        ladder.next.update_value(|next| *next += 1);
    }
    let add = Callback::new(move |()| {
        form.clear();
        ladder.add();
    });
    let full = Signal::derive(move || ladder.rows.with(|rows| rows.len() >= MOST_STEPS));
    view! {
        <fieldset class="group ladder">
            <legend>{text.steps}</legend>
            <div class="ladder-steps"><For each=move || ladder.rows.get() key=|row| row.id let(row)>{draw(form, ladder, row)}</For></div>
            <button type="button" class="button" id="step-add" disabled=move || full.get() on:click=move |_| add.run(())>
                {Icon::Plus.draw()}{text.step_add}
            </button>
        </fieldset>
    }
    .into_any()
}

fn draw(form: Form, ladder: Ladder, row: Row) -> AnyView {
    let text = desk_money();
    let index =
        move || ladder.rows.with(|rows| rows.iter().position(|it| it.id == row.id)).unwrap_or_default();
    let several = move || ladder.rows.with(|rows| rows.len() > 1);
    let error = move |field: &'static str| form.error_at(&pointer(index(), field));
    let (number, back) = (field_id(row.id, "number"), field_id(row.id, "back"));
    let note = move |field: &'static str, id: String| {
        move || {
            error(field).map(|words| view! { <p class="field-error" id=format!("{id}-error")>{words}</p> })
        }
    };
    let told =
        move |field: &'static str, id: String| move || error(field).is_some().then(|| format!("{id}-error"));
    let bad = move |field: &'static str| move || error(field).is_some().then_some("true");
    let units = [(HOUR, text.hours), (DAY, text.days)].map(|(hours, name)| {
        view! { <option value=hours selected=move || row.unit.get() == hours>{name}</option> }
    });
    let remove = Callback::new(move |()| {
        form.clear();
        ladder.remove(row.id);
    });
    view! {
        <div class="ladder-step" role="group" aria-label=move || (text.step)(index() + 1)>
            <div class="field span">
                <label for=number.clone()>{text.step_before}</label>
                <div class="pair">
                    <div class="control">
                        <input id=number.clone() inputmode="numeric" autocomplete="off" aria-required="true"
                            aria-invalid=bad("hours_before") aria-describedby=told("hours_before", number.clone())
                            prop:value=move || row.number.get() on:input=move |event| row.number.set(event_target_value(&event)) />
                    </div>
                    <div class="control select">
                        <select aria-label=text.step_unit on:change=move |event| row.unit.set(event_target_value(&event).parse().unwrap_or(HOUR))>
                            {units.collect_view()}
                        </select>
                    </div>
                </div>
                {note("hours_before", number)}
            </div>
            <div class="field back">
                <label for=back.clone()>{text.step_back}</label>
                <div class="control">
                    <input id=back.clone() inputmode="numeric" autocomplete="off" aria-required="true"
                        aria-invalid=bad("refund_percent") aria-describedby=told("refund_percent", back.clone())
                        prop:value=move || row.percent.get() on:input=move |event| row.percent.set(event_target_value(&event)) />
                    <span class="suffix" aria-hidden="true">"%"</span>
                </div>
                {note("refund_percent", back)}
            </div>
            {move || several().then(|| view! {
                <Button kind=Kind::Quiet label=(text.step_remove)(index() + 1) on_press=remove>{Icon::Cross.draw()}</Button>
            })}
        </div>
    }
    .into_any()
}
