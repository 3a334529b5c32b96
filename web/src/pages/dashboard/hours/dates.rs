//! What holds on a stretch of dates: closed, other hours, time off, or the week again.

use super::ruler::Ruler;
use super::state::{Book, Change};
use super::stretch::minutes;
use super::windows::{Rows, WindowFields};
use super::year::{exception_on, hours_in_words, touches, week_hours, weekday};
use crate::components::{
    Button, Check, Choice, Dialog, Field, FieldNotes, FormMessage, Icon, Kind, until_changed,
};
use crate::form::Form;
use crate::format::{Named, at_wall, iso, parse_date, plain, today};
use crate::messages::{t, year_words};
use contract::schedules::{CreateTimeOff, PutException, Window};
use leptos::prelude::*;
use time::{Date, Duration, OffsetDateTime, Time};

/// The most dates that are changed at once.
const MOST: i64 = 366;

/// Which dates are to be changed, as far as that is known.
#[derive(Clone, Copy, PartialEq)]
pub struct Ask {
    first: Option<Date>,
    last: Option<Date>,
    off: bool,
}

impl Ask {
    /// These dates.
    pub fn days(first: Date, last: Date) -> Self {
        Self { first: Some(first), last: Some(last), off: false }
    }

    /// A date of the person's choice.
    pub fn some_day() -> Self {
        Self { first: None, last: None, off: false }
    }

    /// Time off.
    pub fn off() -> Self {
        Self { first: None, last: None, off: true }
    }
}

/// What the form holds.
#[derive(Clone, Copy)]
struct Fields {
    first: RwSignal<String>,
    last: RwSignal<String>,
    /// `closed`, `hours`, `off` or `week`.
    kind: RwSignal<String>,
    windows: Rows,
    whole: RwSignal<bool>,
    times: Rows,
    note: RwSignal<String>,
}

impl Fields {
    fn of(book: Book, ask: Ask) -> Self {
        let text = |date: Option<Date>| RwSignal::new(date.map(iso).unwrap_or_default());
        let single = ask.first.filter(|first| Some(*first) == ask.last);
        let (known, usual) = book.schedule.with_untracked(|schedule| {
            let known = single.and_then(|date| exception_on(schedule, date).cloned());
            (known, ask.first.map(|date| week_hours(&schedule.weekly, date)).unwrap_or_default())
        });
        let kind = match &known {
            _ if ask.off => "off",
            Some(known) if !known.windows.is_empty() => "hours",
            _ => "closed",
        };
        let windows = known.as_ref().map(|known| known.windows.clone()).filter(|windows| !windows.is_empty());
        let pairs = |windows: Vec<Window>| windows.into_iter().map(|window| (window.start, window.end));
        let nine_to_five = || [("09:00".to_owned(), "17:00".to_owned())];
        let rows = Rows::new(pairs(windows.unwrap_or(usual)));
        if untrack(|| rows.len()) == 0 {
            rows.set(nine_to_five());
        }
        Self {
            first: text(ask.first),
            last: text(ask.last),
            kind: RwSignal::new(kind.to_owned()),
            windows: rows,
            whole: RwSignal::new(true),
            times: Rows::new(nine_to_five()),
            note: RwSignal::new(known.map(|known| known.note).unwrap_or_default()),
        }
    }

    /// The dates, reactively; a last day that is not given is the first.
    fn range(self) -> Result<(Date, Date), &'static str> {
        let first = parse_date(&self.first.get()).ok_or("/date")?;
        let last = match self.last.get() {
            empty if empty.is_empty() => first,
            text => parse_date(&text).ok_or("/end_at")?,
        };
        Ok((first, last))
    }

    fn is(self, kind: &str) -> bool {
        self.kind.with(|known| known == kind)
    }

    /// The instants of time off.
    fn instants(
        self,
        zone: &str,
        first: Date,
        last: Date,
    ) -> Result<(OffsetDateTime, OffsetDateTime), &'static str> {
        let at = |date: Date, time: Time| at_wall(date.with_time(time), zone);
        if self.whole.get_untracked() {
            return Ok((at(first, Time::MIDNIGHT), at(last.saturating_add(Duration::DAY), Time::MIDNIGHT)));
        }
        let (from, until) = untrack(|| self.times.get()).into_iter().next().ok_or("/start_at")?;
        let clock = |text: &str, pointer| {
            let minutes = minutes(text).ok_or(pointer)?;
            Ok::<Time, &'static str>(Time::MIDNIGHT + Duration::minutes(i64::from(minutes)))
        };
        Ok((at(first, clock(&from, "/start_at")?), at(last, clock(&until, "/end_at")?)))
    }
}

/// The form, in a dialog.
pub fn edit((book, ask, close): (Book, Ask, Callback<()>)) -> AnyView {
    let (text, words) = (&t().hours, year_words());
    let (form, open) = (Form::new(), RwSignal::new(true));
    form.claim("/windows/");
    Effect::new(move |_| {
        if !open.get() {
            close.run(());
        }
    });
    let zone = StoredValue::new(book.schedule.with_untracked(|schedule| schedule.time_zone.clone()));
    let fields = Fields::of(book, ask);
    let range = Memo::new(move |_| fields.range().ok().filter(|(first, last)| first <= last));
    let differing = move || {
        let Some((first, last)) = range.get() else { return Vec::new() };
        book.schedule.with(|schedule| {
            let dates = schedule.exceptions.iter().map(|exception| exception.date);
            dates.filter(|date| first <= *date && *date <= last).collect::<Vec<_>>()
        })
    };
    let done = move || {
        open.try_set(false);
    };
    let wrong = Callback::new(move |index: usize| {
        ["", "/start", "/end"].iter().find_map(|end| form.error_at(&format!("/windows/{index}{end}")))
    });
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        form.clear();
        let (first, last) = match untrack(|| fields.range()) {
            Ok(range) => range,
            Err(pointer) => return form.refuse(pointer, t().problems.not_a_date),
        };
        let days = (last - first).whole_days() + 1;
        if days < 1 {
            return form.refuse("/end_at", t().problems.end_before_start);
        }
        let note = fields.note.get_untracked().trim().to_owned();
        if fields.kind.with_untracked(|kind| kind == "off") {
            let (start_at, end_at) = match zone.with_value(|zone| fields.instants(zone, first, last)) {
                Ok((start, end)) if start < end => (start, end),
                Ok(_) => return form.refuse("/end_at", t().problems.end_before_start),
                Err(pointer) => return form.refuse(pointer, t().problems.not_a_date),
            };
            let body = CreateTimeOff { start_at, end_at, note };
            return book.take_time_off(form, body, done);
        }
        if days > MOST {
            return form.refuse("/end_at", words.too_many);
        }
        if fields.kind.with_untracked(|kind| kind == "week") {
            let changes: Vec<Change> = untrack(differing).into_iter().map(|date| (date, None)).collect();
            let said = match changes.as_slice() {
                [(date, _)] => (text.exception_removed)(&plain(*date)),
                changes => (words.many_removed)(changes.len()),
            };
            return book.change_dates(form, changes, said, done);
        }
        let open_hours = fields.kind.with_untracked(|kind| kind == "hours");
        let windows = if open_hours { untrack(|| fields.windows.get()) } else { Vec::new() };
        let windows: Vec<Window> = windows.into_iter().map(|(start, end)| Window { start, end }).collect();
        let body = PutException { windows, note };
        let dates =
            std::iter::successors(Some(first), |date| date.next_day()).take_while(|date| *date <= last);
        let changes: Vec<Change> = dates.map(|date| (date, Some(body.clone()))).collect();
        let said =
            if days == 1 { (text.exception_saved)(&plain(first)) } else { (words.many_saved)(changes.len()) };
        book.change_dates(form, changes, said, done);
    };
    let title = move || match range.get() {
        Some((first, last)) if first == last => plain(first),
        Some((first, last)) => (words.days)(&plain(first), &plain(last), (last - first).whole_days() + 1),
        None if ask.off => text.time_off_title.to_owned(),
        None => words.new_title.to_owned(),
    };
    let kinds = move || {
        let option = |code: &str, name: &str| Named { code: code.to_owned(), name: name.to_owned() };
        let mut kinds =
            vec![option("closed", words.close), option("hours", words.hours), option("off", words.off)];
        if !differing().is_empty() {
            kinds.push(option("week", words.week));
        }
        kinds
    };
    let least = zone.with_value(|zone| iso(today(zone)));
    let (from, until) = (least.clone(), least);
    view! {
        <Dialog id="dates-title" title=Signal::derive(title) open=open>
            <form novalidate=true class="form" on:submit=save>
                <Standing book=book form=form range=range />
                <div class="row">
                    <DateField id="first-day" label=text.first_day value=fields.first least=from.clone()
                        error=Signal::derive(move || form.error_at("/date").or_else(|| form.error_at("/start_at"))) />
                    <DateField id="last-day" label=text.last_day value=fields.last least=until.clone() error=form.at("/end_at") />
                </div>
                {move || {
                    let choose = Callback::new(move |chosen: String| fields.kind.set(chosen));
                    view! { <Choice id="dates-kind" label=words.what value=fields.kind options=kinds() on_choose=choose /> }
                }}
                <div class="windows" hidden=move || !fields.is("hours")>
                    <Ruler name=text.other_hours rows=fields.windows before=Rows::new([]) after=Rows::new([]) otherwise="add-to-date" />
                    <WindowFields name=text.other_hours rows=fields.windows wrong=wrong />
                    <button type="button" id="add-to-date" class="button quiet" on:click=move |_| fields.windows.add()>{Icon::Plus.draw()}{text.add}</button>
                </div>
                <div class="windows" hidden=move || !fields.is("off")>
                    <Check id="whole-days" label=text.whole_days value=fields.whole />
                    <div hidden=move || fields.whole.get()><WindowFields name=text.time_off rows=fields.times wrong=Callback::new(|_| None) /></div>
                    <p class="hint">{words.off_text}</p>
                </div>
                <p class="hint" hidden=move || !fields.is("week")>{words.week_text}</p>
                <div hidden=move || fields.is("week")>
                    <Field id="dates-note" label=text.note value=fields.note hint=text.note_hint optional=true error=form.at("/note") />
                </div>
                <FormMessage form=form />
                <div class="actions">
                    <Button kind=Kind::Primary submit=true busy=form.busy()>{t().common.save}</Button>
                    <Button on_press=Callback::new(move |()| open.set(false))>{t().common.cancel}</Button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}

/// What holds on the dates now.
#[component]
fn Standing(book: Book, form: Form, range: Memo<Option<(Date, Date)>>) -> impl IntoView {
    form.claim("/date");
    form.claim("/start_at");
    let (text, words) = (&t().hours, year_words());
    let lines = move || {
        let (first, last) = range.get()?;
        let zone = book.schedule.with(|schedule| schedule.time_zone.clone());
        let mut lines = Vec::new();
        if first == last {
            book.schedule.with(|schedule| {
                let hours = hours_in_words(&week_hours(&schedule.weekly, first));
                let day = (text.day)(weekday(first));
                lines.push(if hours.is_empty() {
                    (words.week_none)(day)
                } else {
                    (words.week_hours)(day, &hours)
                });
                if let Some(known) = exception_on(schedule, first) {
                    let hours = hours_in_words(&known.windows);
                    lines.push(if hours.is_empty() {
                        words.own_closed.to_owned()
                    } else {
                        (words.own_hours)(&hours)
                    });
                }
            });
        }
        let clocks = (last - first).whole_days() < 32;
        let dates =
            std::iter::successors(Some(first), |date| date.next_day()).take_while(|date| *date <= last);
        lines.extend(dates.filter(|_| clocks).filter_map(|date| clocks_change(date, &zone, first == last)));
        Some(lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view())
    };
    let offs = move || {
        let (first, last) = range.get()?;
        let zone = book.schedule.with(|schedule| schedule.time_zone.clone());
        let list = book.schedule.with(|schedule| schedule.time_off.clone());
        let list = list.into_iter().filter(|off| touches(off, &zone, first, last)).map(|off| {
            let range = super::time_off::range_in_words(&off, &zone);
            let (label, id) = ((text.remove_time_off)(&range), off.id);
            view! {
                <p class="standing-off">
                    <span>{(words.off_until)(&range)}</span>
                    <button type="button" class="button quiet icon-only" aria-label=label on:click=move |_| book.remove_time_off(form, id)>
                        {Icon::Cross.draw()}
                    </button>
                </p>
            }
        });
        Some(list.collect_view())
    };
    view! { <div class="standing muted">{lines}{offs}</div> }.into_any()
}

/// Says where the clocks make a day longer or shorter.
fn clocks_change(date: Date, zone: &str, alone: bool) -> Option<String> {
    let midnight = |date: Date| at_wall(date.with_time(Time::MIDNIGHT), zone);
    let length = midnight(date.next_day()?) - midnight(date);
    let minutes = length.whole_minutes() - 1440;
    let words = (year_words().clocks)(minutes);
    (minutes != 0).then(|| if alone { words } else { format!("{}: {words}", plain(date)) })
}

/// A date, with the browser's own calendar.
#[component]
pub fn DateField(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    /// The first date that can be chosen.
    #[prop(into)]
    least: String,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let error = until_changed(error, value.into());
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="control">
                <input id=id type="date" min=least aria-invalid=move || error.with(Option::is_some).then_some("true")
                    prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event)) />
            </div>
            <FieldNotes id=id hint="" error=error />
        </div>
    }
    .into_any()
}
